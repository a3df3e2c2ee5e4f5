import type { z } from 'zod';
import { recountTarget } from '#lib/features/counts/recount.commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textsJson } from '#lib/platform/i18n/texts.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { changeChoice, changeForm } from './forms.ts';
import { findTarget, hasOtherSetter, typedNumbers } from './queries.server.ts';
import { sameNumbers, stateOf } from './rules.ts';
import type { TargetNumbers } from './types.ts';

export type ChangeRefusal =
	| { reason: 'not_found' | 'nothing_changed' | 'one_waits' }
	| { reason: 'changed_meanwhile'; version: number };
export type DecideRefusal = { reason: 'not_found' | 'decided' | 'own_change' | 'outdated' };

/**
 * Changes the numbers of a target, with a reason. While there is somebody else who may confirm it, the old numbers
 * hold; where there is nobody it takes effect and is marked unconfirmed. One change waits at a time.
 */
export function changeNumbers(
	ctx: Context,
	input: z.output<typeof changeForm> & { targetId: string; locale: Locale },
	once: string
): Promise<Outcome<{ id: string; waits: boolean }, ChangeRefusal | KeyReused>> {
	return command(ctx, { name: 'change target', once, input }, async ({ ctx, refuse, audit }) => {
		const target = await findTarget(ctx, input.targetId);
		if (!target) return refuse({ reason: 'not_found' });
		const numbers = typedNumbers(input, input.locale, target.numbers);
		if (!(await takeVersion(ctx, target.id, input.version)))
			refuse({ reason: 'changed_meanwhile', version: target.version });
		if (sameNumbers(numbers, target.numbers)) refuse({ reason: 'nothing_changed' });
		const waits = await hasOtherSetter(ctx);
		const { numInsertedOrUpdatedRows } = await ctx.db
			.insertInto('target_change')
			.values({
				id: newId(),
				section_id: ctx.scope.sectionId,
				target_id: target.id,
				old_numbers: JSON.stringify(target.numbers),
				new_numbers: JSON.stringify(numbers),
				reason: input.reason,
				proposed_by: ctx.actor.accountId,
				proposed_at: ctx.now,
				took_effect_at: waits ? null : ctx.now
			})
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		if (!numInsertedOrUpdatedRows || (!waits && (await hasWaiting(ctx, target.id))))
			refuse({ reason: 'one_waits' });
		if (!waits) await writeNumbers(ctx, target.id, numbers);
		await audit({
			action: waits ? 'propose target change' : 'change target',
			objectType: 'target',
			objectId: target.id,
			fields: ['starts_on', 'ends_on', 'amount', 'opening_balance']
		});
		if (!waits) await recount(ctx, target.id);
		return { id: target.id, waits };
	});
}

/**
 * Confirms a change: one that waits takes effect, one that took effect unconfirmed loses the mark. Never by who
 * proposed it, unless nobody else is left; then it takes effect unconfirmed.
 */
export function confirmChange(
	ctx: Context,
	input: z.output<typeof changeChoice> & { targetId: string },
	once: string
): Promise<Outcome<{ id: string }, DecideRefusal | KeyReused>> {
	return command(ctx, { name: 'confirm target', once, input }, async ({ ctx, refuse, audit }) => {
		const change = await findChange(ctx, input);
		if (!change) return refuse({ reason: 'not_found' });
		const isOwn = change.proposed_by === ctx.actor.accountId;
		const isWaiting = change.state === 'waiting';
		if (!isWaiting && change.state !== 'unconfirmed') refuse({ reason: 'decided' });
		if (isOwn && (!isWaiting || (await hasOtherSetter(ctx)))) refuse({ reason: 'own_change' });
		const target = await findTarget(ctx, input.targetId);
		if (!target) return refuse({ reason: 'not_found' });
		const old = JSON.parse(change.old_numbers) as TargetNumbers;
		if (isWaiting && !sameNumbers(old, target.numbers)) refuse({ reason: 'outdated' });
		const confirmed = isOwn ? {} : { confirmed_by: ctx.actor.accountId, confirmed_at: ctx.now };
		const { numUpdatedRows } = await ctx.db
			.updateTable('target_change')
			.set({ took_effect_at: change.took_effect_at ?? ctx.now, ...confirmed })
			.where('id', '=', change.id)
			.where('section_id', '=', ctx.scope.sectionId)
			.where('confirmed_at', 'is', null)
			.where('dropped_at', 'is', null)
			.executeTakeFirst();
		if (!numUpdatedRows) refuse({ reason: 'decided' });
		if (isWaiting) {
			await takeVersion(ctx, target.id, target.version);
			await writeNumbers(ctx, target.id, JSON.parse(change.new_numbers) as TargetNumbers);
		}
		await audit({
			action: 'confirm target change',
			objectType: 'target',
			objectId: target.id,
			fields: isWaiting ? ['starts_on', 'ends_on', 'amount', 'opening_balance'] : []
		});
		if (isWaiting) await recount(ctx, target.id);
		return { id: target.id };
	});
}

