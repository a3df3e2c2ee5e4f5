import type { z } from 'zod';
import { lockSection } from '#lib/features/organisation/rows.commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { namesIn } from '#lib/platform/forms/fields.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { keepUndo, type Restore } from '#lib/platform/undo/undo.ts';
import { changeDates, planAround, type DatesRefusal } from './dates.commands.server.ts';
import { wouldCircle } from './following.rules.ts';
import { addTo, belongTo, leaveAll } from '#lib/features/projects/rows.commands.server.ts';
import type { milestoneEditForm, milestoneForm } from './forms.ts';
import { isOfProjects } from './outcomes.queries.server.ts';

export type MilestoneRefusal =
	| DatesRefusal
	| {
			reason:
				| 'outcome_unknown'
				| 'body_unknown'
				| 'target_unknown'
				| 'linked'
				| 'circle'
				| 'after_unknown'
				| 'in_use'
				| 'project_unknown';
	  };

/** Entered here and reached by nobody yet. */
export const OPEN = {
	...{ source_texts: null, reached_on: null, evidence_texts: null },
	...{ confirmed_by: null, closed_by: null, closed_at: null }
};

type Sheet = z.output<typeof milestoneForm>;

/** Adds a milestone below the others of its outcome. */
export function addMilestone(
	ctx: Context,
	input: Sheet,
	once: string
): Promise<Outcome<{ id: string }, MilestoneRefusal | KeyReused>> {
	return command<{ id: string }, MilestoneRefusal>(
		ctx,
		{ name: 'add milestone', once, input },
		async ({ ctx, refuse, audit }) => {
			await lockSection(ctx);
			if (!(await planAround(ctx, input.outcome))) refuse({ reason: 'outcome_unknown' });
			const unknown = await unknownIn(ctx, input);
			if (unknown) refuse(unknown);
			const id = newId();
			await ctx.db
				.insertInto('milestone')
				.values({
					...{ id, section_id: ctx.scope.sectionId, is_example: 0, version: 1 },
					...columnsOf(input),
					position: (await lastMilestone(ctx, input.outcome)) + 1,
					...OPEN,
					...{ starts_on: input.starts, due_on: input.ends }
				})
				.execute();
			await aimAt(ctx, id, input);
			if ((await belongTo(ctx, { kind: 'milestone', id }, input.project)) === 'unknown')
				refuse({ reason: 'project_unknown' });
			await audit({
				...{ action: 'add milestone', objectType: 'milestone', objectId: id },
				fields: ['name_texts', 'kind', 'starts_on', 'due_on', 'body_id', 'projects']
			});
			return { id };
		}
	);
}

/**
 * Changes a milestone; other dates need a reason. Refused when someone changed it since it was opened, when it would
 * come after itself, and when something follows it and nobody has said yet whether that moves too.
 */
export function saveMilestone(
	ctx: Context,
	{
		milestoneId,
		locale,
		...input
	}: z.output<typeof milestoneEditForm> & { milestoneId: string; locale: Locale },
	once: string
): Promise<Outcome<{ moved: number }, MilestoneRefusal | KeyReused>> {
	return command<{ moved: number }, MilestoneRefusal>(
		ctx,
		{ name: 'save milestone', once, input: { ...input, milestoneId } },
		async (work) => {
			const { ctx, refuse, audit } = work;
			await lockSection(ctx);
			const own = await holdOwn(ctx, milestoneId);
			if (!own) return refuse({ reason: 'not_found' });
			if (own.version !== input.version + 1)
				refuse({ reason: 'changed_meanwhile', versions: { [milestoneId]: own.version - 1 } });
			const plan = (await planAround(ctx, own.outcome_id))!;
			const into =
				input.outcome === own.outcome_id ||
				(await planAround(ctx, input.outcome))?.roadmapId === plan.roadmapId;
			if (!into) refuse({ reason: 'outcome_unknown' });
			const unknown = await unknownIn(ctx, input);
			if (unknown) refuse(unknown);
			if (
				own.kind === 'sessions' &&
				input.kind !== 'sessions' &&
				(await isLinked(ctx, milestoneId))
			)
				refuse({ reason: 'linked' });
			if (!input.after.every((after) => plan.milestones.some(({ id }) => id === after)))
				refuse({ reason: 'after_unknown' });
			if (wouldCircle(milestoneId, input.after, plan.followings)) refuse({ reason: 'circle' });
			const isMoved = input.starts !== own.starts_on || input.ends !== own.due_on;
			const moved = await changeDates(
				work,
				plan,
				isMoved ? [{ id: milestoneId, startsOn: input.starts, dueOn: input.ends }] : [],
				{ ...input, locale }
			);
			await ctx.db
				.updateTable('milestone')
				.set({
					...columnsOf(input),
					...(input.outcome !== own.outcome_id && {
						position: (await lastMilestone(ctx, input.outcome)) + 1
					})
				})
				.where('id', '=', milestoneId)
				.execute();
			await aimAt(ctx, milestoneId, input);
			await follow(ctx, milestoneId, input.after);
			if ((await chooseProjects(ctx, milestoneId, input.project)) === 'unknown')
				refuse({ reason: 'project_unknown' });
			await audit({
				...{ action: 'save milestone', objectType: 'milestone', objectId: milestoneId },
				fields: [
					...['name_texts', 'kind', 'starts_on', 'due_on', 'body_id', 'outcome_id', 'after'],
					'projects'
				]
			});
			return { moved };
		}
	);
}

