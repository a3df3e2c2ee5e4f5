import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { compareVersions } from '#lib/features/curricula/compare.rules.ts';
import { findVersion } from '#lib/features/curricula/versions.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const ctx = ctxOf(locals);
	const newer = await findVersion(ctx, params.id, locals.locale);
	const wished = url.searchParams.get('with') ?? newer?.copiedFrom ?? params.id;
	const older = await findVersion(ctx, wished, locals.locale);
	if (!newer || !older || newer.curriculum.id !== older.curriculum.id)
		error(404, m.error_not_found());
	return {
		curriculum: newer.curriculum.name,
		newer: { id: newer.id, number: newer.number, rule: newer.rule },
		older: { id: older.id, number: older.number, rule: older.rule },
		lines: compareVersions(older, newer)
	};
};
