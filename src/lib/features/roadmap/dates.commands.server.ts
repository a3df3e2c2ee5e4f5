import { command, type KeyReused, type Outcome, type Work } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { NewRow } from '#lib/platform/db/schema.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn, textsJson } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { lockSection } from '#lib/features/organisation/rows.commands.server.ts';
import type { z } from 'zod';
import type { datesForm } from './forms.ts';
import { isOfProjects } from './outcomes.queries.server.ts';
import { movedWith, type Following, type Moved } from './following.rules.ts';

export type DatesRefusal =
	| { reason: 'not_found' | 'closed' | 'reason_missing' }
	/** The milestone whose end would be before its start. */
	| { reason: 'ends_first'; id: string }
	/** What would move with it: whoever sends it again says whether it shall. */
	| { reason: 'followers'; moved: (Moved & { name: string })[] }
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
	return {
		roadmapId: outcome.roadmap_id,
		followings,
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
	const moved = movedWith(
		changes.map(({ id, dueOn }) => ({ id, before: stood.get(id)!.dueOn, after: dueOn })),
		plan.milestones,
		plan.followings
	).filter(({ id }) => stood.get(id)!.isSteered);
	if (moved.length > 0 && move === undefined)
		refuse({
			reason: 'followers',
			moved: moved.map((one) => ({ ...one, name: textIn(stood.get(one.id)!.nameTexts, locale) }))
		});
	const all = [...changes, ...(move === 'along' ? moved : [])];
	await writeDates(ctx, all);
	await insertAll(
		ctx.db,
		'date_change',
		all.map(({ id, startsOn, dueOn }): NewRow<'date_change'> => {
			const before = stood.get(id)!;
			return {
				...{ id: newId(), section_id: ctx.scope.sectionId, milestone_id: id, activity_id: null },
				...{ starts_before: before.startsOn, ends_before: before.dueOn },
				...{ starts_after: startsOn, ends_after: dueOn },
				reason_texts: textsJson({ [locale]: reason }),
				...{ changed_by: ctx.actor.accountId, changed_at: ctx.now }
			};
		})
	);
	return all.length - changes.length;
}

/** Several dates in one statement. */
async function writeDates({ db, scope }: Context, dates: readonly NewDates[]): Promise<void> {
	await db
		.updateTable('milestone')
		.set((eb) => {
			const [first, ...others] = dates;
			const byId = (pick: (one: NewDates) => string) =>
				others
					.reduce(
						(some, one) => some.when('id', '=', one.id).then(pick(one)),
						eb.case().when('id', '=', first!.id).then(pick(first!))
					)
					.end() as never; // every row that is written has one
			return {
				starts_on: byId(({ startsOn }) => startsOn),
				due_on: byId(({ dueOn }) => dueOn),
				version: eb('version', '+', 1)
			};
		})
		.where('section_id', '=', scope.sectionId)
		.where(
			'id',
			'in',
			dates.map(({ id }) => id)
		)
		.execute();
}
