import type { KeyRing } from '../crypto/keyring.ts';
import type { Db } from '../db/open.ts';
import { tryPassword } from './attempts.ts';
import type { KnownBrowser } from './known-browser.ts';
import { NOBODYS_HASH, verifyPassword } from './passwords.ts';
import { enter, type Entry } from './second-step.ts';
import { findAccountByEmail } from './sessions.ts';

export type LoginOutcome =
	{ ok: true; accountId: string; entry: Entry } | { ok: false; reason: 'wrong' | 'too_many_tries' };

/**
 * Logs an account in, or as far as its code. Unknown address, wrong password and disabled account answer alike, and
 * take as long. Throws `LineFull` when too many wait.
 */
export async function logIn(
	db: Db,
	ring: KeyRing,
	input: {
		email: string;
		password: string;
		/** Network address. */
		address: string;
		browser?: KnownBrowser | undefined;
		now: number;
		replaces?: string | undefined;
	}
): Promise<LoginOutcome> {
	const { email, password, address, browser, now } = input;
	const account = await findAccountByEmail(db, ring, email);
	const found = await tryPassword(
		{ db, ring, now },
		{ email, account, browser, address },
		async (place) => {
			const right = await verifyPassword(account?.password_hash || NOBODYS_HASH, password, place);
			return right && account?.disabled_at === null ? account : null;
		}
	);
	if (found === 'wrong' || found === 'too_many_tries') return { ok: false, reason: found };
	const entry = await enter(db, ring, found.id, now, input.replaces);
	return { ok: true, accountId: found.id, entry };
}
