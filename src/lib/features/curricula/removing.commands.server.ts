import type { KeyReused, Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { keepUndo, type Restore } from '#lib/platform/undo/undo.ts';
import { draftCommand, takeDraft } from './drafts.commands.server.ts';
import { readOutline, writeOutline, type OutlineRefusal } from './outline.commands.server.ts';
import { moved } from './outline.rules.ts';
import { activitiesOf, writeOrder, type PlanRefusal, type Where } from './plans.commands.server.ts';

/** What is taken out of a draft, and put back. Published versions that have it keep it. */

interface RemovedPlan {
	plan: Row<'session_plan'>;
	activities: Row<'plan_activity'>[];
	/** The plan it stood in front of; null: it was the last of its module. */
	before: string | null;
}
interface RemovedActivity {
	activity: Row<'plan_activity'>;
	versionId: string;
}

/** Takes a session plan out of the draft, with its activities. */
export function removePlan(
	ctx: Context,
	input: { versionId: string; plan: string },
	once: string
): Promise<Outcome<{ id: string; undo: string }, OutlineRefusal | KeyReused>> {
	return draftCommand<{ id: string; undo: string }, OutlineRefusal>(
		ctx,
		{ name: 'remove session plan', once, input, fields: [] },
		async ({ ctx, refuse }) => {
			const { outline } = await readOutline(ctx, input.versionId);
			const part = outline.find(({ plans }) => plans.includes(input.plan));
			if (!part) return refuse({ reason: 'not_there' });
			const activities = (await activitiesOf(ctx, { ...input, planId: input.plan })) ?? [];
			await ctx.db.deleteFrom('plan_activity').where('plan_id', '=', input.plan).execute();
			const plan = await ctx.db
				.deleteFrom('session_plan')
				.where('id', '=', input.plan)
				.returningAll()
				.executeTakeFirstOrThrow();
			const without = outline.map(({ module, plans }) => ({
				module,
				plans: plans.filter((id) => id !== input.plan)
			}));
			await writeOutline(ctx, input.versionId, without);
			const before = part.plans[part.plans.indexOf(input.plan) + 1] ?? null;
			const removed: RemovedPlan = { plan, activities, before };
			return { id: input.plan, undo: await keepUndo(ctx, 'remove session plan', removed) };
		}
	);
}

/** Puts a session plan back where it stood, as long as its version is a draft; without its module, before all modules. */
export const putBackPlan: Restore<RemovedPlan> = async (
	{ ctx, audit, inTheWay },
	{ plan, activities, before }
) => {
	if (!(await isOpen(ctx, plan.version_id))) inTheWay();
	const { modules, plans } = await readOutline(ctx, plan.version_id);
	const module_id = modules.find(({ id }) => id === plan.module_id)?.id ?? null;
	await ctx.db
		.insertInto('session_plan')
		.values({ ...plan, module_id, position: plans.length + 1 })
		.execute();
	await insertAll(ctx.db, 'plan_activity', activities);
	const { outline } = await readOutline(ctx, plan.version_id);
	const place = { plan: plan.id, into: module_id };
	const next = moved(outline, { ...place, before }) ?? moved(outline, { ...place, before: null });
	await writeOutline(ctx, plan.version_id, next ?? outline);
	await audit({
		action: 'undo remove session plan',
		objectType: 'session_plan',
		objectId: plan.id,
		fields: []
	});
};

/** Takes an activity out of a plan. */
export function removeActivity(
	ctx: Context,
	input: { activity: string } & Where,
	once: string
): Promise<Outcome<{ id: string; undo: string }, PlanRefusal | KeyReused>> {
	return draftCommand<{ id: string; undo: string }, PlanRefusal>(
		ctx,
		{ name: 'remove plan activity', once, input, fields: [] },
		async ({ ctx, refuse }) => {
			const there = (await activitiesOf(ctx, input)) ?? [];
			const activity = there.find(({ id }) => id === input.activity);
			if (!activity) return refuse({ reason: 'not_there' });
			await ctx.db.deleteFrom('plan_activity').where('id', '=', activity.id).execute();
			await writeOrder(
				ctx,
				input.planId,
				there.map(({ id }) => id).filter((id) => id !== activity.id)
			);
			const removed: RemovedActivity = { activity, versionId: input.versionId };
			return { id: activity.id, undo: await keepUndo(ctx, 'remove plan activity', removed) };
		}
	);
}

/** Puts an activity back where it stood, as long as its plan is there and its version is a draft. */
export const putBackPlanActivity: Restore<RemovedActivity> = async (
	{ ctx, audit, inTheWay },
	{ activity, versionId }
) => {
	if (!(await isOpen(ctx, versionId))) inTheWay();
	const where = { versionId, planId: activity.plan_id };
	const there = (await activitiesOf(ctx, where)) ?? inTheWay();
	await ctx.db
		.insertInto('plan_activity')
		.values({ ...activity, position: there.length + 1 })
		.execute();
	const ids = there.map(({ id }) => id).toSpliced(activity.position - 1, 0, activity.id);
	await writeOrder(ctx, activity.plan_id, ids);
	await audit({
		action: 'undo remove activity',
		objectType: 'plan_activity',
		objectId: activity.id,
		fields: []
	});
};

async function isOpen(ctx: Context, versionId: string): Promise<boolean> {
	return ctx.scope.centreIds === null && (await takeDraft(ctx, versionId)) === 'taken';
}
