import type { z } from 'zod';
import { lockSection } from '#lib/features/organisation/rows.commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { namesIn } from '#lib/platform/forms/fields.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { keepUndo, type Restore } from '#lib/platform/undo/undo.ts';
import type { outcomeEditForm, outcomeForm, roadmapEditForm, roadmapForm } from './forms.ts';

export type MakeRefusal =
	| { reason: 'not_found' | 'in_use' }
	/** Someone changed it since it was opened: the version that stands now. */
	| { reason: 'changed_meanwhile'; version: number };

/** Makes a roadmap of the section, empty. */
export function makeRoadmap(
	ctx: Context,
	input: z.output<typeof roadmapForm>,
	once: string
): Promise<Outcome<{ id: string }, MakeRefusal | KeyReused>> {
	return command(ctx, { name: 'make roadmap', once, input }, async ({ ctx, audit }) => {
		const id = newId();
		await ctx.db
			.insertInto('roadmap')
			.values({
				...{ id, section_id: ctx.scope.sectionId, is_example: 0 },
				...{ name_texts: textsJson(namesIn(input)), starts_on: input.starts, ends_on: input.ends }
			})
			.execute();
		await audit(noted('make roadmap', 'roadmap', id, ['name_texts', 'starts_on', 'ends_on']));
		return { id };
	});
}

/** Changes name and period. Items outside the period stay: they are drawn at its edge. */
export function saveRoadmap(
	ctx: Context,
	{ roadmapId, ...input }: z.output<typeof roadmapEditForm> & { roadmapId: string },
	once: string
): Promise<Outcome<null, MakeRefusal | KeyReused>> {
	return command<null, MakeRefusal>(
		ctx,
		{ name: 'save roadmap', once, input: { ...input, roadmapId } },
		async ({ ctx, refuse, audit }) => {
			const { numUpdatedRows } = await ctx.db
				.updateTable('roadmap')
				.set({
					name_texts: textsJson(namesIn(input)),
					...{ starts_on: input.starts, ends_on: input.ends, version: input.version + 1 }
				})
				.where('id', '=', roadmapId)
				.where('section_id', '=', ctx.scope.sectionId)
				.where('version', '=', input.version)
				.executeTakeFirst();
			if (!numUpdatedRows) refuse(await meanwhile(ctx, 'roadmap', roadmapId));
			const fields = ['name_texts', 'starts_on', 'ends_on'];
			await audit(noted('save roadmap', 'roadmap', roadmapId, fields));
			return null;
		}
	);
}

/** Takes away a roadmap that has no outcome. */
export function removeRoadmap(
	ctx: Context,
	{ roadmapId }: { roadmapId: string },
	once: string
): Promise<Outcome<{ undo: string }, MakeRefusal | KeyReused>> {
	return command<{ undo: string }, MakeRefusal>(
		ctx,
		{ name: 'remove roadmap', once, input: { roadmapId } },
		async ({ ctx, refuse, audit }) => {
			await lockSection(ctx);
			const outcome = await ctx.db
				.selectFrom('roadmap_outcome')
				.select('id')
				.where('roadmap_id', '=', roadmapId)
				.executeTakeFirst();
			if (outcome) refuse({ reason: 'in_use' });
			const row = await ctx.db
				.deleteFrom('roadmap')
				.where('id', '=', roadmapId)
				.where('section_id', '=', ctx.scope.sectionId)
				.returningAll()
				.executeTakeFirst();
			if (!row) return refuse({ reason: 'not_found' });
			await audit(noted('remove roadmap', 'roadmap', roadmapId, []));
			return { undo: await keepUndo(ctx, 'remove roadmap', row) };
		}
	);
}

/** Adds an outcome below the others. */
export function addOutcome(
	ctx: Context,
	{ roadmapId, ...input }: z.output<typeof outcomeForm> & { roadmapId: string },
	once: string
): Promise<Outcome<{ id: string }, MakeRefusal | KeyReused>> {
	return command<{ id: string }, MakeRefusal>(
		ctx,
		{ name: 'add outcome', once, input: { ...input, roadmapId } },
		async ({ ctx, refuse, audit }) => {
			await lockSection(ctx);
			const last = await lastOutcome(ctx, roadmapId);
			if (last === undefined) return refuse({ reason: 'not_found' });
			const id = newId();
			await ctx.db
				.insertInto('roadmap_outcome')
				.values({
					...{ id, section_id: ctx.scope.sectionId, roadmap_id: roadmapId, position: last + 1 },
					name_texts: textsJson(namesIn(input))
				})
				.execute();
			await audit(noted('add outcome', 'roadmap_outcome', id, ['name_texts']));
			return { id };
		}
	);
}

