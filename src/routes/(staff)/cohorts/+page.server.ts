import { listCohorts } from '#lib/features/cohorts/queries.server.ts';
import { ctxOf } from '#lib/platform/command/who.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	cohorts: await listCohorts(ctxOf(locals), locals.locale)
});
