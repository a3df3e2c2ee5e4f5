import { byName, collatorIn } from '#lib/platform/i18n/collation.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import type { Reader } from '#lib/platform/command/reader.ts';
import {
	isOwnMilestone,
	readOutcomes,
	roadmapsInReach,
	sightOf,
	type OutcomeOf
} from './outcomes.queries.server.ts';
import { countStates, horizonOf, needsYou } from './rules.ts';
import type { Roadmap, RoadmapCard } from './types.ts';

/** The roadmaps within reach by section and start, each with how its milestones stand. */
export async function listRoadmaps(reader: Reader, locale: Locale): Promise<RoadmapCard[]> {
	const rows = await roadmapsInReach(reader)
		.orderBy('roadmap.section_id')
		.orderBy('roadmap.starts_on')
		.orderBy('roadmap.id')
		.execute();
	if (rows.length === 0) return [];
	const ids = rows.map(({ id }) => id);
	const todays = new Map(rows.map(({ id, zone }) => [id, dateIn(zone, reader.now)]));
	const outcomes = await readOutcomes(sightOf(reader), ids, todays, locale);
	const { compare } = collatorIn(locale);
	return rows
		.map((row): RoadmapCard => {
			const today = todays.get(row.id)!;
			const horizonOn = horizonOf(today);
			const milestones = outcomes
				.filter(({ roadmapId }) => roadmapId === row.id)
				.flatMap(({ milestones }) => milestones);
			return {
				id: row.id,
				section: textIn(row.section_texts, locale),
				name: textIn(row.name_texts, locale),
				startsOn: row.starts_on,
				endsOn: row.ends_on,
				isExample: row.is_example === 1,
				partners: distinct(milestones.map(({ partner }) => partner)).sort(compare),
				milestoneCount: milestones.length,
				counts: countStates(milestones.map(({ state }) => state)),
				needCount: milestones.filter((one) => needsYou(one, today, horizonOn)).length,
				horizonOn
			};
		})
		.sort((a, b) => compare(a.section, b.section));
}

/** One roadmap with its outcomes, milestones and activities; undefined when it is out of reach. */
export async function findRoadmap(
	reader: Reader,
	id: string,
	locale: Locale
): Promise<Roadmap | undefined> {
	const row = await roadmapsInReach(reader).where('roadmap.id', '=', id).executeTakeFirst();
	if (!row) return undefined;
	const today = dateIn(row.zone, reader.now);
	const outcomes = await readOutcomes(sightOf(reader), [id], new Map([[id, today]]), locale);
	return {
		id,
		section: textIn(row.section_texts, locale),
		name: textIn(row.name_texts, locale),
		startsOn: row.starts_on,
		endsOn: row.ends_on,
		isExample: row.is_example === 1,
		zone: row.zone,
		today,
		outcomes,
		partners: await listPartners(reader.db, outcomes, row.section_id, locale)
	};
}

/** The milestones of the roadmaps within reach by name alone, each with its roadmap and section, by due date. */
export async function listMilestoneNames(
	reader: Reader,
	locale: Locale
): Promise<{ id: string; name: string; roadmapId: string; roadmap: string; section: string }[]> {
	const rows = await roadmapsInReach(reader)
		.innerJoin('roadmap_outcome as outcome', 'outcome.roadmap_id', 'roadmap.id')
		.innerJoin('milestone', 'milestone.outcome_id', 'outcome.id')
		.select(['milestone.id as milestone_id', 'milestone.name_texts as milestone_texts'])
		.where(isOwnMilestone(sightOf(reader)))
		.orderBy('milestone.due_on')
		.orderBy('milestone.id')
		.execute();
	return rows.map((row) => ({
		id: row.milestone_id,
		name: textIn(row.milestone_texts, locale),
		roadmapId: row.id,
		roadmap: textIn(row.name_texts, locale),
		section: textIn(row.section_texts, locale)
	}));
}

/** The bodies named in these outcomes, by name, with where each is known from. */
async function listPartners(
	db: Db,
	outcomes: readonly OutcomeOf[],
	sectionId: string,
	locale: Locale
): Promise<Roadmap['partners']> {
	const rows = await db
		.selectFrom('body')
		.selectAll()
		.where('section_id', '=', sectionId)
		.execute();
	const named = distinct(
		outcomes.flatMap(({ milestones, elsewhere }) => [
			...milestones.map(({ partner }) => partner),
			...[...milestones, ...elsewhere].flatMap(({ activities }) =>
				activities.map(({ partner }) => partner)
			)
		])
	);
	return rows
		.map((row) => ({
			name: textIn(row.name_texts, locale),
			source: row.source_texts === null ? null : textIn(row.source_texts, locale)
		}))
		.filter(({ name }) => named.includes(name))
		.sort(byName(locale));
}

function distinct(names: readonly (string | null)[]): string[] {
	return [...new Set(names)].filter((name) => name !== null);
}
