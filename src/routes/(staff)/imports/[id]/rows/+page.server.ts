import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { findImport } from '#lib/features/imports/queries.server.ts';
import { listRows } from '#lib/features/imports/rows.queries.server.ts';
import { VERDICTS } from '#lib/features/imports/types.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

const ON_A_PAGE = 50;

/** The rows of one verdict while a list waits to be saved; they are forgotten with it. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const ctx = ctxOf(locals);
	const item = await findImport(ctx, params.id);
	const asked = url.searchParams.get('verdict');
	const verdict = VERDICTS.find((one) => one === asked) ?? 'repeat';
	if (!item) error(404, m.error_not_found());
	const after = Number(url.searchParams.get('after') ?? -1);
	const rows = await listRows(ctx, item, {
		...{ verdict, most: ON_A_PAGE + 1, locale: locals.locale },
		after: Number.isSafeInteger(after) ? after : -1
	});
	const { setup } = item;
	return {
		item: { id: item.id, kind: item.kind, count: item.counts.verdicts[verdict] ?? 0 },
		verdict,
		rows: rows
			.slice(0, ON_A_PAGE)
			.map(({ position, number, sheet, row, cells, problems, known }) => ({
				...{ position, number, row, cells: row ? [] : cells.map(String), problems, known },
				sheet: setup.sheets.length > 1 ? (setup.sheets[sheet]?.name ?? '') : ''
			})),
		moreAfter: rows.length > ON_A_PAGE ? rows[ON_A_PAGE - 1]!.position : null
	};
};
