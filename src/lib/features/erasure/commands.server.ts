import { isListMoving } from '#lib/features/imports/forgetting.commands.server.ts';
import { peopleInScope } from '#lib/features/people/queries.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { ErasureReason } from '#lib/platform/db/vocabularies.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { listRowsOf } from './family.queries.server.ts';
import { hasOtherEraser, waitingFor } from './queries.server.ts';
import { confirmation } from './rules.ts';
import { eraseRows } from './tables.commands.server.ts';

export type AskRefusal = { reason: 'not_found' | 'waits_already' };
export type ConfirmRefusal = {
	reason: 'not_found' | 'needs_other' | 'too_early' | 'list_moving';
};
export type DropRefusal = { reason: 'not_found' };

/** Asks that a person within reach be erased. Nothing goes until it is confirmed. */
export function askErasure(
	ctx: Context,
	input: { personId: string; reason: ErasureReason },
	once: string
): Promise<Outcome<{ id: string }, AskRefusal | KeyReused>> {
	return command(ctx, { name: 'ask erasure', once, input }, async ({ ctx, refuse, audit }) => {
		const { db, scope, actor, now } = ctx;
		const person = await peopleInScope(ctx)
			.where('person.id', '=', input.personId)
			.executeTakeFirst();
		if (!person) return refuse({ reason: 'not_found' });
		if (await waitingFor(ctx, person.id)) refuse({ reason: 'waits_already' });
		const id = newId();
		const { numInsertedOrUpdatedRows } = await db
			.insertInto('erasure')
			.values(({ selectFrom }) => ({
				id,
				section_id: scope.sectionId,
				number: selectFrom('erasure')
					.select(({ fn, eb }) => eb(fn.coalesce(fn.max('number'), eb.lit(0)), '+', 1).as('next'))
					.where('section_id', '=', scope.sectionId),
				reason: input.reason,
				person_id: person.id,
				asked_by: actor.accountId,
				asked_at: now,
				confirmed_by: null,
				erased_on: null,
				dropped_at: null,
				removed: '{}'
			}))
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		if (!numInsertedOrUpdatedRows) refuse({ reason: 'waits_already' });
		await audit({
			action: 'ask erasure',
			objectType: 'person',
			objectId: person.id,
			fields: ['erasure']
		});
		return { id };
	});
}

/**
 * Confirms an erasure, which takes effect at once and can never be taken back. Not by who asked for it while there is
 * somebody else; where there is nobody, a week later. `today` is the civil date of the section.
 */
export function confirmErasure(
	ctx: Context,
	input: { personId: string; erasure: string },
	{ once, today }: { once: string; today: string }
): Promise<Outcome<{ id: string }, ConfirmRefusal | KeyReused>> {
	return command<{ id: string }, ConfirmRefusal>(
		ctx,
		{ name: 'confirm erasure', once, input },
		async ({ ctx, refuse, audit }) => {
			const { db, actor, now } = ctx;
			const person = await peopleInScope(ctx)
				.where('person.id', '=', input.personId)
				.executeTakeFirst();
			const waiting = person && (await waitingFor(ctx, person.id));
			if (!waiting || waiting.id !== input.erasure) return refuse({ reason: 'not_found' });
			const isOwn = waiting.asked_by === actor.accountId;
			const hasOther = isOwn && (await hasOtherEraser(ctx, person.centre_id));
			const may = confirmation({ isOwn, askedAt: waiting.asked_at }, hasOther, now);
			if (may !== 'free') refuse({ reason: may });
			const ids = await listRowsOf(db, person.id);
			if (await isListMoving(ctx, ids)) refuse({ reason: 'list_moving' });
			if (!(await takeEffect(ctx, waiting.id, today))) refuse({ reason: 'not_found' });
			const erased = await eraseRows(ctx, ids, today);
			await db
				.updateTable('erasure')
				.set({ removed: JSON.stringify(erased) })
				.where('id', '=', waiting.id)
				.execute();
			await rememberErased(ctx, ids, waiting.id);
			await audit({
				action: 'erase person',
				objectType: 'erasure',
				objectId: waiting.id,
				fields: ['person', 'guardian', 'caregiver', 'person_name_key', 'mark.person_id']
			});
			return { id: waiting.id };
		}
	);
}

/** Drops an erasure that waits: nothing was removed, and the person is there as before. */
export function dropErasure(
	ctx: Context,
	input: { personId: string; erasure: string },
	once: string
): Promise<Outcome<{ id: string }, DropRefusal | KeyReused>> {
	return command(ctx, { name: 'drop erasure', once, input }, async ({ ctx, refuse, audit }) => {
		const person = await peopleInScope(ctx)
			.where('person.id', '=', input.personId)
			.executeTakeFirst();
		const waiting = person && (await waitingFor(ctx, person.id));
		if (!waiting || waiting.id !== input.erasure) return refuse({ reason: 'not_found' });
		const { numUpdatedRows } = await ctx.db
			.updateTable('erasure')
			.set({ dropped_at: ctx.now, person_id: null })
			.where('id', '=', waiting.id)
			.where('erased_on', 'is', null)
			.where('dropped_at', 'is', null)
			.executeTakeFirst();
		if (!numUpdatedRows) return refuse({ reason: 'not_found' });
		await audit({
			action: 'drop erasure',
			objectType: 'person',
			objectId: person.id,
			fields: ['erasure']
		});
		return { id: waiting.id };
	});
}

/** Of two who confirm at once one does it. */
async function takeEffect({ db, actor }: Context, id: string, today: string): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('erasure')
		.set({ erased_on: today, confirmed_by: actor.accountId, person_id: null })
		.where('id', '=', id)
		.where('erased_on', 'is', null)
		.where('dropped_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0;
}

/** Writes down whom no backup may bring back. On the transaction that erases them. */
export async function rememberErased(
	{ db, scope, now }: Context,
	ids: readonly string[],
	erasure_id: string | null
): Promise<void> {
	await db
		.insertInto('erased_person')
		.values(
			ids.map((former_id) => ({
				former_id,
				section_id: scope.sectionId,
				erasure_id,
				erased_at: now
			}))
		)
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}
