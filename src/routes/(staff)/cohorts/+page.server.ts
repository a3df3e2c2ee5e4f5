import { listCohorts } from '#lib/features/cohorts/queries.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	cohorts: await listCohorts(locals.ctx!, locals.locale)
});
