import type { Context } from '#lib/platform/command/context.ts';
import { open } from '#lib/platform/crypto/sealed.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { AlertChannel } from '#lib/platform/db/vocabularies.ts';
import { byName } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import { FEWEST_CONFIRMED, isConfirmed, MOST_ATTEMPTS, TEST_MS } from './clock.rules.ts';
import { listRan, listStaff } from './recipients.queries.server.ts';
import type { Reached, Responder } from './types.ts';

/** Everybody who is named for a step in the section, by name. */
export async function listResponders(ctx: Context, locale: Locale): Promise<Responder[]> {
	const rows = await ctx.db
		.selectFrom('responder')
		.leftJoin('account', 'account.id', 'responder.account_id')
		.select(['responder.id', 'responder.step', 'responder.centre_id', 'responder.account_id'])
		.select(['responder.name_sealed', 'responder.address_sealed'])
		.select('account.name_sealed as account_name')
		.where('responder.section_id', '=', ctx.scope.sectionId)
		.execute();
	return rows
		.map((row) => ({
			...{ id: row.id, step: row.step, centreId: row.centre_id, accountId: row.account_id },
			name:
				row.account_id !== null && row.account_name !== null
					? openAccountName(ctx.ring, { id: row.account_id, name_sealed: row.account_name })
					: open(ctx.ring, namePlace(row.id), row.name_sealed!),
			address:
				row.address_sealed === null
					? null
					: open(ctx.ring, addressPlace(row.id), row.address_sealed)
		}))
		.sort(byName(locale));
}

/** Focal points who can log in, by name, each with when they last confirmed that an alert reached them. */
export async function listReached(ctx: Context, locale: Locale): Promise<Reached[]> {
	const rows = await focalPoints(ctx.db, ctx.scope.sectionId);
	return rows
		.map((row) => ({
			id: row.id,
			name: openAccountName(ctx.ring, row),
			confirmedAt: isReached(row, ctx.now) ? row.confirmed_at : null
		}))
		.sort(byName(locale));
}

/**
 * Whether children of a session may be promised that someone comes: alerts can go out at all, and enough focal points
 * who may read what comes from it confirmed a test alert lately and miss none now. `now` in UTC milliseconds.
 */
export async function mayPromise(
	{ db, now, channels }: { db: Db; now: number; channels: readonly AlertChannel[] },
	{ sectionId, sessionId }: { sectionId: string; sessionId: string }
): Promise<boolean> {
	if (channels.length === 0 && !(await isExample(db, sectionId))) return false;
	const reached = (await focalPoints(db, sectionId)).filter((row) => isReached(row, now));
	const ids = reached.map(({ id }) => id);
	const ran = (await listRan(db, [sessionId], ids)).get(sessionId);
	const missing = await failing(db, sectionId, now).select('account_id').distinct().execute();
	const missed = new Set(missing.map(({ account_id }) => account_id));
	return ids.filter((id) => !ran?.has(id) && !missed.has(id)).length >= FEWEST_CONFIRMED;
}

/** The example sends nothing, and shows what it would do. */
async function isExample(db: Db, sectionId: string): Promise<boolean> {
	const { is_example } = await db
		.selectFrom('section')
		.select('is_example')
		.where('id', '=', sectionId)
		.executeTakeFirstOrThrow();
	return is_example === 1;
}

async function focalPoints(db: Db, sectionId: string) {
	const ids = (await listStaff(db, [sectionId]))
		.filter(({ isFocalPoint }) => isFocalPoint)
		.map(({ id }) => id);
	if (ids.length === 0) return [];
	return db
		.selectFrom('account')
		.leftJoin('alert_confirmation', 'alert_confirmation.account_id', 'account.id')
		.select(['account.id', 'account.name_sealed', 'confirmed_at'])
		.where('account.id', 'in', ids)
		.execute();
}

function isReached({ confirmed_at }: { confirmed_at: number | null }, now: number): boolean {
	return confirmed_at !== null && isConfirmed(confirmed_at, now);
}

/** How many alerts of the section were tried and did not get through, those given up included. */
export async function countFailing(ctx: Context): Promise<number> {
	const { count } = await failing(ctx.db, ctx.scope.sectionId, ctx.now)
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow();
	return Number(count);
}

/** Those given up stand for a week. */
function failing(db: Db, sectionId: string, now: number) {
	return db
		.selectFrom('alert')
		.where('section_id', '=', sectionId)
		.where('sent_at', 'is', null)
		.where('failure', 'is not', null)
		.where((eb) =>
			eb.or([eb('attempt_count', '<', MOST_ATTEMPTS), eb('due_at', '>', now - TEST_MS)])
		);
}

/** A test alert to the actor that may still be confirmed; undefined for any other id. */
export async function findTest(ctx: Context, id: string): Promise<{ id: string } | undefined> {
	return ctx.db
		.selectFrom('alert')
		.select('id')
		.where('id', '=', id)
		.where('subject', '=', 'test')
		.where('account_id', '=', ctx.actor.accountId)
		.where('due_at', '>', ctx.now - TEST_MS)
		.executeTakeFirst();
}

/** The last test alert to the actor that is shown on the page in place of being sent. */
export async function findShownTest(ctx: Context): Promise<{ id: string } | undefined> {
	return ctx.db
		.selectFrom('alert')
		.select('id')
		.where('subject', '=', 'test')
		.where('channel', '=', 'shown')
		.where('account_id', '=', ctx.actor.accountId)
		.where('due_at', '>', ctx.now - TEST_MS)
		.orderBy('due_at', 'desc')
		.executeTakeFirst();
}

/** Where the name of an outside contact is sealed. */
export function namePlace(id: string) {
	return { table: 'responder', column: 'name_sealed', row: id };
}

/** Where the address of an outside contact is sealed. */
export function addressPlace(id: string) {
	return { table: 'responder', column: 'address_sealed', row: id };
}
