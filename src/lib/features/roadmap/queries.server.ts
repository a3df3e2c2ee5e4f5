import { byName, collatorIn } from '#lib/platform/i18n/collation.ts';
import { expressionBuilder, type Expression, type SqlBool } from 'kysely';
import type { NetworkScope } from '#lib/platform/access/actor.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { Tables } from '#lib/platform/db/schema.ts';
import { known, MILESTONE_KINDS, SESSION_STATUSES } from '#lib/platform/db/vocabularies.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { countStates, horizonOf, needsYou, stateOf, tallyOf } from './rules.ts';
import type { Activity, Milestone, Roadmap, RoadmapCard } from './types.ts';

/** Who reads a roadmap: someone of its section, or the network, which may read those of every section of its kind. */
export type Reader = Pick<Context, 'db' | 'scope' | 'now'> | NetworkReader;
interface NetworkReader {
	db: Db;
	network: NetworkScope;
	/** UTC milliseconds. */
	now: number;
}

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
	const outcomes = await readOutcomes(reader, ids, todays, locale);
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
	const outcomes = await readOutcomes(reader, [id], new Map([[id, today]]), locale);
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
		.where(isMilestoneOf(bodiesOf(reader)))
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

/** Roadmaps a reader may see. */
export function roadmapsInReach(reader: Reader) {
	return reader.db
		.selectFrom('roadmap')
		.innerJoin('section', 'section.id', 'roadmap.section_id')
		.select([
			'roadmap.id',
			'roadmap.section_id',
			'roadmap.name_texts',
			'roadmap.starts_on',
			'roadmap.ends_on',
			'roadmap.is_example',
			'section.zone',
			'section.name_texts as section_texts'
		])
		.where((eb) =>
			'scope' in reader
				? eb('roadmap.section_id', '=', reader.scope.sectionId)
				: eb('section.is_example', '=', reader.network.isExample ? 1 : 0)
		)
		.where(({ eb, selectFrom }) =>
			bodiesOf(reader) === null
				? eb.lit(true)
				: eb(
						'roadmap.id',
						'in',
						selectFrom('roadmap_outcome as with')
							.innerJoin('milestone', 'milestone.outcome_id', 'with.id')
							.select('with.roadmap_id')
							.where(isMilestoneOf(bodiesOf(reader)))
					)
		);
}

/** The bodies whose items alone a reader may see; null for who may see all. */
function bodiesOf(reader: Reader): readonly string[] | null {
	return 'scope' in reader ? reader.scope.bodyIds : null;
}

/** Whether the `milestone` of a query, or an activity of it, is an item of one of these bodies. */
function isMilestoneOf(bodyIds: readonly string[] | null): Expression<SqlBool> {
	const eb = expressionBuilder<Tables, 'milestone'>();
	if (bodyIds === null) return eb.lit(true);
	const ofActivities = eb
		.selectFrom('activity')
		.select('activity.milestone_id')
		.where('activity.body_id', 'in', bodyIds);
	return eb.or([eb('milestone.body_id', 'in', bodyIds), eb('milestone.id', 'in', ofActivities)]);
}

type OutcomeOf = Roadmap['outcomes'][number] & { roadmapId: string };

/**
 * The outcomes of some roadmaps, each standing on its own section's today. For a partner the own milestones and
 * activities alone, and the outcomes that have any.
 */
