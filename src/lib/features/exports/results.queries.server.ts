import { m } from '#lib/paraglide/messages.js';
import { tabulateResults } from '#lib/features/feedback/queries.server.ts';
import { listTargetReach } from '#lib/features/reach/queries.server.ts';
import { readOutcomes, sightOf } from '#lib/features/roadmap/outcomes.queries.server.ts';
import { listRoadmaps } from '#lib/features/roadmap/queries.server.ts';
import { progressOf } from '#lib/features/roadmap/rules.ts';
import { stateWord } from '#lib/features/roadmap/words.ts';
import { formatList } from '#lib/platform/i18n/format.ts';
import { date, number, percent, text, type Reader } from './columns.rules.ts';

/** Tables of what came of it: targets, milestones, what children said. */

/** A row for the country of each target and for each centre; centres do not add up (who came to two). */
export const targets: Reader = async (ctx, { locale, today }) => ({
	columns: [
		text(m.exports_target()),
		date(m.exports_from()),
		date(m.exports_to()),
		text(m.word_centre()),
		number(m.exports_target_people()),
		number(m.exports_people()),
		number(m.exports_participations()),
		number(m.exports_missing()),
		text(m.project_title())
	],
	rows: (await listTargetReach(ctx, { today }, locale)).flatMap((target) => {
		const period = [target.name, target.startsOn, target.endsOn];
		const projects =
			formatList(
				target.projects.map(({ name }) => name),
				locale
			) || null;
		return [
			[
				...period,
				m.exports_everywhere(),
				target.targetPeople,
				target.peopleCount,
				target.participationCount,
				...[null, projects]
			],
			...target.centres.map((centre) => [
				...period,
				centre.name,
				centre.targetPeople,
				centre.peopleCount,
				centre.participationCount,
				centre.missingCount,
				projects
			])
		];
	})
});

export const milestones: Reader = async (ctx, { locale, today }) => {
	const roadmaps = await listRoadmaps(ctx, locale);
	const ids = roadmaps.map(({ id }) => id);
	const outcomes =
		ids.length === 0
			? []
			: await readOutcomes(sightOf(ctx), ids, new Map(ids.map((id) => [id, today])), locale);
	return {
		columns: [
			text(m.roadmap_title()),
			text(m.milestone_outcome()),
			text(m.exports_milestone()),
			text(m.milestone_owner()),
			date(m.milestone_starts()),
			date(m.milestone_due_label()),
			date(m.milestone_reached_on()),
			text(m.exports_status()),
			percent(m.voices_col_percent())
		],
		rows: outcomes.flatMap((outcome) =>
			outcome.milestones.map((one) => [
				roadmaps.find(({ id }) => id === outcome.roadmapId)?.name ?? null,
				outcome.name,
				one.name,
				one.partner,
				one.startsOn,
				one.dueOn,
				one.reachedOn,
				stateWord(one.state),
				progressOf(one)
			])
		)
	};
};

/** By the ladder, as the page of voices shows them; children's own words stay in Halqa. */
export const voices: Reader = (ctx, { locale, from, to }) =>
	tabulateResults(ctx, { whose: 'children', from, to }, locale);

/** The same of caregivers and other adults: a table of their own. */
export const adult_voices: Reader = (ctx, { locale, from, to }) =>
	tabulateResults(ctx, { whose: 'adults', from, to }, locale);
