import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { compareVersions } from '#lib/features/curricula/compare.rules.ts';
import { findVersion, listCurricula } from '#lib/features/curricula/versions.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const ctx = ctxOf(locals);
	const newer = await findVersion(ctx, params.id, locals.locale);
	const older = await findVersion(ctx, url.searchParams.get('with') ?? '', locals.locale);
	if (!newer || !older || newer.curriculum.id !== older.curriculum.id)
		error(404, m.error_not_found());
	const card = (await listCurricula(ctx, locals.locale)).find(
		({ id }) => id === newer.curriculum.id
	);
	return {
		curriculum: newer.curriculum.name,
		newer: { id: newer.id, number: newer.number, rule: newer.rule },
		older: { id: older.id, number: older.number, rule: older.rule },
		others: card?.versions.filter(({ id }) => id !== newer.id) ?? [],
		lines: compareVersions(older, newer)
	};
};
