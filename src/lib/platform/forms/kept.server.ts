import { open, seal } from '../crypto/sealed.ts';
import type { KeyRing } from '../crypto/keyring.ts';
import type { Db } from '../db/open.ts';

/** The text fields of a form as they were typed; a field sent several times is a list. */
export type Typed = Record<string, string | string[]>;

export interface KeptForm {
	id: string;
	values: Typed;
}

/** Keeps what was typed when the login had ended, sealed, for one account and one address, without passwords. Answers its id. */
export async function keepForm(
	db: Db,
	ring: KeyRing,
	kept: { accountId: string; path: string; values: Typed; now: number }
): Promise<string> {
	const id = crypto.randomUUID();
	const values = withoutPasswords(kept.values);
	await db
		.insertInto('kept_form')
		.values({
			id,
			account_id: kept.accountId,
			path: kept.path,
			fields_sealed: seal(ring, placeOf(id), JSON.stringify(values)),
			kept_at: kept.now
		})
		.execute();
	return id;
}

/** What was kept under an id, to the same account at the same address only. */
export async function findKeptForm(
	db: Db,
	ring: KeyRing,
	{ id, accountId, path }: { id: string; accountId: string; path: string }
): Promise<KeptForm | undefined> {
	const row = await db
		.selectFrom('kept_form')
		.selectAll()
		.where('id', '=', id)
		.where('account_id', '=', accountId)
		.where('path', '=', path)
		.executeTakeFirst();
	return row && { id, values: JSON.parse(open(ring, placeOf(id), row.fields_sealed)) as Typed };
}

/** The latest form kept for an account: its id and the address it was typed at. */
export async function findLatestKept(
	db: Db,
	accountId: string
): Promise<{ id: string; path: string } | undefined> {
	return db
		.selectFrom('kept_form')
		.select(['id', 'path'])
		.where('account_id', '=', accountId)
		.orderBy('kept_at', 'desc')
		.orderBy('id')
		.executeTakeFirst();
}

/** Forgets a kept form, once it has been sent again. */
export async function dropKeptForm(db: Db, accountId: string, id: string): Promise<void> {
	await db
		.deleteFrom('kept_form')
		.where('id', '=', id)
		.where('account_id', '=', accountId)
		.execute();
}

/** What may be given back of a form. */
export function withoutPasswords(values: Typed): Typed {
	return Object.fromEntries(Object.entries(values).filter(([name]) => !/password$/i.test(name)));
}

function placeOf(id: string) {
	return { table: 'kept_form', column: 'fields_sealed', row: id };
}
