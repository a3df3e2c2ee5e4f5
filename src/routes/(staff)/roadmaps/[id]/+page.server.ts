import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { findRoadmap } from '#lib/features/roadmap/queries.server.ts';
import { horizonOf, needsYou, overdueByPartner } from '#lib/features/roadmap/rules.ts';
import { printedLines, timelineOf } from '#lib/features/roadmap/timeline.rules.ts';
import { countWaiting } from '#lib/features/roadmap/suggestion.queries.server.ts';
import { can } from '#lib/platform/access/roles.ts';
import { within } from '#lib/platform/command/context.ts';
import { actorOf, ctxOf } from '#lib/platform/command/who.ts';
import { readerOf } from '../../reader.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const roadmap = await findRoadmap(readerOf(locals), params.id, locals.locale);
	if (!roadmap) error(404, m.error_not_found());
	const { outcomes, ...about } = roadmap;
	const milestones = outcomes.flatMap(({ milestones }) => milestones);
	const elsewhere = outcomes.flatMap((outcome) => outcome.elsewhere);
	const timeline = timelineOf({
		...roadmap,
		outcomes: outcomes.filter((lane) => lane.milestones.length > 0 || lane.elsewhere.length === 0)
	});
	const horizonOn = horizonOf(roadmap.today);
	const needs = milestones.filter((one) => needsYou(one, roadmap.today, horizonOn));
	const steers = can(actorOf(locals), 'steer roadmaps');
	return {
		now: locals.now,
		amongOthers: locals.ctx === undefined,
		roadmap: about,
		timeline,
		printedLines: printedLines(timeline),
		milestoneCount: milestones.length,
		horizonOn,
		needs: needs.map(({ id, name, state, dueOn }) => ({ id, name, state, dueOn })),
		elsewhere,
		waitingCount: steers ? await countWaiting(within(ctxOf(locals), 'steer roadmaps')) : 0,
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
