import { peopleInScope } from '#lib/features/people/queries.server.ts';
import { PERMISSIONS } from '#lib/platform/access/roles.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import { NO_PASSWORD } from '#lib/platform/login/passwords.ts';
import { listRowsOf } from './family.queries.server.ts';
import type { Erased, Erasure } from './types.ts';

/** Receipts on the page of all of them: the latest. */
const MOST_RECEIPTS = 200;

/** The erasure that waits for a person, whichever of their entries it was asked for. */
export async function waitingFor(
	{ db, scope }: Context,
	personId: string
): Promise<Row<'erasure'> | undefined> {
	return db
		.selectFrom('erasure')
		.selectAll()
		.where('section_id', '=', scope.sectionId)
		.where('person_id', 'in', await listRowsOf(db, personId))
		.orderBy('asked_at')
		.executeTakeFirst();
}

/** The erasure that waits for a person within reach, as the page shows it. */
export async function findWaiting(ctx: Context, personId: string): Promise<Erasure | undefined> {
	const row = await waitingFor(ctx, personId);
	return row && (await asErasures(ctx, [row]))[0];
}

/** Whether somebody else may confirm an erasure at a centre. */
export async function hasOtherEraser(
	{ db, scope, actor }: Context,
	centreId: string
): Promise<boolean> {
	const row = await db
		.selectFrom('account')
		.innerJoin('account_role as held', 'held.account_id', 'account.id')
		.select('account.id')
		.where('account.section_id', '=', scope.sectionId)
		.where('account.id', '<>', actor.accountId)
		.where('account.disabled_at', 'is', null)
		.where('account.password_hash', '<>', NO_PASSWORD)
		.where('held.role', 'in', [...PERMISSIONS['erase people']])
		.where((eb) => eb.or([eb('held.centre_id', 'is', null), eb('held.centre_id', '=', centreId)]))
		.executeTakeFirst();
	return row !== undefined;
}

/** Erasures that wait for people within reach, the oldest first. */
export async function listWaiting(ctx: Context): Promise<Erasure[]> {
	const rows = await ctx.db
		.selectFrom('erasure')
		.selectAll()
		.where('section_id', '=', ctx.scope.sectionId)
		.where('person_id', 'in', peopleInScope(ctx).clearSelect().select('person.id'))
		.orderBy('asked_at')
		.execute();
	return asErasures(ctx, rows);
}

/** Receipts of the section, the latest first: they name nobody, so that who may erase may see them all. */
export async function listReceipts(ctx: Context): Promise<Erasure[]> {
	const rows = await receiptsOf(ctx).orderBy('number', 'desc').limit(MOST_RECEIPTS).execute();
	return asErasures(ctx, rows);
}

/** One receipt of the section; undefined where there is none. */
export async function findReceipt(ctx: Context, id: string): Promise<Erasure | undefined> {
	const row = await receiptsOf(ctx).where('id', '=', id).executeTakeFirst();
	return row && (await asErasures(ctx, [row]))[0];
}

function receiptsOf({ db, scope }: Context) {
	return db
		.selectFrom('erasure')
		.selectAll()
		.where('section_id', '=', scope.sectionId)
		.where('erased_on', 'is not', null);
}

async function asErasures(
	{ db, ring, actor }: Context,
	rows: readonly Row<'erasure'>[]
): Promise<Erasure[]> {
	const ids = [...new Set(rows.flatMap((row) => [row.asked_by, row.confirmed_by ?? row.asked_by]))];
	const accounts =
		ids.length === 0
			? []
			: await db
					.selectFrom('account')
					.select(['id', 'name_sealed'])
					.where('id', 'in', ids)
					.execute();
	const names = new Map(accounts.map((one) => [one.id, openAccountName(ring, one)]));
	return rows.map((row) => ({
		id: row.id,
		number: row.number,
		reason: row.reason,
		askedBy: names.get(row.asked_by) ?? null,
		askedAt: row.asked_at,
		isOwn: row.asked_by === actor.accountId,
		confirmedBy: row.confirmed_by && (names.get(row.confirmed_by) ?? null),
		erasedOn: row.erased_on,
		erased: row.erased_on === null ? null : (JSON.parse(row.removed) as Erased),
		personId: row.person_id
	}));
}
