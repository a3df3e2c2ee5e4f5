import { blindIndex, type KeyRing } from '../crypto/keyring.ts';
import type { Db } from '../db/open.ts';

/** One limit on logins: so many tries within any stretch of this length, for an address or an account. */
interface Limit {
	name: string;
	withinMs: number;
	most: number;
}

/** Centres share one address, so the account's limit is the tight one (`security.md` 5, G14). */
const PER_ACCOUNT: Limit = { name: 'account', withinMs: 15 * 60_000, most: 10 };
const PER_ADDRESS: Limit = { name: 'address', withinMs: 60_000, most: 30 };

/** Tries are counted in steps of a fifteenth of the stretch, so that it slides without a row for each. */
const STEPS = 15;

/**
 * Counts a try to log in, before the password is looked at; true when it may go on. Only tries that may
 * go on count: whoever keeps trying locks an account for a quarter of an hour at a time, not for ever.
 * Kept in the database so that several processes agree, under a keyed fingerprint so that it names nobody.
 */
export async function mayTryLogin(
	db: Db,
	ring: KeyRing,
	{ email, address, now }: { email: string; address: string; now: number }
): Promise<boolean> {
	return (
		(await take(db, ring, PER_ADDRESS, address, now)) &&
		(await take(db, ring, PER_ACCOUNT, email.trim().toLowerCase(), now))
	);
}

/**
 * Takes one try of a limit; false when none is left. Earlier steps are over and no longer change, so that of
 * tries made at once the guarded upsert of the current step lets only so many through.
 */
async function take(
	db: Db,
	ring: KeyRing,
	{ name, withinMs, most }: Limit,
	who: string,
	now: number
): Promise<boolean> {
	const bucket = blindIndex(ring, `attempt.${name}`, who);
	const startsAt = now - (now % (withinMs / STEPS));
	const { earlier } = await db
		.selectFrom('login_attempt')
		.select((eb) => eb.fn.sum<number | null>('attempt_count').as('earlier'))
		.where('bucket', '=', bucket)
		.where('window_starts_at', '>=', startsAt - withinMs)
		.where('window_starts_at', '<', startsAt)
		.executeTakeFirstOrThrow();
	const left = most - (earlier ?? 0);
	if (left <= 0) return false;
	const { numInsertedOrUpdatedRows } = await db
		.insertInto('login_attempt')
		.values({ bucket, window_starts_at: startsAt, attempt_count: 1 })
		.onConflict((conflict) =>
			conflict
				.columns(['bucket', 'window_starts_at'])
				.doUpdateSet((eb) => ({ attempt_count: eb('login_attempt.attempt_count', '+', 1) }))
				.where('login_attempt.attempt_count', '<', left)
		)
		.executeTakeFirst();
	return numInsertedOrUpdatedRows === 1n;
}
