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
import type { activityEditForm, activityForm, statusForm } from './forms.ts';
import { isOfProjects } from './outcomes.queries.server.ts';

export type ActivityRefusal =
	| { reason: 'not_found' | 'body_unknown' | 'reason_missing' | 'in_use' }
	/** Someone changed it since it was opened: the version that stands now. */
	| { reason: 'changed_meanwhile'; version: number };

type Sheet = z.output<typeof activityForm>;

/** Adds an activity to a milestone of the section. */
export function addActivity(
	ctx: Context,
	{ milestoneId, ...input }: Sheet & { milestoneId: string },
	once: string
): Promise<Outcome<{ id: string }, ActivityRefusal | KeyReused>> {
	return command<{ id: string }, ActivityRefusal>(
		ctx,
		{ name: 'add activity', once, input: { ...input, milestoneId } },
		async ({ ctx, refuse, audit }) => {
			await lockSection(ctx);
			const last = await lastActivity(ctx, milestoneId);
			if (last === undefined) return refuse({ reason: 'not_found' });
			if (!(await isBodyOwn(ctx, input.body))) refuse({ reason: 'body_unknown' });
			const id = newId();
			await ctx.db
				.insertInto('activity')
				.values({
					...{ id, section_id: ctx.scope.sectionId, milestone_id: milestoneId, position: last + 1 },
					...columnsOf(input)
				})
				.execute();
			await audit(noted('add activity', id, ['name_texts', 'starts_on', 'ends_on', 'body_id']));
			return { id };
		}
	);
}

/** Changes an activity; other dates need a reason, and the old ones are kept. */
export function saveActivity(
	ctx: Context,
	{ locale, ...input }: z.output<typeof activityEditForm> & { locale: Locale },
	once: string
): Promise<Outcome<null, ActivityRefusal | KeyReused>> {
	return command<null, ActivityRefusal>(
		ctx,
		{ name: 'save activity', once, input },
		async ({ ctx, refuse, audit }) => {
			const own = await findOwn(ctx, input.activity);
			if (!own) return refuse({ reason: 'not_found' });
			if (own.version !== input.version)
				refuse({ reason: 'changed_meanwhile', version: own.version });
			if (!(await isBodyOwn(ctx, input.body))) refuse({ reason: 'body_unknown' });
			const { numUpdatedRows } = await ctx.db
				.updateTable('activity')
				.set({ ...columnsOf(input), version: own.version + 1 })
				.where('id', '=', own.id)
				.where('version', '=', own.version)
				.executeTakeFirst();
			if (!numUpdatedRows) refuse({ reason: 'changed_meanwhile', version: own.version + 1 });
			if (input.starts !== own.starts_on || input.ends !== own.ends_on) {
				if (input.reason === undefined) return refuse({ reason: 'reason_missing' });
				await keepDates(ctx, own, { ...input, reason: input.reason, locale });
			}
			await audit(
				noted('save activity', own.id, ['name_texts', 'starts_on', 'ends_on', 'body_id', 'status'])
			);
			return null;
		}
	);
}

/** Says how an activity stands; for a partner one of its own bodies'. */
export function setStatus(
	ctx: Context,
	input: z.output<typeof statusForm>,
	once: string
): Promise<Outcome<null, ActivityRefusal | KeyReused>> {
	return command<null, ActivityRefusal>(
		ctx,
		{ name: 'set activity status', once, input },
		async ({ ctx, refuse, audit }) => {
			const { bodyIds, sectionId } = ctx.scope;
			const { numUpdatedRows } = await ctx.db
				.updateTable('activity')
				.set((eb) => ({ status: input.status, version: eb('version', '+', 1) }))
				.where('id', '=', input.activity)
				.where('section_id', '=', sectionId)
				.$if(bodyIds !== null, (query) => query.where('body_id', 'in', bodyIds!))
				.executeTakeFirst();
			if (!numUpdatedRows) refuse({ reason: 'not_found' });
			await audit(noted('set activity status', input.activity, ['status']));
			return null;
		}
	);
}

/** An activity with the changes of its dates. */
export interface RemovedActivity {
	activity: Row<'activity'>;
	changes: Row<'date_change'>[];
}