/** A milestone with what is taken away and put back with it. */
export interface Removed {
	milestone: Row<'milestone'>;
	targets: Row<'milestone_target'>[];
	after: Row<'milestone_after'>[];
	overrides: Row<'milestone_override'>[];
	changes: Row<'date_change'>[];
	/** Ids; absent where it was removed before there were any. */
	projects?: string[];
}

/** Takes away an open milestone nothing hangs on: no activity, cycle, evidence, suggestion, and none that follows it. */
export function removeMilestone(
	ctx: Context,
	{ milestoneId }: { milestoneId: string },
	once: string
): Promise<Outcome<{ roadmapId: string; undo: string }, MilestoneRefusal | KeyReused>> {
	return command<{ roadmapId: string; undo: string }, MilestoneRefusal>(
		ctx,
		{ name: 'remove milestone', once, input: { milestoneId } },
		async ({ ctx, refuse, audit }) => {
			await lockSection(ctx);
			const milestone = await holdOwn(ctx, milestoneId);
			if (!milestone) return refuse({ reason: 'not_found' });
			if (milestone.reached_on !== null) refuse({ reason: 'closed' });
			if (await hasAny(ctx, milestoneId)) refuse({ reason: 'in_use' });
			const { roadmapId } = (await planAround(ctx, milestone.outcome_id))!;
			const removed: Removed = {
				milestone,
				projects: await leaveAll(ctx, milestoneId),
				targets: await ctx.db
					.deleteFrom('milestone_target')
					.where('milestone_id', '=', milestoneId)
					.returningAll()
					.execute(),
				after: await ctx.db
					.deleteFrom('milestone_after')
					.where('milestone_id', '=', milestoneId)
					.returningAll()
					.execute(),
				overrides: await ctx.db
					.deleteFrom('milestone_override')
					.where('milestone_id', '=', milestoneId)
					.returningAll()
					.execute(),
				changes: await ctx.db
					.deleteFrom('date_change')
					.where('milestone_id', '=', milestoneId)
					.returningAll()
					.execute()
			};
			await ctx.db.deleteFrom('milestone').where('id', '=', milestoneId).execute();
			await audit({
				...{ action: 'remove milestone', objectType: 'milestone', objectId: milestoneId },
				fields: []
			});
			return { roadmapId, undo: await keepUndo(ctx, 'remove milestone', removed) };
		}
	);
}

/** Puts a milestone back, below the others of its outcome; not into one that is gone, nor after one that is. */
export const putBackMilestone: Restore<Removed> = async ({ ctx, audit, inTheWay }, removed) => {
	await lockSection(ctx);
	const { milestone } = removed;
	const plan = await planAround(ctx, milestone.outcome_id);
	if (!plan) return inTheWay();
	const isThere = ({ after_id }: Row<'milestone_after'>) =>
		plan.milestones.some(({ id }) => id === after_id);
	if (!removed.after.every(isThere)) inTheWay();
	const position = (await lastMilestone(ctx, milestone.outcome_id)) + 1;
	await ctx.db
		.insertInto('milestone')
		.values({ ...milestone, position })
		.execute();
	await insertAll(ctx.db, 'milestone_target', removed.targets);
	await insertAll(ctx.db, 'milestone_after', removed.after);
	await insertAll(ctx.db, 'milestone_override', removed.overrides);
	await insertAll(ctx.db, 'date_change', removed.changes);
	for (const project of removed.projects ?? [])
		await addTo(ctx, { kind: 'milestone', ids: [milestone.id] }, project);
	await audit({
		...{ action: 'undo remove milestone', objectType: 'milestone', objectId: milestone.id },
		fields: []
	});
};

