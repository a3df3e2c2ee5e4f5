import { redirect } from '@sveltejs/kit';
import { listRoadmaps } from '#lib/features/roadmap/queries.server.ts';
import { readerOf } from '../reader.server.ts';
import type { PageServerLoad } from './$types';

/** Who may see one roadmap only goes straight to it. */
export const load: PageServerLoad = async ({ locals }) => {
	const roadmaps = await listRoadmaps(readerOf(locals), locals.locale);
	const [only] = roadmaps;
	if (only && roadmaps.length === 1) redirect(303, `/roadmaps/${only.id}`);
	return { roadmaps };
};
