import {
	expressionBuilder,
	sql,
	type AliasableExpression,
	type Expression,
	type SqlBool
} from 'kysely';
import { ofPosition } from '#lib/features/sessions/queries.server.ts';
import { isOutside, type Reader } from '#lib/platform/command/reader.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { Tables } from '#lib/platform/db/schema.ts';
import {
	ACTIVITY_STATUSES,
	KINDS_OF_ACTION,
	known,
	MILESTONE_KINDS,
	OVERRIDE_STATES,
	SESSION_STATUSES
} from '#lib/platform/db/vocabularies.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { stateOf, tallyOf } from './rules.ts';
import { slipOf } from './slipping.rules.ts';
import type { Activity, Aim, Milestone, Outcome, Override, Standing } from './types.ts';

/** What a reader sees of the roadmaps within reach. */
export interface Sight {
	readonly db: Db;
	/** Bodies whose items alone are shown; null for all. */
	readonly bodyIds: readonly string[] | null;
	/** Projects whose milestones alone are shown; null for all. */
	readonly projectIds: readonly string[] | null;
	/** No number of people is shown. */
	readonly isOutside: boolean;
}

export function sightOf(reader: Reader): Sight {
	const scope = 'scope' in reader ? reader.scope : null;
	return {
		db: reader.db,
		bodyIds: scope?.bodyIds ?? null,
		projectIds: scope?.projectIds ?? null,
		isOutside: isOutside(reader)
	};
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
		.where(({ eb, selectFrom }) => {
			const { bodyIds, projectIds } = sightOf(reader);
			return bodyIds === null && projectIds === null
				? eb.lit(true)
				: eb(
						'roadmap.id',
						'in',
						selectFrom('roadmap_outcome as with')
							.innerJoin('milestone', 'milestone.outcome_id', 'with.id')
							.select('with.roadmap_id')
							.where(isShown(sightOf(reader)))
					);
		});
}

/** Whether the `milestone` of a query is an item of one of these bodies. */
function isOfBodies(bodyIds: readonly string[] | null): Expression<SqlBool> {
	const eb = expressionBuilder<Tables, 'milestone'>();
	return bodyIds === null ? eb.lit(true) : eb('milestone.body_id', 'in', bodyIds);
}

/** Whether the `milestone` of a query belongs to one of these projects. */
export function isOfProjects(projectIds: readonly string[] | null): AliasableExpression<SqlBool> {
	const eb = expressionBuilder<Tables, 'milestone'>();
	if (projectIds === null) return eb.lit(true);
	const belonging = eb
		.selectFrom('project_milestone as belongs')
		.select('belongs.milestone_id')
		.where('belongs.project_id', 'in', projectIds);
	return eb('milestone.id', 'in', belonging);
}

/** Whether the `milestone` of a query is one the reader sees whole. */
export function isOwnMilestone({ bodyIds, projectIds }: Sight): Expression<SqlBool> {
	return expressionBuilder<Tables, 'milestone'>().and([
		isOfBodies(bodyIds),
		isOfProjects(projectIds)
	]);
}

/** The same, or one with an activity of the reader's bodies. */
function isShown({ bodyIds, projectIds }: Sight): Expression<SqlBool> {
	const eb = expressionBuilder<Tables, 'milestone'>();
	if (bodyIds === null) return isOfProjects(projectIds);
	const ofActivities = eb
		.selectFrom('activity')
		.select('activity.milestone_id')
		.where('activity.body_id', 'in', bodyIds);
	return eb.and([
		isOfProjects(projectIds),
		eb.or([isOfBodies(bodyIds), eb('milestone.id', 'in', ofActivities)])
	]);
}

export type OutcomeOf = Outcome & { roadmapId: string };

/**
 * The outcomes of some roadmaps, each standing on its own section's today. For a partner the own milestones and
 * activities alone, for a project manager of one project its milestones, and the outcomes that have any; of a
 * milestone that is not the partner's its name.
 */
export async function readOutcomes(
	sight: Sight,
	roadmapIds: string[],
	todays: ReadonlyMap<string, string>,
	locale: Locale
): Promise<OutcomeOf[]> {
	const { db, bodyIds, projectIds } = sight;
	const outcomes = await db
		.selectFrom('roadmap_outcome')
		.selectAll()
		.where('roadmap_id', 'in', roadmapIds)
		.orderBy('roadmap_id')
		.orderBy('position')
		.execute();
	const milestones = await listMilestones(sight, roadmapIds);
	const activities = await listActivities(db, roadmapIds, bodyIds, locale);
	const sessions = await countSessions(db, roadmapIds);
	const slips = await listSlips(db, roadmapIds, locale);
	const isOwn = (row: { body_id: string | null }) =>
		bodyIds === null || (row.body_id !== null && bodyIds.includes(row.body_id));
	const shown = outcomes.filter(
		({ id }) =>
			(bodyIds === null && projectIds === null) ||
			milestones.some(({ outcome_id }) => outcome_id === id)
	);
	return shown.map((outcome) => {
		const today = todays.get(outcome.roadmap_id)!;
		const ofLane = milestones.filter(({ outcome_id }) => outcome_id === outcome.id);
		return {
			id: outcome.id,
			roadmapId: outcome.roadmap_id,
			name: textIn(outcome.name_texts, locale),
			milestones: ofLane.filter(isOwn).map((row): Milestone => {
				const standing: Standing = {
					kind: known(MILESTONE_KINDS, row.kind),
					startsOn: row.starts_on,
					dueOn: row.due_on,
					reachedOn: row.reached_on,
					tally: tallyOf(sessions.get(row.id) ?? [], today),
					aim: sight.isOutside ? null : aimOf(row),
					override: overrideOf(row, locale)
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
					activities: activities.get(row.id) ?? [],
					slip: slips.get(row.id) ?? null
				};
			}),
			elsewhere: ofLane
				.filter((row) => !isOwn(row))
				.map((row) => ({
					milestoneId: row.id,
					milestone: textIn(row.name_texts, locale),
					activities: activities.get(row.id) ?? []
				}))
		};
	});
}

