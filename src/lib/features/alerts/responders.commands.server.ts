import type { z } from 'zod';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { open, seal } from '#lib/platform/crypto/sealed.ts';
import type { NewRow } from '#lib/platform/db/schema.ts';
import type { AlertChannel } from '#lib/platform/db/vocabularies.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { readAddress } from './addresses.rules.ts';
import type { accountResponderForm, contactResponderForm, responderChoice } from './forms.ts';
import { listStaff } from './recipients.queries.server.ts';
import { addressPlace, namePlace } from './responders.queries.server.ts';

export type ResponderRefusal = {
	reason: 'not_found' | 'named_already' | 'address_wrong' | 'no_gateway';
};
type Named = Outcome<null, ResponderRefusal | KeyReused>;

/** Names a focal point for a later step; only who may read what waits can be named so. */
export function nameAccount(
	ctx: Context,
	input: z.output<typeof accountResponderForm>,
	once: string
): Promise<Named> {
	return command(ctx, { name: 'name responder', once, input }, async ({ ctx, refuse, audit }) => {
		const { sectionId } = ctx.scope;
		const staff = await listStaff(ctx.db, [sectionId]);
		if (!staff.some(({ id, isFocalPoint }) => isFocalPoint && id === input.account))
			refuse({ reason: 'not_found' });
		if (!(await isCentreHere(ctx, input.centre))) refuse({ reason: 'not_found' });
		const earlier = await ctx.db
			.selectFrom('responder')
			.select('id')
			.where('section_id', '=', sectionId)
			.where('account_id', '=', input.account)
			.where((eb) =>
				input.centre
					? eb.or([eb('centre_id', '=', input.centre), eb('centre_id', 'is', null)])
					: eb.lit(true)
			)
			.executeTakeFirst();
		if (earlier) refuse({ reason: 'named_already' });
		const id = await insert(ctx, input, { account_id: input.account });
		await audit(entryOf('name responder', id));
		return null;
	});
}

/** Names somebody without an account; a telephone number only where a gateway can be told it. */
export function nameContact(
	ctx: Context,
	input: z.output<typeof contactResponderForm>,
	{ once, channels }: { once: string; channels: readonly AlertChannel[] }
): Promise<Named> {
	return command(ctx, { name: 'name contact', once, input }, async ({ ctx, refuse, audit }) => {
		const read = readAddress(input.address);
		if (!read) return refuse({ reason: 'address_wrong' });
		if (read.channel === 'webhook' && !channels.includes('webhook'))
			refuse({ reason: 'no_gateway' });
		if (!(await isCentreHere(ctx, input.centre))) refuse({ reason: 'not_found' });
		if (await isNamedAlready(ctx, read.address, input.centre)) refuse({ reason: 'named_already' });
		const id = newId();
		await insert(ctx, input, {
			...{ id, locale: input.locale, channel: read.channel },
			name_sealed: seal(ctx.ring, namePlace(id), input.name),
			address_sealed: seal(ctx.ring, addressPlace(id), read.address)
		});
		await audit(entryOf('name responder', id));
		return null;
	});
}

/** Somebody is told no more; what was not sent to an outside contact is not sent. */
export function removeResponder(
	ctx: Context,
	input: z.output<typeof responderChoice>,
	once: string
): Promise<Named> {
	return command(ctx, { name: 'remove responder', once, input }, async ({ ctx, refuse, audit }) => {
		const { numDeletedRows } = await ctx.db
			.deleteFrom('responder')
			.where('id', '=', input.id)
			.where('section_id', '=', ctx.scope.sectionId)
			.executeTakeFirst();
		if (numDeletedRows === 0n) refuse({ reason: 'not_found' });
		await audit(entryOf('remove responder', input.id));
		return null;
	});
}

async function insert(
	ctx: Context,
	{ step, centre }: { step: NewRow<'responder'>['step']; centre?: string | undefined },
	row: Partial<NewRow<'responder'>>
): Promise<string> {
	const id = row.id ?? newId();
	await ctx.db
		.insertInto('responder')
		.values({
			...{ account_id: null, name_sealed: null, address_sealed: null },
			...{ channel: null, locale: null },
			...row,
			...{ id, section_id: ctx.scope.sectionId, step, centre_id: centre ?? null },
			added_at: ctx.now
		})
		.execute();
	return id;
}

/** Whether an address is told already where this would tell it too: whoever is told twice takes it for two children. */
async function isNamedAlready(
	{ db, ring, scope }: Context,
	address: string,
	centre: string | undefined
): Promise<boolean> {
	const rows = await db
		.selectFrom('responder')
		.select(['id', 'address_sealed'])
		.where('section_id', '=', scope.sectionId)
		.where('address_sealed', 'is not', null)
		.where((eb) =>
			centre ? eb.or([eb('centre_id', '=', centre), eb('centre_id', 'is', null)]) : eb.lit(true)
		)
		.execute();
	return rows.some(
		({ id, address_sealed }) =>
			open(ring, addressPlace(id), address_sealed!).toLowerCase() === address.toLowerCase()
	);
}

async function isCentreHere(ctx: Context, centreId: string | undefined): Promise<boolean> {
	if (centreId === undefined) return true;
	const centre = await ctx.db
		.selectFrom('centre')
		.select('id')
		.where('id', '=', centreId)
		.where('section_id', '=', ctx.scope.sectionId)
		.executeTakeFirst();
	return centre !== undefined;
}

function entryOf(action: string, objectId: string) {
	return { action, objectType: 'responder', objectId, fields: ['step', 'centre_id'] };
}