export function saveOutcome(
	ctx: Context,
	input: z.output<typeof outcomeEditForm>,
	once: string
): Promise<Outcome<null, MakeRefusal | KeyReused>> {
	return command<null, MakeRefusal>(
		ctx,
		{ name: 'save outcome', once, input },
		async ({ ctx, refuse, audit }) => {
			const { numUpdatedRows } = await ctx.db
				.updateTable('roadmap_outcome')
				.set({ name_texts: textsJson(namesIn(input)), version: input.version + 1 })
				.where('id', '=', input.outcome)
				.where('section_id', '=', ctx.scope.sectionId)
				.where('version', '=', input.version)
				.executeTakeFirst();
			if (!numUpdatedRows) refuse(await meanwhile(ctx, 'roadmap_outcome', input.outcome));
			await audit(noted('save outcome', 'roadmap_outcome', input.outcome, ['name_texts']));
			return null;
		}
	);
}

/** Lets an outcome change places with the one above or below it; at the edge nothing happens. */
export function moveOutcome(
	ctx: Context,
	input: { outcome: string; way: 'up' | 'down' },
	once: string
): Promise<Outcome<null, MakeRefusal | KeyReused>> {
	return command<null, MakeRefusal>(
		ctx,
		{ name: 'move outcome', once, input },
		async ({ ctx, refuse, audit }) => {
			await lockSection(ctx);
			const own = await findOutcome(ctx, input.outcome);
			if (!own) return refuse({ reason: 'not_found' });
			const isUp = input.way === 'up';
			const beside = await ctx.db
				.selectFrom('roadmap_outcome')
				.select(['id', 'position'])
				.where('roadmap_id', '=', own.roadmap_id)
				.where('position', isUp ? '<' : '>', own.position)
				.orderBy('position', isUp ? 'desc' : 'asc')
				.executeTakeFirst();
			if (!beside) return null;
			// One place cannot be held by two, not for a moment.
			for (const [id, position] of [
				[own.id, -1],
				[beside.id, own.position],
				[own.id, beside.position]
			] as const)
				await ctx.db
					.updateTable('roadmap_outcome')
					.set({ position })
					.where('id', '=', id)
					.execute();
			await audit(noted('move outcome', 'roadmap_outcome', own.id, ['position']));
			return null;
		}
	);
}

/** Takes away an outcome without milestones. */
export function removeOutcome(
	ctx: Context,
	input: { outcome: string },
	once: string
): Promise<Outcome<{ undo: string }, MakeRefusal | KeyReused>> {
	return command<{ undo: string }, MakeRefusal>(
		ctx,
		{ name: 'remove outcome', once, input },
		async ({ ctx, refuse, audit }) => {
			await lockSection(ctx);
			const own = await findOutcome(ctx, input.outcome);
			if (!own) return refuse({ reason: 'not_found' });
			const milestone = await ctx.db
				.selectFrom('milestone')
				.select('id')
				.where('outcome_id', '=', own.id)
				.executeTakeFirst();
			if (milestone) refuse({ reason: 'in_use' });
			await ctx.db.deleteFrom('roadmap_outcome').where('id', '=', own.id).execute();
			await audit(noted('remove outcome', 'roadmap_outcome', own.id, []));
			return { undo: await keepUndo(ctx, 'remove outcome', own) };
		}
	);
}

/** Puts an empty roadmap back as it was. */
export const putBackRoadmap: Restore<Row<'roadmap'>> = async ({ ctx, audit }, row) => {
	await ctx.db.insertInto('roadmap').values(row).execute();
	await audit(noted('undo remove roadmap', 'roadmap', row.id, []));
};

/** Puts an outcome back, below the others; not into a roadmap that is gone. */
export const putBackOutcome: Restore<Row<'roadmap_outcome'>> = async (
	{ ctx, audit, inTheWay },
	row
) => {
	await lockSection(ctx);
	const last = await lastOutcome(ctx, row.roadmap_id);
	if (last === undefined) return inTheWay();
	await ctx.db
		.insertInto('roadmap_outcome')
		.values({ ...row, position: last + 1 })
		.execute();
	await audit(noted('undo remove outcome', 'roadmap_outcome', row.id, []));
};

/** The last place taken, 0 when none is; undefined for a roadmap that is not the section's. */
async function lastOutcome(ctx: Context, roadmapId: string): Promise<number | undefined> {
	const row = await ctx.db
		.selectFrom('roadmap')
		.leftJoin('roadmap_outcome as outcome', 'outcome.roadmap_id', 'roadmap.id')
		.select((eb) => ['roadmap.id', eb.fn.max('outcome.position').as('last')])
		.where('roadmap.id', '=', roadmapId)
		.where('roadmap.section_id', '=', ctx.scope.sectionId)
		.groupBy('roadmap.id')
		.executeTakeFirst();
	return row && (row.last ?? 0);
}

function findOutcome({ db, scope }: Context, id: string) {
	return db
		.selectFrom('roadmap_outcome')
		.selectAll()
		.where('id', '=', id)
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirst();
}

async function meanwhile(
	{ db, scope }: Context,
	table: 'roadmap' | 'roadmap_outcome',
	id: string
): Promise<MakeRefusal> {
	const row = await db
		.selectFrom(table)
		.select('version')
		.where('id', '=', id)
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirst();
	return row ? { reason: 'changed_meanwhile', version: row.version } : { reason: 'not_found' };
}

function noted(action: string, objectType: string, objectId: string, fields: string[]) {
	return { action, objectType, objectId, fields };
}
