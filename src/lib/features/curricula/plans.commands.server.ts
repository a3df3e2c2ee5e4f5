import { sql } from 'kysely';
import type { z } from 'zod';
import type { KeyReused, Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { textsIn } from '#lib/platform/forms/fields.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import {
	draftCommand,
	laggingJson,
	type ChangedMeanwhile,
	type DraftRefusal
} from './drafts.commands.server.ts';
import type { activityEditForm, activityForm, planForm } from './forms.ts';
import { placeIn } from './outline.commands.server.ts';
import { shifted } from './outline.rules.ts';

/** What a session plan of a draft says, and its activities. */

export type PlanRefusal = DraftRefusal | { reason: 'not_there' };
export type ActivityRefusal = PlanRefusal | { reason: 'nowhere_to_go' };

/** Which plan, and the draft it belongs to. */
export type Where = { versionId: string; planId: string };

const PLAN_TEXTS = ['title', 'objectives', 'materials', 'variants', 'notes'] as const;
const ACTIVITY_TEXTS = ['title', 'children', 'says', 'younger', 'older'] as const;

/** Writes a session plan; refused where somebody else was first, with the version that stands now. */
export function editPlan(
	ctx: Context,
	input: z.output<typeof planForm> & Where,
	once: string
): Promise<Outcome<{ id: string }, PlanRefusal | ChangedMeanwhile | KeyReused>> {
	return draftCommand<{ id: string }, PlanRefusal | ChangedMeanwhile>(
		ctx,
		{
			name: 'edit session plan',
			once,
			input,
			fields: [...PLAN_TEXTS, 'minutes', 'strand', 'picture']
		},
		async ({ ctx, refuse }) => {
			const before = await ctx.db
				.selectFrom('session_plan')
				.selectAll()
				.where('id', '=', input.planId)
				.where('version_id', '=', input.versionId)
				.executeTakeFirst();
			if (!before) return refuse({ reason: 'not_there' });
			if (before.version !== input.version) refuse({ reason: 'changed', version: before.version });
			const texts = Object.fromEntries(PLAN_TEXTS.map((field) => [field, textsIn(field, input)]));
			const was = Object.fromEntries(PLAN_TEXTS.map((field) => [field, before[`${field}_texts`]]));
			await ctx.db
				.updateTable('session_plan')
				.set({
					minutes: input.minutes,
					strand: input.strand === 'all' ? '' : input.strand,
					picture: input.picture === 'none' ? null : input.picture,
					...Object.fromEntries(
						PLAN_TEXTS.map((field) => [`${field}_texts`, textsJson(texts[field]!)])
					),
					outdated: laggingJson(before, [was, texts], input.isSame === 'yes'),
					version: before.version + 1
				})
				.where('id', '=', before.id)
				.execute();
			return { id: before.id };
		}
	);
}

/** Adds an activity at the end of a plan. */
export function addActivity(
	ctx: Context,
	input: z.output<typeof activityForm> & Where,
	once: string
): Promise<Outcome<{ id: string }, PlanRefusal | KeyReused>> {
	return draftCommand<{ id: string }, PlanRefusal>(
		ctx,
		{ name: 'add activity', once, input, fields: [...ACTIVITY_TEXTS, 'minutes'] },
		async ({ ctx, refuse }) => {
			const there = (await activitiesOf(ctx, input)) ?? refuse({ reason: 'not_there' });
			const id = newId();
			await ctx.db
				.insertInto('plan_activity')
				.values({
					...{ id, section_id: ctx.scope.sectionId, plan_id: input.planId },
					...{ position: there.length + 1, minutes: input.minutes },
					title_texts: textsJson(textsIn('title', input)),
					children_texts: textsJson(textsIn('children', input)),
					says_texts: textsJson(textsIn('says', input)),
					younger_texts: textsJson(textsIn('younger', input)),
					older_texts: textsJson(textsIn('older', input))
				})
				.execute();
			return { id };
		}
	);
}

/** Writes an activity; refused where somebody else was first. */
export function editActivity(
	ctx: Context,
	input: z.output<typeof activityEditForm> & Where,
	once: string
): Promise<Outcome<{ id: string }, PlanRefusal | ChangedMeanwhile | KeyReused>> {
	return draftCommand<{ id: string }, PlanRefusal | ChangedMeanwhile>(
		ctx,
		{ name: 'edit activity', once, input, fields: [...ACTIVITY_TEXTS, 'minutes'] },
		async ({ ctx, refuse }) => {
			const there = await activitiesOf(ctx, input);
			const before = there?.find(({ id }) => id === input.activity);
			if (!before) return refuse({ reason: 'not_there' });
			if (before.version !== input.version) refuse({ reason: 'changed', version: before.version });
			const texts = Object.fromEntries(
				ACTIVITY_TEXTS.map((field) => [field, textsIn(field, input)])
			);
			const was = Object.fromEntries(
				ACTIVITY_TEXTS.map((field) => [field, before[`${field}_texts`]])
			);
			await ctx.db
				.updateTable('plan_activity')
				.set({
					minutes: input.minutes,
					...Object.fromEntries(
						ACTIVITY_TEXTS.map((field) => [`${field}_texts`, textsJson(texts[field]!)])
					),
					outdated: laggingJson(before, [was, texts], input.isSame === 'yes'),
					version: before.version + 1
				})
				.where('id', '=', before.id)
				.execute();
			return { id: before.id };
		}
	);
}

/** Moves an activity one place up or down. */
export function moveActivity(
	ctx: Context,
	input: { activity: string; to: 'up' | 'down' } & Where,
	once: string
): Promise<Outcome<{ id: string }, ActivityRefusal | KeyReused>> {
	return draftCommand<{ id: string }, ActivityRefusal>(
		ctx,
		{ name: 'order activities', once, input, fields: ['position'] },
		async ({ ctx, refuse }) => {
			const there = (await activitiesOf(ctx, input)) ?? refuse({ reason: 'not_there' });
			const ids = there.map(({ id }) => id);
			const next = shifted(ids, input.activity, input.to) ?? refuse({ reason: 'nowhere_to_go' });
			await writeOrder(ctx, input.planId, next);
			return { id: input.activity };
		}
	);
}

/** The activities of a plan of that draft, in order; undefined where there is no such plan. */
export async function activitiesOf({ db }: Context, { versionId, planId }: Where) {
	const plan = await db
		.selectFrom('session_plan')
		.select('id')
		.where('id', '=', planId)
		.where('version_id', '=', versionId)
		.executeTakeFirst();
	if (!plan) return undefined;
	return db
		.selectFrom('plan_activity')
		.selectAll()
		.where('plan_id', '=', planId)
		.orderBy('position')
		.execute();
}

/** Writes the order of activities; first out of each other's way, since two may not have the same place for a moment. */
export async function writeOrder(
	{ db }: Context,
	planId: string,
	ids: readonly string[]
): Promise<void> {
	if (ids.length === 0) return;
	const ofPlan = db.updateTable('plan_activity').where('plan_id', '=', planId);
	await ofPlan.set((eb) => ({ position: eb(sql<number>`0`, '-', eb.ref('position')) })).execute();
	await ofPlan.set({ position: placeIn(ids) }).execute();
}
