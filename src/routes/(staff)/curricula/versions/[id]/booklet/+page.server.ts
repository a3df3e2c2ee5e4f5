import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { findVersion } from '#lib/features/curricula/versions.queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	version:
		(await findVersion(ctxOf(locals), params.id, locals.locale)) ?? error(404, m.error_not_found())
});
