import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { findImport } from '#lib/features/imports/queries.server.ts';
import { tableOfRows } from '#lib/features/imports/rows-file.queries.server.ts';
import { VERDICTS } from '#lib/features/imports/types.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import { writeTables } from '#lib/platform/sheets/write.server.ts';
import type { RequestHandler } from './$types';

/** The rows of one verdict as they stand in the file, with what is wrong in a column of its own. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const ctx = ctxOf(locals);
	const item = await findImport(ctx, params.id);
	const asked = url.searchParams.get('verdict');
	const verdict = VERDICTS.find((one) => one === asked) ?? 'repeat';
	if (!item) error(404, m.error_not_found());
	const table = await tableOfRows(ctx, item, { verdict, locale: locals.locale });
	const rightToLeft = locals.locale === 'ar';
	const file = await writeTables({ tables: [table], format: 'csv', rightToLeft });
	return new Response(file, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="rows-${verdict}.csv"`
		}
	});
};