/** Drops a change that waits: what held before goes on holding, and the history says so. */
export function dropChange(
	ctx: Context,
	input: z.output<typeof changeChoice> & { targetId: string },
	once: string
): Promise<Outcome<{ id: string }, DecideRefusal | KeyReused>> {
	return command(ctx, { name: 'drop target', once, input }, async ({ ctx, refuse, audit }) => {
		const change = await findChange(ctx, input);
		if (!change) return refuse({ reason: 'not_found' });
		const { numUpdatedRows } = await ctx.db
			.updateTable('target_change')
			.set({ dropped_at: ctx.now })
			.where('id', '=', change.id)
			.where('section_id', '=', ctx.scope.sectionId)
			.where('took_effect_at', 'is', null)
			.where('dropped_at', 'is', null)
			.executeTakeFirst();
		if (!numUpdatedRows) refuse({ reason: 'decided' });
		await audit({
			action: 'drop target change',
			objectType: 'target',
			objectId: input.targetId,
			fields: []
		});
		return { id: input.targetId };
	});
}

/** Makes the next version of a target, if it is still the one that was read. Says whether it was. */
export async function takeVersion(
	{ db, scope }: Context,
	targetId: string,
	version: number
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('target')
		.set((eb) => ({ version: eb('version', '+', 1) }))
		.where('id', '=', targetId)
		.where('section_id', '=', scope.sectionId)
		.where('version', '=', version)
		.executeTakeFirst();
	return numUpdatedRows > 0;
}

/** Puts an opening balance in place of whichever a target has. */
export async function writeOpening(
	{ db, scope }: Context,
	targetId: string,
	opening: TargetNumbers['opening']
): Promise<void> {
	await db
		.deleteFrom('opening_balance')
		.where('target_id', '=', targetId)
		.where('section_id', '=', scope.sectionId)
		.execute();
	if (opening)
		await db
			.insertInto('opening_balance')
			.values({
				id: newId(),
				section_id: scope.sectionId,
				target_id: targetId,
				amount: opening.amount,
				as_of: opening.asOf,
				source_texts: textsJson(opening.source)
			})
			.execute();
}

/** The parts of the centres have the period of the whole. */
async function writeNumbers(ctx: Context, targetId: string, numbers: TargetNumbers): Promise<void> {
	const period = { starts_on: numbers.startsOn, ends_on: numbers.endsOn };
	await ctx.db
		.updateTable('target')
		.set({ ...period, amount: numbers.amount })
		.where('id', '=', targetId)
		.where('section_id', '=', ctx.scope.sectionId)
		.execute();
	await ctx.db
		.updateTable('target')
		.set(period)
		.where('parent_id', '=', targetId)
		.where('section_id', '=', ctx.scope.sectionId)
		.execute();
	await writeOpening(ctx, targetId, numbers.opening);
}

async function hasWaiting({ db, scope }: Context, targetId: string): Promise<boolean> {
	const row = await db
		.selectFrom('target_change')
		.select('id')
		.where('target_id', '=', targetId)
		.where('section_id', '=', scope.sectionId)
		.where('took_effect_at', 'is', null)
		.where('dropped_at', 'is', null)
		.executeTakeFirst();
	return row !== undefined;
}

async function findChange(
	{ db, scope }: Context,
	{ change, targetId }: { change: string; targetId: string }
) {
	const row = await db
		.selectFrom('target_change')
		.selectAll()
		.where('id', '=', change)
		.where('target_id', '=', targetId)
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirst();
	return row && { ...row, state: stateOf(row) };
}

function recount({ db, scope }: Context, targetId: string): Promise<void> {
	return recountTarget(db, { sectionId: scope.sectionId, targetId });
}