/** Whoever is held to one project leaves it to others which a milestone belongs to. */
async function chooseProjects(ctx: Context, id: string, wanted: readonly string[]) {
	return ctx.scope.projectIds === null && belongTo(ctx, { kind: 'milestone', id }, wanted);
}

function columnsOf(input: Sheet) {
	return {
		outcome_id: input.outcome,
		kind: input.kind,
		name_texts: textsJson(namesIn(input)),
		body_id: input.body ?? null,
		from_children: input.fromChildren === 'yes' ? 1 : 0
	};
}

async function lastMilestone({ db }: Context, outcomeId: string): Promise<number> {
	const row = await db
		.selectFrom('milestone')
		.select((eb) => eb.fn.max('position').as('last'))
		.where('outcome_id', '=', outcomeId)
		.executeTakeFirst();
	return row?.last ?? 0;
}

/** Holds a milestone to the end of the transaction, so that a link at the same moment waits; its version counts on. */
function holdOwn({ db, scope }: Context, id: string) {
	return db
		.updateTable('milestone')
		.set((eb) => ({ version: eb('version', '+', 1) }))
		.where('id', '=', id)
		.where('section_id', '=', scope.sectionId)
		.where(isOfProjects(scope.projectIds))
		.returningAll()
		.executeTakeFirst();
}

/** The first of what was chosen that is not the section's. */
async function unknownIn(
	{ db, scope }: Context,
	{ body, kind, target }: Sheet
): Promise<MilestoneRefusal | null> {
	const isOwn = async (table: 'body' | 'target', id: string) =>
		(await db
			.selectFrom(table)
			.select('id')
			.where('id', '=', id)
			.where('section_id', '=', scope.sectionId)
			.executeTakeFirst()) !== undefined;
	if (body && !(await isOwn('body', body))) return { reason: 'body_unknown' };
	if (kind === 'target' && !(await isOwn('target', target!))) return { reason: 'target_unknown' };
	return null;
}

/** The target a milestone of that kind is reached with; none for the others. */
async function aimAt({ db, scope }: Context, id: string, { kind, target }: Sheet): Promise<void> {
	await db.deleteFrom('milestone_target').where('milestone_id', '=', id).execute();
	if (kind !== 'target') return;
	await db
		.insertInto('milestone_target')
		.values({ milestone_id: id, target_id: target!, section_id: scope.sectionId })
		.execute();
}

async function follow({ db, scope }: Context, id: string, after: readonly string[]): Promise<void> {
	await db.deleteFrom('milestone_after').where('milestone_id', '=', id).execute();
	await insertAll(
		db,
		'milestone_after',
		[...new Set(after)].map((after_id) => ({
			...{ milestone_id: id, after_id, section_id: scope.sectionId }
		}))
	);
}

async function isLinked({ db }: Context, id: string): Promise<boolean> {
	const link = await db
		.selectFrom('milestone_cycle')
		.select('cycle_id')
		.where('milestone_id', '=', id)
		.executeTakeFirst();
	return link !== undefined;
}

/** Whether anything hangs on a milestone, in one statement. */
async function hasAny({ db }: Context, id: string): Promise<boolean> {
	const of = (table: 'activity' | 'milestone_cycle' | 'evidence_link' | 'suggestion') =>
		db.selectFrom(table).select('section_id').where('milestone_id', '=', id);
	const row = await of('activity')
		.unionAll(of('milestone_cycle'))
		.unionAll(of('evidence_link'))
		.unionAll(of('suggestion'))
		.unionAll(db.selectFrom('milestone_after').select('section_id').where('after_id', '=', id))
		.executeTakeFirst();
	return row !== undefined;
}
