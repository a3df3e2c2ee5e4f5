import type { z } from 'zod';
import { command, type KeyReused, type Outcome, type Work } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import { seal } from '#lib/platform/crypto/sealed.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { keepUndo, type Restore } from '#lib/platform/undo/undo.ts';
import type { editGuardianForm, guardianForm } from './forms.ts';
import { guardiansOf, placeOf } from './guardians.queries.server.ts';
import { peopleInScope } from './queries.server.ts';

export type GuardianRefusal = { reason: 'not_found' | 'changed_meanwhile' | 'too_many' };

/** More adults than this stand for a slip of the hand. */
const MOST_GUARDIANS = 8;

/** Writes down who is responsible for a person within reach. */
export function addGuardian(
	ctx: Context,
	input: z.output<typeof guardianForm> & { personId: string },
	once: string
): Promise<Outcome<{ id: string }, GuardianRefusal | KeyReused>> {
	return command(ctx, { name: 'add guardian', once, input }, async ({ ctx, refuse, audit }) => {
		const { personId } = input;
		const person = await peopleInScope(ctx).where('person.id', '=', personId).executeTakeFirst();
		if (!person) return refuse({ reason: 'not_found' });
		const others = await guardiansOf(ctx, personId).execute();
		if (others.length >= MOST_GUARDIANS) refuse({ reason: 'too_many' });
		const id = newId();
		await ctx.db
			.insertInto('guardian')
			.values({
				id,
				section_id: ctx.scope.sectionId,
				person_id: personId,
				...columnsOf(ctx.ring, id, input)
			})
			.execute();
		await note({ audit }, 'add guardian', personId);
		return { id };
	});
}

/** Changes a guardian of a person within reach. Refused when someone changed it since it was opened. */
export function editGuardian(
	ctx: Context,
	input: z.output<typeof editGuardianForm> & { personId: string },
	once: string
): Promise<Outcome<{ id: string }, GuardianRefusal | KeyReused>> {
	return command(ctx, { name: 'edit guardian', once, input }, async ({ ctx, refuse, audit }) => {
		const { personId, guardian: id, version } = input;
		const before = await guardiansOf(ctx, personId).where('id', '=', id).executeTakeFirst();
		if (!before) return refuse({ reason: 'not_found' });
		const changed = await ctx.db
			.updateTable('guardian')
			.set({ ...columnsOf(ctx.ring, id, input), version: version + 1 })
			.where('id', '=', id)
			.where('version', '=', version)
			.executeTakeFirst();
		if (!changed.numUpdatedRows) refuse({ reason: 'changed_meanwhile' });
		await note({ audit }, 'edit guardian', personId);
		return { id };
	});
}

/** Takes a guardian out; for a day it can be taken back. */
export function removeGuardian(
	ctx: Context,
	input: { personId: string; guardianId: string },
	once: string
): Promise<Outcome<{ undo: string }, GuardianRefusal | KeyReused>> {
	return command(ctx, { name: 'remove guardian', once, input }, async ({ ctx, refuse, audit }) => {
		const { personId, guardianId } = input;
		const before = await guardiansOf(ctx, personId).where('id', '=', guardianId).executeTakeFirst();
		if (!before) return refuse({ reason: 'not_found' });
		await ctx.db.deleteFrom('guardian').where('id', '=', guardianId).execute();
		await note({ audit }, 'remove guardian', personId);
		return { undo: await keepUndo(ctx, 'remove guardian', before) };
	});
}

/** Puts back a guardian who was taken out, if the person is still there to see. */
export const putBackGuardian: Restore<Row<'guardian'>> = async (
	{ ctx, audit, inTheWay },
	guardian
) => {
	const person = await peopleInScope(ctx)
		.where('person.id', '=', guardian.person_id)
		.executeTakeFirst();
	if (!person) inTheWay();
	await ctx.db.insertInto('guardian').values(guardian).execute();
	await note({ audit }, 'undo remove guardian', guardian.person_id);
};

function note({ audit }: Pick<Work<never>, 'audit'>, action: string, personId: string) {
	return audit({ action, objectType: 'person', objectId: personId, fields: ['guardian'] });
}

function columnsOf(ring: KeyRing, id: string, typed: z.output<typeof guardianForm>) {
	return {
		name_sealed: seal(ring, placeOf('name_sealed', id), typed.name),
		relation: typed.relation,
		phone_sealed: typed.phone ? seal(ring, placeOf('phone_sealed', id), typed.phone) : null,
		contact_way: typed.contactWay,
		safe_from: typed.safeFrom ?? null,
		safe_until: typed.safeUntil ?? null
	};
}
