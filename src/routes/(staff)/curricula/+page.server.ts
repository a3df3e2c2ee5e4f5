import { listCurrentVersions } from '#lib/features/curricula/queries.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	versions: await listCurrentVersions(locals.ctx!, locals.locale)
});
