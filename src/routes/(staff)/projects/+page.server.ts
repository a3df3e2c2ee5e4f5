import { listProjects } from '#lib/features/projects/queries.server.ts';
import { readerOf } from '../reader.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	projects: await listProjects(readerOf(locals), locals.locale)
});
