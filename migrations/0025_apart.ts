import { sql, type Kysely } from 'kysely';
import { rebuildTable } from '../src/lib/platform/db/rebuild.ts';

export const rebuilds = true;

/**
 * Accounts of the network of one's own beside the example's: until now only the example had any. They belong to no
 * section, and neither does the link they choose their password with.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table account add column is_example integer not null default 0 check (is_example in (0, 1))`.execute(
		db
	);
	await sql`update account set is_example = 1 where section_id is null`.execute(db);
	await rebuildTable(db, {
		create: `create table account_link (
			account_id text primary key references account (id),
			section_id text,
			token_hash text not null unique,
			kind text not null check (kind in ('invite', 'reset')),
			made_by text not null references account (id),
			made_at INSTANT not null,
			expires_at INSTANT not null,
			used_at INSTANT,
			foreign key (section_id, account_id) references account (section_id, id),
			foreign key (section_id, made_by) references account (section_id, id)
		)`
	});
}