/** Takes away an activity without evidence and suggestions. */
export function removeActivity(
	ctx: Context,
	input: { activity: string },
	once: string
): Promise<Outcome<{ undo: string }, ActivityRefusal | KeyReused>> {
	return command<{ undo: string }, ActivityRefusal>(
		ctx,
		{ name: 'remove activity', once, input },
		async ({ ctx, refuse, audit }) => {
			await lockSection(ctx);
			const activity = await findOwn(ctx, input.activity);
			if (!activity) return refuse({ reason: 'not_found' });
			const hanging = await ctx.db
				.selectFrom('evidence_link')
				.select('section_id')
				.where('activity_id', '=', activity.id)
				.unionAll(
					ctx.db
						.selectFrom('suggestion')
						.select('section_id')
						.where('activity_id', '=', activity.id)
				)
				.executeTakeFirst();
			if (hanging) refuse({ reason: 'in_use' });
			const changes = await ctx.db
				.deleteFrom('date_change')
				.where('activity_id', '=', activity.id)
				.returningAll()
				.execute();
			await ctx.db.deleteFrom('activity').where('id', '=', activity.id).execute();
			await audit(noted('remove activity', activity.id, []));
			return { undo: await keepUndo(ctx, 'remove activity', { activity, changes }) };
		}
	);
}

/** Puts an activity back below the others; not under a milestone that is gone. */
export const putBackActivity: Restore<RemovedActivity> = async (
	{ ctx, audit, inTheWay },
	{ activity, changes }
) => {
	await lockSection(ctx);
	const last = await lastActivity(ctx, activity.milestone_id);
	if (last === undefined) return inTheWay();
	await ctx.db
		.insertInto('activity')
		.values({ ...activity, position: last + 1 })
		.execute();
	await insertAll(ctx.db, 'date_change', changes);
	await audit(noted('undo remove activity', activity.id, []));
};

/** Keeps the dates an activity had before they were changed, and why. Part of a command. */
export async function keepDates(
	ctx: Context,
	before: Row<'activity'>,
	{ starts, ends, reason, locale }: { starts: string; ends: string; reason: string; locale: string }
): Promise<void> {
	await ctx.db
		.insertInto('date_change')
		.values({
			...{ id: newId(), section_id: ctx.scope.sectionId },
			...{ milestone_id: before.milestone_id, activity_id: before.id },
			...{ starts_before: before.starts_on, ends_before: before.ends_on },
			...{ starts_after: starts, ends_after: ends },
			reason_texts: textsJson({ [locale]: reason }),
			...{ changed_by: ctx.actor.accountId, changed_at: ctx.now }
		})
		.execute();
}

function columnsOf(input: Sheet) {
	return {
		name_texts: textsJson(namesIn(input)),
		...{ starts_on: input.starts, ends_on: input.ends, body_id: input.body ?? null },
		...{ action: input.action ?? null, status: input.status }
	};
}

function findOwn({ db, scope }: Context, id: string) {
	return db
		.selectFrom('activity')
		.innerJoin('milestone', 'milestone.id', 'activity.milestone_id')
		.selectAll('activity')
		.where('activity.id', '=', id)
		.where('activity.section_id', '=', scope.sectionId)
		.where(isOfProjects(scope.projectIds))
		.executeTakeFirst();
}

/** The last place taken, 0 when none is; undefined for a milestone that is not the section's. */
async function lastActivity(ctx: Context, milestoneId: string): Promise<number | undefined> {
	const row = await ctx.db
		.selectFrom('milestone')
		.leftJoin('activity', 'activity.milestone_id', 'milestone.id')
		.select((eb) => ['milestone.id', eb.fn.max('activity.position').as('last')])
		.where('milestone.id', '=', milestoneId)
		.where('milestone.section_id', '=', ctx.scope.sectionId)
		.where(isOfProjects(ctx.scope.projectIds))
		.groupBy('milestone.id')
		.executeTakeFirst();
	return row && (row.last ?? 0);
}

async function isBodyOwn({ db, scope }: Context, id: string | undefined): Promise<boolean> {
	if (id === undefined) return true;
	const body = await db
		.selectFrom('body')
		.select('id')
		.where('id', '=', id)
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirst();
	return body !== undefined;
}

function noted(action: string, objectId: string, fields: string[]) {
	return { action, objectType: 'activity', objectId, fields };
}
