import { isUnderWay } from '../clock/watch.ts';
import type { KeyRing } from '../crypto/keyring.ts';
import { open, seal, type Sealed } from '../crypto/sealed.ts';
import type { Db } from '../db/open.ts';
import { openAccountEmail, openAccountName } from './accounts.ts';

/** How long the login page waits for the colleague a phone was given to. */
export const HANDOVER_MS = 10 * 60_000;

/** Whom a phone was given to: shown by name, logged in by the address nobody has to type. */
export interface Receiver {
	name: string;
	email: string;
}

/** The cookie that names them. Over https the prefix makes browsers refuse one set by a neighbouring host. */
export function handoverCookie(origin: string): string {
	return origin.startsWith('https:') ? '__Host-halqa-handover' : 'halqa-handover';
}

/** What the cookie holds: an account and an end, sealed, so that nobody reads or chooses them. */
export function sealHandover(ring: KeyRing, accountId: string, now: number): string {
	const text = JSON.stringify({ accountId, until: now + HANDOVER_MS });
	return seal(ring, PLACE, text) as unknown as string;
}

/** Whom a cookie names; undefined when it is not ours, its time is over, or the account is switched off. */
export async function findReceiver(
	db: Db,
	ring: KeyRing,
	cookie: string | undefined,
	now: number
): Promise<Receiver | undefined> {
	const named = cookie && cookie.length < 500 ? opened(ring, cookie) : undefined;
	if (!named || !isUnderWay(named.until, HANDOVER_MS, now)) return undefined;
	const account = await db
		.selectFrom('account')
		.select(['id', 'name_sealed', 'email_sealed'])
		.where('id', '=', named.accountId)
		.where('disabled_at', 'is', null)
		.executeTakeFirst();
	if (!account) return undefined;
	return {
		name: openAccountName(ring, account),
		email: openAccountEmail(ring, account)
	};
}

const PLACE = { table: 'cookie', column: 'handover', row: '' };

function opened(ring: KeyRing, cookie: string): { accountId: string; until: number } | undefined {
	try {
		return JSON.parse(open(ring, PLACE, cookie as unknown as Sealed));
	} catch {
		return undefined; // altered, or sealed under a key that is gone
	}
}
