import { sql } from 'kysely';
import { blindIndex, type KeyRing } from '../crypto/keyring.ts';
import type { Db } from '../db/open.ts';

/** One limit on logins: so many tries in a window, counted for an address or an account. */
interface Limit {
	name: string;
	windowMs: number;
	most: number;
}

/** Centres share one address, so the account's limit is the tight one (`security.md` 5). */
const PER_ACCOUNT: Limit = { name: 'account', windowMs: 15 * 60_000, most: 10 };
const PER_ADDRESS: Limit = { name: 'address', windowMs: 60_000, most: 30 };

/**
 * Counts a try to log in, before the password is looked at; true when it may go on. Kept in the
 * database so that several processes agree, under a keyed fingerprint so that it names nobody.
 */
export async function mayTryLogin(
	db: Db,
	ring: KeyRing,
	{ email, address, now }: { email: string; address: string; now: number }
): Promise<boolean> {
	const byAccount = await count(db, ring, PER_ACCOUNT, email.trim().toLowerCase(), now);
	const byAddress = await count(db, ring, PER_ADDRESS, address, now);
	return byAccount <= PER_ACCOUNT.most && byAddress <= PER_ADDRESS.most;
}

async function count(
	db: Db,
	ring: KeyRing,
	limit: Limit,
	who: string,
	now: number
): Promise<number> {
	const { attempt_count } = await db
		.insertInto('login_attempt')
		.values({
			bucket: blindIndex(ring, `attempt.${limit.name}`, who),
			window_starts_at: now - (now % limit.windowMs),
			attempt_count: 1
		})
		.onConflict((conflict) =>
			conflict
				.columns(['bucket', 'window_starts_at'])
				.doUpdateSet({ attempt_count: sql<number>`login_attempt.attempt_count + 1` })
		)
		.returning('attempt_count')
		.executeTakeFirstOrThrow();
	return attempt_count;
}
