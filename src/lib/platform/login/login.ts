import type { KeyRing } from '../crypto/keyring.ts';
import type { Db } from '../db/open.ts';
import { mayTryLogin } from './attempts.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { enter, type Entry } from './second-step.ts';
import { findAccountByEmail } from './sessions.ts';

export type LoginOutcome =
	{ ok: true; entry: Entry } | { ok: false; reason: 'wrong' | 'too_many_tries' };

/** A hash nobody's password makes: an unknown address and an unused invitation take as long as any other. */
let nobody: Promise<string> | undefined;

/**
 * Logs an account in, or as far as its code. Unknown address, wrong password and disabled account answer alike.
 * Throws TooManyLogins when the queue of password checks is full.
 */
export async function logIn(
	db: Db,
	ring: KeyRing,
	input: { email: string; password: string; address: string; now: number; replaces?: string }
): Promise<LoginOutcome> {
	if (!(await mayTryLogin(db, ring, input))) return { ok: false, reason: 'too_many_tries' };
	const account = await findAccountByEmail(db, ring, input.email);
	nobody ??= hashPassword(crypto.randomUUID());
	const right = await verifyPassword(account?.password_hash || (await nobody), input.password);
	if (!right || !account || account.disabled_at !== null) return { ok: false, reason: 'wrong' };
	return { ok: true, entry: await enter(db, ring, account.id, input.now, input.replaces) };
}