export async function readOutcomes(
	reader: Reader,
	roadmapIds: string[],
	todays: ReadonlyMap<string, string>,
	locale: Locale
): Promise<OutcomeOf[]> {
	const { db } = reader;
	const bodyIds = bodiesOf(reader);
	const outcomes = await db
		.selectFrom('roadmap_outcome')
		.selectAll()
		.where('roadmap_id', 'in', roadmapIds)
		.orderBy('roadmap_id')
		.orderBy('position')
		.execute();
	const milestones = await db
		.selectFrom('milestone')
		.innerJoin('roadmap_outcome as outcome', 'outcome.id', 'milestone.outcome_id')
		.leftJoin('body', 'body.id', 'milestone.body_id')
		.selectAll('milestone')
		.select('body.name_texts as partner_texts')
		.where('outcome.roadmap_id', 'in', roadmapIds)
		.where(isMilestoneOf(bodyIds))
		.orderBy('milestone.due_on')
		.orderBy('milestone.position')
		.execute();
	const activities = await listActivities(db, roadmapIds, bodyIds, locale);
	const sessions = await countSessions(db, roadmapIds);
	const shown = outcomes.filter(
		({ id }) => bodyIds === null || milestones.some(({ outcome_id }) => outcome_id === id)
	);
	return shown.map((outcome) => {
		const today = todays.get(outcome.roadmap_id)!;
		return {
			id: outcome.id,
			roadmapId: outcome.roadmap_id,
			name: textIn(outcome.name_texts, locale),
			milestones: milestones
				.filter(({ outcome_id }) => outcome_id === outcome.id)
				.map((row): Milestone => {
					const standing = {
						kind: known(MILESTONE_KINDS, row.kind),
						startsOn: row.starts_on,
						dueOn: row.due_on,
						reachedOn: row.reached_on,
						tally: tallyOf(sessions.get(row.id) ?? [], today)
					};
					return {
						...standing,
						id: row.id,
						name: textIn(row.name_texts, locale),
						partner: row.partner_texts === null ? null : textIn(row.partner_texts, locale),
						fromChildren: row.from_children === 1,
						isExample: row.is_example === 1,
						source: row.source_texts === null ? null : textIn(row.source_texts, locale),
						state: stateOf(standing, today),
						activities: activities.get(row.id) ?? []
					};
				})
		};
	});
}

/** Activities by milestone, in order of their start. */
async function listActivities(
	db: Db,
	roadmapIds: string[],
	bodyIds: readonly string[] | null,
	locale: Locale
): Promise<Map<string, Activity[]>> {
	const rows = await db
		.selectFrom('activity')
		.innerJoin('milestone', 'milestone.id', 'activity.milestone_id')
		.innerJoin('roadmap_outcome as outcome', 'outcome.id', 'milestone.outcome_id')
		.leftJoin('body', 'body.id', 'activity.body_id')
		.selectAll('activity')
		.select('body.name_texts as partner_texts')
		.where('outcome.roadmap_id', 'in', roadmapIds)
		.$if(bodyIds !== null, (query) => query.where('activity.body_id', 'in', bodyIds!))
		.orderBy('activity.starts_on')
		.orderBy('activity.position')
		.execute();
	const byMilestone = Map.groupBy(rows, ({ milestone_id }) => milestone_id);
	return new Map(
		[...byMilestone].map(([id, rows]) => [
			id,
			rows.map((row) => ({
				id: row.id,
				name: textIn(row.name_texts, locale),
				startsOn: row.starts_on,
				endsOn: row.ends_on,
				partner: row.partner_texts === null ? null : textIn(row.partner_texts, locale)
			}))
		])
	);
}

/** How many linked sessions each milestone has of each status on each date. */
async function countSessions(db: Db, roadmapIds: string[]) {
	const rows = await db
		.selectFrom('milestone_cycle as link')
		.innerJoin('milestone', 'milestone.id', 'link.milestone_id')
		.innerJoin('roadmap_outcome as outcome', 'outcome.id', 'milestone.outcome_id')
		.innerJoin('session', 'session.cycle_id', 'link.cycle_id')
		.select((eb) => [
			'link.milestone_id',
			'session.status',
			'session.on_date as date',
			eb.fn.countAll<number>().as('count')
		])
		.where('outcome.roadmap_id', 'in', roadmapIds)
		.where('session.status', '<>', 'draft')
		.groupBy(['link.milestone_id', 'session.status', 'session.on_date'])
		.execute();
	return Map.groupBy(
		rows.map((row) => ({ ...row, status: known(SESSION_STATUSES, row.status) })),
		({ milestone_id }) => milestone_id
	);
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
		outcomes
			.flatMap(({ milestones }) => milestones)
			.flatMap(({ partner, activities }) => [partner, ...activities.map((one) => one.partner)])
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
