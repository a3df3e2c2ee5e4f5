import { randomBytes, timingSafeEqual } from 'node:crypto';
import { blindIndex, type KeyRing } from '../crypto/keyring.ts';
import type { Db } from '../db/open.ts';

/** How long a browser is known after a login. */
export const KNOWN_MS = 180 * 24 * 60 * 60_000;
/** A centre's computer has many users; the accounts longest unused are forgotten. */
const ACCOUNTS_MOST = 8;
const DAY_MS = 24 * 60 * 60_000;

/**
 * A browser that let somebody in before (a *known browser*, no enrolled tablet). To the accounts it knows it has
 * tries of its own, so that nobody elsewhere uses them up. It opens nothing: who steals its cookie may guess slowly.
 */
export interface KnownBrowser {
	/** Random, kept nowhere but in the cookie. */
	id: string;
	/** For each account it knows the day and a fingerprint made under a key: the cookie names nobody. */
	marks: string[];
}

/** The account as the fingerprint takes it: with another password it is known no more. */
interface BrowserMarks {
	id: string;
	password_hash: string;
}

/** The cookie. Over https the prefix makes browsers refuse one set by a neighbouring host. */
export function browserCookie(origin: string): string {
	return origin.startsWith('https:') ? '__Host-halqa-browser' : 'halqa-browser';
}

/** The browser a cookie proves; undefined when the cookie is not ours. */
export function readBrowser(ring: KeyRing, cookie: string | undefined): KnownBrowser | undefined {
	if (!cookie || cookie.length > 500) return undefined;
	const [id = '', proof = '', ...marks] = cookie.split('.');
	return isSame(proof, proofOf(ring, id)) ? { id, marks } : undefined;
}

/** Whether the browser logged in to the account in the last 180 days, with the password it still has. */
export function knowsAccount(
	ring: KeyRing,
	browser: KnownBrowser,
	account: BrowserMarks,
	now: number
): boolean {
	return browser.marks.some((mark) => {
		const day = parseInt(mark.split('-')[0] ?? '', 36);
		const isRecent = now - day * DAY_MS < KNOWN_MS; // false for what is no number
		return isRecent && isSame(mark, markOf(ring, browser.id, account, day));
	});
}

/**
 * The cookie of a browser that has just logged in to an account, on top of what it knew. Undefined for accounts of
 * the example: everybody knows their password, and browsers known for it could be made without end.
 */
export async function rememberAccount(
	db: Db,
	ring: KeyRing,
	browser: KnownBrowser | undefined,
	{ accountId, now }: { accountId: string; now: number }
): Promise<string | undefined> {
	const account = await db
		.selectFrom('account')
		.leftJoin('section', 'section.id', 'account.section_id')
		.select(['account.id', 'account.password_hash'])
		.where('account.id', '=', accountId)
		.where(({ fn }) => fn.coalesce('section.is_example', 'account.is_example'), '=', 0)
		.executeTakeFirst();
	if (!account) return undefined;
	const { id, marks } = browser ?? { id: randomBytes(16).toString('base64url'), marks: [] };
	const others = marks.filter((mark) => !knowsAccount(ring, { id, marks: [mark] }, account, now));
	const fresh = markOf(ring, id, account, Math.floor(now / DAY_MS));
	return [id, proofOf(ring, id), ...[fresh, ...others].slice(0, ACCOUNTS_MOST)].join('.');
}

function proofOf(ring: KeyRing, id: string): string {
	return blindIndex(ring, 'known browser', id).slice(0, 22);
}

function markOf(ring: KeyRing, browserId: string, account: BrowserMarks, day: number): string {
	const what = JSON.stringify([browserId, account.id, account.password_hash, day]);
	return `${day.toString(36)}-${blindIndex(ring, 'known browser', what).slice(0, 22)}`;
}

function isSame(given: string, wanted: string): boolean {
	const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
	return one.length === other.length && timingSafeEqual(one, other);
}
