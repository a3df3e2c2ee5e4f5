import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { findRoadmap } from '#lib/features/roadmap/queries.server.ts';
import { horizonOf, needsYou, overdueByPartner } from '#lib/features/roadmap/rules.ts';
import { printedLines, timelineOf } from '#lib/features/roadmap/timeline.rules.ts';
import { readerOf } from '../reader.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const roadmap = await findRoadmap(readerOf(locals), params.id, locals.locale);
	if (!roadmap) error(404, m.error_not_found());
	const { outcomes, ...about } = roadmap;
	const milestones = outcomes.flatMap(({ milestones }) => milestones);
	const timeline = timelineOf(roadmap);
	const horizonOn = horizonOf(roadmap.today);
	return {
		now: locals.now,
		amongOthers: locals.ctx === undefined,
		roadmap: about,
		timeline,
		printedLines: printedLines(timeline),
		milestoneCount: milestones.length,
		horizonOn,
		needCount: milestones.filter((one) => needsYou(one, roadmap.today, horizonOn)).length,
		overdue: overdueByPartner(milestones, roadmap.today),
		sources: sourcesOf(roadmap.partners, milestones),
		invented: milestones.some(({ isExample }) => isExample)
	};
};

/** What is taken from where, partners first. */
function sourcesOf(...lists: readonly { name: string; source: string | null }[][]) {
	const known = lists.flat().filter(({ source }) => source !== null);
	return [...Map.groupBy(known, ({ source }) => source!)].map(([source, items]) => ({
		source,
		names: items.map(({ name }) => name)
	}));
}
