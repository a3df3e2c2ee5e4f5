import { createHash } from 'node:crypto';
import { isUnderWay } from '../clock/watch.ts';
import type { KeyRing } from '../crypto/keyring.ts';
import { open, seal, type Sealed } from '../crypto/sealed.ts';
import type { Db } from '../db/open.ts';
import type { Owner } from './own-audit.ts';
import { startLogin } from './sessions.ts';

/** How long the second step waits for a code. */
export const SECOND_STEP_MS = 10 * 60_000;

/** What a right password brings: a login's token, or what the second step knows the account by. */
export type Entry = { token: string } | { pending: string };

/** Who owes a code, and a mark of the password they proved. */
export type Pending = Owner & { passwordMark: string };

/** The cookie of who has typed a right password and owes a code. Over https no neighbouring host can set it. */
export function pendingCookie(origin: string): string {
	return origin.startsWith('https:') ? '__Host-halqa-code' : 'halqa-code';
}

/** Starts a login for who has proved a password, unless the account asks for a code as well. */
export async function enter(
	db: Db,
	ring: KeyRing,
	accountId: string,
	now: number,
	replaces?: string
): Promise<Entry> {
	const asking = await db
		.selectFrom('account')
		.innerJoin('account_code as code', 'code.account_id', 'account.id')
		.select('account.password_hash')
		.where('account.id', '=', accountId)
		.executeTakeFirst();
	if (!asking) return { token: await startLogin(db, accountId, now, replaces) };
	const proof: Proved = {
		accountId,
		of: fingerprint(asking.password_hash),
		until: now + SECOND_STEP_MS
	};
	return { pending: seal(ring, PLACE, JSON.stringify(proof)) as unknown as string };
}

/**
 * Who has proved a password and owes a code; undefined when the cookie is not ours, its time is over, or the
 * account is switched off, has another password by now, or asks for no code any more.
 */
export async function findPending(
	db: Db,
	ring: KeyRing,
	cookie: string | undefined,
	now: number
): Promise<Pending | undefined> {
	const proved = cookie && cookie.length < 500 ? opened(ring, cookie) : undefined;
	if (!proved || !isUnderWay(proved.until, SECOND_STEP_MS, now)) return undefined;
	const account = await db
		.selectFrom('account')
		.innerJoin('account_code as code', 'code.account_id', 'account.id')
		.select(['account.id', 'section_id', 'password_hash'])
		.where('account.id', '=', proved.accountId)
		.where('disabled_at', 'is', null)
		.executeTakeFirst();
	return account && fingerprint(account.password_hash) === proved.of
		? { accountId: account.id, sectionId: account.section_id, passwordMark: proved.of }
		: undefined;
}

interface Proved {
	accountId: string;
	/** Which password it was. */
	of: string;
	until: number;
}

const PLACE = { table: 'cookie', column: 'second step', row: '' };

function opened(ring: KeyRing, cookie: string): Proved | undefined {
	try {
		return JSON.parse(open(ring, PLACE, cookie as unknown as Sealed)) as Proved;
	} catch {
		return undefined; // altered, or sealed under a key that is gone
	}
}

function fingerprint(hash: string): string {
	return createHash('sha256').update(hash).digest('base64url').slice(0, 16);
}
