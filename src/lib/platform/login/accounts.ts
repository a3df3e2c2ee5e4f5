import type { KeyRing } from '../crypto/keyring.ts';
import { open, type Sealed } from '../crypto/sealed.ts';
import type { Db } from '../db/open.ts';

/** The readable name of an account; throws when it was sealed for another row or under a lost key. */
export function openAccountName(ring: KeyRing, row: { id: string; name_sealed: Sealed }): string {
	return open(ring, { table: 'account', column: 'name_sealed', row: row.id }, row.name_sealed);
}

/** The address an account logs in with; throws like the name. */
export function openAccountEmail(ring: KeyRing, row: { id: string; email_sealed: Sealed }): string {
	return open(ring, { table: 'account', column: 'email_sealed', row: row.id }, row.email_sealed);
}

/** The address of one's own account. */
export async function getOwnEmail(db: Db, ring: KeyRing, id: string): Promise<string> {
	const account = await db
		.selectFrom('account')
		.select(['id', 'email_sealed'])
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	return openAccountEmail(ring, account);
}