type MilestoneRow = Awaited<ReturnType<typeof listMilestones>>[number];

function listMilestones(sight: Sight, roadmapIds: string[]) {
	return sight.db
		.selectFrom('milestone')
		.innerJoin('roadmap_outcome as outcome', 'outcome.id', 'milestone.outcome_id')
		.leftJoin('body', 'body.id', 'milestone.body_id')
		.leftJoin('milestone_target as aim', 'aim.milestone_id', 'milestone.id')
		.leftJoin('target', 'target.id', 'aim.target_id')
		.leftJoin('reached_target as reached', 'reached.target_id', 'target.id')
		.leftJoin('opening_balance as opening', (join) =>
			join.onRef('opening.target_id', '=', 'target.id').onRef('opening.unit', '=', 'target.unit')
		)
		.leftJoin('milestone_override as said', 'said.milestone_id', 'milestone.id')
		.selectAll('milestone')
		.select([
			'body.name_texts as partner_texts',
			'target.amount as wanted_count',
			'target.starts_on as aim_starts_on',
			'target.ends_on as aim_ends_on',
			'reached.people_count as reached_count',
			'opening.amount as opening_count',
			'said.state as said_state',
			'said.reason_texts as said_texts',
			'said.until_on as said_until'
		])
		.where('outcome.roadmap_id', 'in', roadmapIds)
		.where(isShown(sight))
		.orderBy('milestone.due_on')
		.orderBy('milestone.position')
		.execute();
}

function aimOf(row: MilestoneRow): Aim | null {
	if (row.wanted_count === null || row.aim_starts_on === null || row.aim_ends_on === null)
		return null;
	return {
		reachedCount: (row.reached_count ?? 0) + (row.opening_count ?? 0),
		wantedCount: row.wanted_count,
		startsOn: row.aim_starts_on,
		endsOn: row.aim_ends_on
	};
}

function overrideOf(row: MilestoneRow, locale: Locale): Override | null {
	if (row.said_state === null || row.said_texts === null || row.said_until === null) return null;
	return {
		state: known(OVERRIDE_STATES, row.said_state),
		reason: textIn(row.said_texts, locale),
		untilOn: row.said_until
	};
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
				partner: row.partner_texts === null ? null : textIn(row.partner_texts, locale),
				action: row.action === null ? null : known(KINDS_OF_ACTION, row.action),
				status: known(ACTIVITY_STATUSES, row.status)
			}))
		])
	);
}

/** How far each milestone's due date was put off, with the latest reason. */
async function listSlips(db: Db, roadmapIds: string[], locale: Locale) {
	const rows = await db
		.selectFrom('date_change as change')
		.innerJoin('milestone', 'milestone.id', 'change.milestone_id')
		.innerJoin('roadmap_outcome as outcome', 'outcome.id', 'milestone.outcome_id')
		.select(['change.milestone_id', 'change.ends_before', 'change.ends_after'])
		.select('change.reason_texts')
		.where('outcome.roadmap_id', 'in', roadmapIds)
		.where('change.activity_id', 'is', null)
		.orderBy('change.changed_at')
		.orderBy('change.id')
		.execute();
	const byMilestone = Map.groupBy(rows, ({ milestone_id }) => milestone_id);
	return new Map(
		[...byMilestone].map(([id, changes]) => {
			const slip = slipOf(
				changes.map(({ ends_before, ends_after }) => ({ before: ends_before, after: ends_after }))
			);
			const later = changes.findLast(({ ends_before, ends_after }) => ends_after > ends_before);
			return [id, slip && { ...slip, reason: textIn(later!.reason_texts, locale) }];
		})
	);
}

/**
 * How many linked sessions each milestone has of each status on each date. Two halves of a position are one: planned
 * while one of them is, on its first day, else held if one is.
 */
async function countSessions(db: Db, roadmapIds: string[]) {
	const dayOf = (status: 'planned' | 'held') =>
		sql<string | null>`min(case when session.status = ${status} then session.on_date end)`;
	const meetings = db
		.selectFrom('milestone_cycle as link')
		.innerJoin('milestone', 'milestone.id', 'link.milestone_id')
		.innerJoin('roadmap_outcome as outcome', 'outcome.id', 'milestone.outcome_id')
		.innerJoin('session', 'session.cycle_id', 'link.cycle_id')
		.select((eb) => [
			'link.milestone_id',
			dayOf('planned').as('planned_on'),
			dayOf('held').as('held_on'),
			eb.fn.min<string>('session.on_date').as('on_date')
		])
		.where('outcome.roadmap_id', 'in', roadmapIds)
		.where('session.status', '<>', 'draft')
		.groupBy(['link.milestone_id', 'session.cycle_id', ofPosition]);
	const rows = await db
		.selectFrom(meetings.as('meeting'))
		.select((eb) => [
			'milestone_id',
			sql<string>`case when planned_on is not null then 'planned' when held_on is not null then 'held' else 'cancelled' end`.as(
				'status'
			),
			sql<string>`coalesce(planned_on, held_on, on_date)`.as('date'),
			eb.fn.countAll<number>().as('count')
		])
		.groupBy(['milestone_id', 'status', 'date'])
		.execute();
	return Map.groupBy(
		rows.map((row) => ({ ...row, status: known(SESSION_STATUSES, row.status) })),
		({ milestone_id }) => milestone_id
	);
}
