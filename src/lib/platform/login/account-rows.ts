import type { KeyRing } from '../crypto/keyring.ts';
import { seal } from '../crypto/sealed.ts';
import type { Db } from '../db/open.ts';
import type { NewRow, Row } from '../db/schema.ts';
import { emailIndex } from './sessions.ts';

/** Makes an account with its address and name sealed; false when the address is in use, anywhere. It holds no role yet. */
export async function insertAccount(
	db: Db,
	ring: KeyRing,
	{
		email,
		name,
		...account
	}: Pick<Row<'account'>, 'id' | 'section_id' | 'password_hash' | 'locale' | 'created_at'> & {
		email: string;
		name: string;
	}
): Promise<boolean> {
	const place = (column: string) => ({ table: 'account', column, row: account.id });
	const { numInsertedOrUpdatedRows } = await db
		.insertInto('account')
		.values({
			...account,
			email_index: emailIndex(ring, email),
			email_sealed: seal(ring, place('email_sealed'), email),
			name_sealed: seal(ring, place('name_sealed'), name),
			theme: 'auto',
			disabled_at: null
		})
		.onConflict((conflict) => conflict.column('email_index').doNothing())
		.executeTakeFirst();
	return Boolean(numInsertedOrUpdatedRows);
}

/** Changes whether an account may log in, and with what. Logins that are open stay so: end them beside. */
export async function changeAccount(
	db: Db,
	id: string,
	change: Partial<Pick<Row<'account'>, 'disabled_at' | 'password_hash'>>
): Promise<void> {
	await db.updateTable('account').set(change).where('id', '=', id).execute();
}

/** Corrects name and address of an account; false when the address is another's, anywhere. Links sent to the old one stay: void them beside. */
export async function correctAccount(
	db: Db,
	ring: KeyRing,
	{ id, name, email }: { id: string; name: string; email: string }
): Promise<boolean> {
	const place = (column: string) => ({ table: 'account', column, row: id });
	const email_index = emailIndex(ring, email);
	const { numUpdatedRows } = await db
		.updateTable('account')
		.set({
			email_index,
			email_sealed: seal(ring, place('email_sealed'), email),
			name_sealed: seal(ring, place('name_sealed'), name)
		})
		.where('id', '=', id)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('account as other')
						.select('other.id')
						.where('other.email_index', '=', email_index)
						.where('other.id', '<>', id)
				)
			)
		)
		.executeTakeFirst();
	return Boolean(numUpdatedRows);
}

/** Lets an account hold the roles of these rows and no others from `now` on; those that end are remembered. */
export async function replaceRoles(
	{ db, now }: { db: Db; now: number },
	accountId: string,
	rows: readonly NewRow<'account_role'>[]
): Promise<void> {
	const before = await db
		.deleteFrom('account_role')
		.where('account_id', '=', accountId)
		.returning(['account_id', 'role', 'section_id', 'centre_id'])
		.execute();
	const stays = new Set(rows.map(({ role, centre_id }) => `${role} ${centre_id ?? ''}`));
	const ended = before
		.filter(({ role, centre_id }) => !stays.has(`${role} ${centre_id ?? ''}`))
		.map((row) => ({ ...row, ended_at: now }));
	if (ended.length > 0) await db.insertInto('past_role').values(ended).execute();
	if (rows.length > 0) await db.insertInto('account_role').values(rows).execute();
}
