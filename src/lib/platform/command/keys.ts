import type { Db } from '../db/open.ts';

/** How long a form's key is known: a tablet may be offline for days, nobody sends a form again a month later. */
const KNOWN_MS = 30 * 24 * 60 * 60_000;

/** Forgets the keys of forms sent more than thirty days before `now`, in UTC milliseconds. */
export async function forgetOldKeys(db: Db, now: number): Promise<void> {
	await db
		.deleteFrom('once')
		.where('at', '<', now - KNOWN_MS)
		.execute();
}
