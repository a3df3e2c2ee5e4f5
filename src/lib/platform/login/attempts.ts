import { Guesses } from '../access/guesses.ts';
import { giveBackOfLimit, takeOfLimit, type Limit } from '../access/tries.ts';
import type { KeyRing } from '../crypto/keyring.ts';
import type { Db } from '../db/open.ts';
import type { Row } from '../db/schema.ts';
import { knowsAccount, type KnownBrowser } from './known-browser.ts';
import type { Place } from './passwords.ts';

const QUARTER_MS = 15 * 60_000;
/** A known browser has tries of its own for each account it knows: nobody elsewhere uses them up. */
const PER_BROWSER: Limit = { name: 'browser', withinMs: QUARTER_MS, most: 10 };
/** All strangers together at one account, from wherever they come (`security.md` 5, G14). */
const PER_ACCOUNT: Limit = { name: 'account', withinMs: QUARTER_MS, most: 10 };
/** A stranger over all accounts: a centre shares one address, so it is slowed and never shut out. */
const STRANGERS = new Guesses(
	{ name: 'address', withinMs: QUARTER_MS, most: 30 },
	{ mostOfAll: 300, paceMs: 2000, paceOfAllMs: 500 }
);

/** Who tries a password, at which account. */
export interface Trying {
	email: string;
	/** undefined: there is none under this address of mail. */
	account: Row<'account'> | undefined;
	browser: KnownBrowser | undefined;
	/** Network address. */
	address: string;
}

/**
 * Looks at a password if a try is left for it; `look` answers null for a wrong one. A try is taken before, so that
 * those made at once are counted, and given back by a right one or when too many wait (throws `LineFull`).
 */
export async function tryPassword<Found>(
	{ db, ring, now }: { db: Db; ring: KeyRing; now: number },
	{ email, account, browser, address }: Trying,
	look: (place: Place) => Promise<Found | null>
): Promise<Found | 'wrong' | 'too_many_tries'> {
	const isKnown = !!browser && !!account && knowsAccount(ring, browser, account, now);
	const limit = isKnown ? PER_BROWSER : PER_ACCOUNT;
	const whose = isKnown ? `${browser.id} ${account.id}` : email.trim().toLowerCase();
	if (!(await takeOfLimit(db, ring, limit, whose, now))) return 'too_many_tries';
	const stranger = browser?.id ?? address;
	const looking = isKnown
		? look({ isKnown, lane: account.id })
		: STRANGERS.guess({ db, ring, now }, stranger, () => look({ isKnown, lane: stranger }));
	const giveBack = () => giveBackOfLimit(db, ring, limit, whose, now);
	const found = await looking.catch(async (cause: unknown) => {
		await giveBack();
		throw cause;
	});
	if (found === null) return 'wrong';
	await giveBack();
	return found;
}
