import { sql } from 'kysely';
import type { z } from 'zod';
import { lockSection } from '#lib/features/organisation/rows.commands.server.ts';
import { command, type KeyReused, type Outcome, type Work } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn, textsJson } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { datesForm } from './forms.ts';
import { isOfProjects } from './outcomes.queries.server.ts';
import {
	activitiesMovedWith,
	movedWith,
	type DatedActivity,
	type Following,
	type Moved,
	type MovedActivity
} from './following.rules.ts';
import type { MovedAlong } from './types.ts';

export type DatesRefusal =
	| { reason: 'not_found' | 'closed' | 'reason_missing' }
	/** The milestone whose end would be before its start. */
	| { reason: 'ends_first'; id: string }
	/** What would move with it: whoever sends it again says whether it shall. */
	| ({ reason: 'followers' } & MovedAlong)
	/** Someone changed it since it was opened: the version that stands now, by milestone. */
	| { reason: 'changed_meanwhile'; versions: Record<string, number> };

export interface NewDates {
	id: string;
	startsOn: string;
	dueOn: string;
}

/** How dates are changed: why, whether what follows moves along, and in which language that was typed. */
export interface Change {
	reason?: string;
	move?: 'along' | 'alone';
	locale: Locale;
}

/** Changes the dates of a lane at once, as its table was sent. Milestones whose dates stay as they are are left alone. */
export function saveDates(
	ctx: Context,
	input: z.output<typeof datesForm> & { locale: Locale },
	once: string
): Promise<Outcome<{ moved: number }, DatesRefusal | KeyReused>> {
	return command<{ moved: number }, DatesRefusal>(
		ctx,
		{ name: 'save dates', once, input },
		async (work) => {
			const { ctx, refuse, audit } = work;
			await lockSection(ctx);
			const plan = await planAround(ctx, input.outcome);
			if (!plan) return refuse({ reason: 'not_found' });
			const changes = plan.milestones.flatMap(({ id, startsOn, dueOn, outcomeId, version }) => {
				const [starts, ends] = [input.starts[id] ?? startsOn, input.ends[id] ?? dueOn];
				if (outcomeId !== input.outcome || (starts === startsOn && ends === dueOn)) return [];
				if (starts > ends) refuse({ reason: 'ends_first', id });
				return [{ id, startsOn: starts, dueOn: ends, isStale: input.version[id] !== version }];
			});
			if (changes.some(({ isStale }) => isStale))
				refuse({
					reason: 'changed_meanwhile',
					versions: Object.fromEntries(plan.milestones.map(({ id, version }) => [id, version]))
				});
			const moved = await changeDates(work, plan, changes, input);
			await audit({
				action: 'save dates',
				objectType: 'roadmap_outcome',
				objectId: input.outcome,
				fields: ['starts_on', 'due_on']
			});
			return { moved };
		}
	);
}

export interface Plan {
	roadmapId: string;
	milestones: PlannedMilestone[];
	followings: Following[];
	activities: (DatedActivity & { nameTexts: string })[];
}

export interface PlannedMilestone extends NewDates {
	outcomeId: string;
	nameTexts: string;
	isOpen: boolean;
	/** Whether the actor may change it: all of the section's, for who is held to a project those of that. */
	isSteered: boolean;
	version: number;
}

/** The milestones of the roadmap an outcome belongs to, and what comes after what; undefined when it is not the section's. */
export async function planAround(ctx: Context, outcomeId: string): Promise<Plan | undefined> {
	const { db, scope } = ctx;
	const outcome = await db
		.selectFrom('roadmap_outcome')
		.select('roadmap_id')
		.where('id', '=', outcomeId)
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirst();
	if (!outcome) return undefined;
	const rows = await db
		.selectFrom('milestone')
		.innerJoin('roadmap_outcome as outcome', 'outcome.id', 'milestone.outcome_id')
		.selectAll('milestone')
		.select(isOfProjects(scope.projectIds).as('is_steered'))
		.where('outcome.roadmap_id', '=', outcome.roadmap_id)
		.orderBy('milestone.id')
		.execute();
	const followings = await db
		.selectFrom('milestone_after as next')
		.innerJoin('milestone', 'milestone.id', 'next.milestone_id')
		.innerJoin('roadmap_outcome as outcome', 'outcome.id', 'milestone.outcome_id')
		.select(['next.milestone_id as id', 'next.after_id as afterId'])
		.where('outcome.roadmap_id', '=', outcome.roadmap_id)
		.execute();
	const activities = await db
		.selectFrom('activity')
		.innerJoin('milestone', 'milestone.id', 'activity.milestone_id')
		.innerJoin('roadmap_outcome as outcome', 'outcome.id', 'milestone.outcome_id')
		.selectAll('activity')
		.where('outcome.roadmap_id', '=', outcome.roadmap_id)
		.orderBy('activity.milestone_id')
		.orderBy('activity.position')
		.execute();
	return {
		roadmapId: outcome.roadmap_id,
		followings,
		activities: activities.map((row) => ({
			id: row.id,
			milestoneId: row.milestone_id,
			nameTexts: row.name_texts,
			startsOn: row.starts_on,
			endsOn: row.ends_on,
			isOpen: row.status !== 'done'
		})),
		milestones: rows.map((row) => ({
			id: row.id,
			outcomeId: row.outcome_id,
			nameTexts: row.name_texts,
			startsOn: row.starts_on,
			dueOn: row.due_on,
			isOpen: row.reached_on === null,
			isSteered: Boolean(row.is_steered),
			version: row.version
		}))
	};
}

