import { listCurrentVersions } from '#lib/features/curricula/queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	versions: await listCurrentVersions(ctxOf(locals), locals.locale)
});
