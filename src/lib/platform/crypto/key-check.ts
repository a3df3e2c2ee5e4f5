import type { Db } from '../db/open.ts';
import { openAccountName } from '../login/accounts.ts';
import type { KeyRing } from './keyring.ts';
import { open, seal } from './sealed.ts';

const ID = 1;
const PLACE = { table: 'installation', column: 'key_check_sealed', row: String(ID) };
const TEXT = 'Halqa';

/**
 * Opens something sealed in the database to prove that the ring is the one it was made with; undefined when
 * nothing is. The key check value, or in a database from before there was one somebody's name. The function
 * throws for a wrong ring.
 */
export async function findKeyProof(
	db: Db,
	has: { keyCheck: boolean; accounts: boolean }
): Promise<((ring: KeyRing) => void) | undefined> {
	const check = has.keyCheck
		? await db.selectFrom('installation').select('key_check_sealed').executeTakeFirst()
		: undefined;
	if (check) return (ring) => void open(ring, PLACE, check.key_check_sealed);
	const account = has.accounts
		? await db.selectFrom('account').select(['id', 'name_sealed']).limit(1).executeTakeFirst()
		: undefined;
	return account && ((ring) => void openAccountName(ring, account));
}

/** Stores the key check value unless there is one. `now` in UTC milliseconds. */
export async function storeKeyCheck(db: Db, ring: KeyRing, now: number): Promise<void> {
	const stored = await db.selectFrom('installation').select('id').executeTakeFirst();
	if (stored) return;
	await db
		.insertInto('installation')
		.values({ id: ID, key_check_sealed: seal(ring, PLACE, TEXT), made_at: now })
		.onConflict((conflict) => conflict.column('id').doNothing())
		.execute();
}
