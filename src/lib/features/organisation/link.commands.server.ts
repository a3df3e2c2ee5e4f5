import { createHash, randomBytes } from 'node:crypto';
import { takeOfLimit, type Limit } from '../../platform/access/tries.ts';
import type { KeyRing } from '../../platform/crypto/keyring.ts';
import type { Db } from '../../platform/db/open.ts';

/** A link sets up one organisation within a day of being printed. */
const LASTS_MS = 24 * 60 * 60_000;
const SHAPE = /^[\w-]{43}$/;
const WRONG_LINKS: Limit = { name: 'setup', withinMs: 15 * 60_000, most: 20 };

/**
 * A fresh link for whoever reads the terminal of a start, in place of earlier ones that nobody used; or null when somebody
 * already runs an organisation of their own here. `now` in UTC milliseconds.
 */
export async function makeSetupLink(
	db: Db,
	now: number
): Promise<{ token: string; expiresAt: number } | null> {
	const admin = await db
		.selectFrom('account')
		.innerJoin('section', 'section.id', 'account.section_id')
		.innerJoin('account_role as held', 'held.account_id', 'account.id')
		.select('account.id')
		.where('section.is_example', '=', 0)
		.where('held.role', '=', 'admin')
		.where('account.disabled_at', 'is', null)
		.executeTakeFirst();
	if (admin) return null;
	await db.deleteFrom('setup_link').where('used_at', 'is', null).execute();
	return addSetupLink(db, now);
}

/** A link for one more organisation, beside any others. `now` in UTC milliseconds. */
export async function addSetupLink(
	db: Db,
	now: number
): Promise<{ token: string; expiresAt: number }> {
	const token = randomBytes(32).toString('base64url');
	const expiresAt = now + LASTS_MS;
	await db
		.insertInto('setup_link')
		.values({ id_hash: hashOf(token), made_at: now, expires_at: expiresAt, used_at: null })
		.execute();
	return { token, expiresAt };
}

/** True when the link may still set up an organisation; used, old and invented ones are alike. */
export async function isSetupLink(db: Db, token: string, now: number): Promise<boolean> {
	if (!SHAPE.test(token)) return false;
	const row = await db
		.selectFrom('setup_link')
		.select('id_hash')
		.where('id_hash', '=', hashOf(token))
		.where('used_at', 'is', null)
		.where('expires_at', '>', now)
		.executeTakeFirst();
	return row !== undefined;
}

/** Takes the link for good; false when it is used, old or wrong. Of two at once one gets it. */
export async function useSetupLink(db: Db, token: string, now: number): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('setup_link')
		.set({ used_at: now })
		.where('id_hash', '=', hashOf(token))
		.where('used_at', 'is', null)
		.where('expires_at', '>', now)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** Counts a wrong link from an address; false when it has tried too many. */
export function takeLinkTry(db: Db, ring: KeyRing, address: string, now: number): Promise<boolean> {
	return takeOfLimit(db, ring, WRONG_LINKS, address, now);
}

/** The code in what someone pasted: the code alone, or the whole address; null when there is none. */
export function tokenIn(pasted: string): string | null {
	const last =
		pasted
			.trim()
			.split(/[\s/]+/)
			.at(-1)
			?.split(/[?#]/)[0] ?? '';
	return SHAPE.test(last) ? last : null;
}

function hashOf(token: string): string {
	return createHash('sha256').update(token).digest('base64url');
}
