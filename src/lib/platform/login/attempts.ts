import { takeOfLimit, type Limit } from '../access/tries.ts';
import type { KeyRing } from '../crypto/keyring.ts';
import type { Db } from '../db/open.ts';

/** Centres share one address, so the account's limit is the tight one (`security.md` 5, G14). */
const PER_ACCOUNT: Limit = { name: 'account', withinMs: 15 * 60_000, most: 10 };
const PER_ADDRESS: Limit = { name: 'address', withinMs: 60_000, most: 30 };

/**
 * Counts a try to log in, before the password is looked at; true when it may go on. Only tries that may
 * go on count: whoever keeps trying locks an account for a quarter of an hour at a time, not for ever.
 */
export async function mayTryLogin(
	db: Db,
	ring: KeyRing,
	{ email, address, now }: { email: string; address: string; now: number }
): Promise<boolean> {
	return (
		(await takeOfLimit(db, ring, PER_ADDRESS, address, now)) &&
		(await takeOfLimit(db, ring, PER_ACCOUNT, email.trim().toLowerCase(), now))
	);
}