/**
 * Writes new dates, keeps the old ones with the reason, and moves what follows if that was wanted. Part of a command.
 * Answers how many moved along. Refuses without a reason, for a closed milestone, and to move what follows unasked.
 */
export async function changeDates(
	{ ctx, refuse }: Pick<Work<DatesRefusal>, 'ctx' | 'refuse'>,
	plan: Plan,
	changes: readonly NewDates[],
	{ reason, move, locale }: Change
): Promise<number> {
	if (changes.length === 0) return 0;
	const stood = new Map(plan.milestones.map((one) => [one.id, one]));
	if (changes.some(({ id }) => !stood.get(id)?.isOpen)) refuse({ reason: 'closed' });
	if (reason === undefined) return refuse({ reason: 'reason_missing' });
	const due = changes.map(({ id, dueOn }) => ({ id, before: stood.get(id)!.dueOn, after: dueOn }));
	const moved = movedWith(due, plan.milestones, plan.followings).filter(
		({ id }) => stood.get(id)!.isSteered
	);
	const dueToo = moved.map(({ id, dueOn, from }) => ({ id, before: from.dueOn, after: dueOn }));
	const activities = activitiesMovedWith([...due, ...dueToo], plan.activities);
	if (moved.length + activities.length > 0 && move === undefined)
		refuse({ reason: 'followers', ...named(plan, { moved, activities }, locale) });
	const along = move === 'along' ? { moved, activities } : { moved: [], activities: [] };
	const milestones = [...changes, ...along.moved];
	await writeMilestones(ctx, milestones);
	await writeActivities(ctx, along.activities);
	const why = { reason_texts: textsJson({ [locale]: reason }) };
	await insertAll(ctx.db, 'date_change', [
		...milestones.map(({ id, startsOn, dueOn }) => {
			const { startsOn: starts, dueOn: ends } = stood.get(id)!;
			const dates = { before: [starts, ends], after: [startsOn, dueOn] } as const;
			return { ...changeRow(ctx, dates), ...why, milestone_id: id, activity_id: null };
		}),
		...along.activities.map(({ id, milestoneId, startsOn, endsOn, from }) => {
			const dates = { before: [from.startsOn, from.endsOn], after: [startsOn, endsOn] } as const;
			return { ...changeRow(ctx, dates), ...why, milestone_id: milestoneId, activity_id: id };
		})
	]);
	return along.moved.length + along.activities.length;
}

/** With the names they are shown by. */
function named(
	plan: Plan,
	{ moved, activities }: { moved: Moved[]; activities: MovedActivity[] },
	locale: Locale
): MovedAlong {
	const names = new Map(
		[...plan.milestones, ...plan.activities].map(({ id, nameTexts }) => [id, nameTexts])
	);
	const withName = <One extends { id: string }>(one: One) => ({
		...one,
		name: textIn(names.get(one.id)!, locale)
	});
	return { moved: moved.map(withName), activities: activities.map(withName) };
}

type Dates = readonly [starts: string, ends: string];

function changeRow(ctx: Context, { before, after }: { before: Dates; after: Dates }) {
	return {
		...{ id: newId(), section_id: ctx.scope.sectionId },
		...{ starts_before: before[0], ends_before: before[1] },
		...{ starts_after: after[0], ends_after: after[1] },
		...{ changed_by: ctx.actor.accountId, changed_at: ctx.now }
	};
}

/** Several milestones in one statement. */
async function writeMilestones({ db, scope }: Context, dates: readonly NewDates[]): Promise<void> {
	await db
		.updateTable('milestone')
		.set((eb) => ({
			starts_on: valueById(dates, ({ startsOn }) => startsOn),
			due_on: valueById(dates, ({ dueOn }) => dueOn),
			version: eb('version', '+', 1)
		}))
		.where('section_id', '=', scope.sectionId)
		.where(
			'id',
			'in',
			dates.map(({ id }) => id)
		)
		.execute();
}

/** Several activities in one statement. */
async function writeActivities(
	{ db, scope }: Context,
	dates: readonly MovedActivity[]
): Promise<void> {
	if (dates.length === 0) return;
	await db
		.updateTable('activity')
		.set((eb) => ({
			starts_on: valueById(dates, ({ startsOn }) => startsOn),
			ends_on: valueById(dates, ({ endsOn }) => endsOn),
			version: eb('version', '+', 1)
		}))
		.where('section_id', '=', scope.sectionId)
		.where(
			'id',
			'in',
			dates.map(({ id }) => id)
		)
		.execute();
}

/** To each row its own value; every row that is written has one. */
function valueById<One extends { id: string }>(rows: readonly One[], pick: (one: One) => string) {
	const cases = rows.map((one) => sql`when ${one.id} then ${pick(one)}`);
	return sql<string>`case id ${sql.join(cases, sql` `)} end`;
}
