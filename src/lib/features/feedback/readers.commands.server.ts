import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { NO_PASSWORD } from '#lib/platform/login/passwords.ts';

export type ReaderRefusal = { reason: 'not_found' | 'named_already' };
type Named = Outcome<null, ReaderRefusal | KeyReused>;

/** Names a focal point who reads what children write before anybody else, at one centre or at all. */
export function nameReader(
	ctx: Context,
	input: { account: string; centre?: string | undefined },
	once: string
): Promise<Named> {
	return command(ctx, { name: 'name reader', once, input }, async ({ ctx, refuse, audit }) => {
		if (!(await isFocalPoint(ctx, input.account))) refuse({ reason: 'not_found' });
		if (input.centre && !(await isCentre(ctx, input.centre))) refuse({ reason: 'not_found' });
		const id = newId();
		const { numInsertedOrUpdatedRows } = await ctx.db
			.insertInto('word_reader')
			.values({
				...{ id, section_id: ctx.scope.sectionId, account_id: input.account },
				...{ centre_id: input.centre ?? null, named_by: ctx.actor.accountId }
			})
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		if (numInsertedOrUpdatedRows !== 1n) refuse({ reason: 'named_already' });
		await audit(entryOf('name reader', id));
		return null;
	});
}

/** Somebody reads no more. Words that wait go on waiting, and whoever names readers is told when nobody is left. */
export function removeReader(ctx: Context, input: { id: string }, once: string): Promise<Named> {
	return command(ctx, { name: 'remove reader', once, input }, async ({ ctx, refuse, audit }) => {
		const { numDeletedRows } = await ctx.db
			.deleteFrom('word_reader')
			.where('id', '=', input.id)
			.where('section_id', '=', ctx.scope.sectionId)
			.executeTakeFirst();
		if (numDeletedRows === 0n) refuse({ reason: 'not_found' });
		await audit(entryOf('remove reader', input.id));
		return null;
	});
}

async function isFocalPoint({ db, scope }: Context, accountId: string): Promise<boolean> {
	const found = await db
		.selectFrom('account')
		.innerJoin('account_role as held', 'held.account_id', 'account.id')
		.select('account.id')
		.where('account.id', '=', accountId)
		.where('account.section_id', '=', scope.sectionId)
		.where('account.disabled_at', 'is', null)
		.where('account.password_hash', '<>', NO_PASSWORD)
		.where('held.role', '=', 'focal_point')
		.executeTakeFirst();
	return found !== undefined;
}

async function isCentre({ db, scope }: Context, centreId: string): Promise<boolean> {
	const found = await db
		.selectFrom('centre')
		.select('id')
		.where('id', '=', centreId)
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirst();
	return found !== undefined;
}

function entryOf(action: string, objectId: string) {
	return { action, objectType: 'word_reader', objectId, fields: ['account_id', 'centre_id'] };
}
