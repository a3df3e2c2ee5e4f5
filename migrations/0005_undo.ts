import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/** What it takes to go back behind an everyday change, for a day. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table undo (
	id text primary key,
	section_id text not null,
	account_id text not null,
	action text not null,
	back_sealed text not null,
	made_at INSTANT not null,
	used_at INSTANT,
	foreign key (section_id, account_id) references account (section_id, id)
);
create index undo_by_time on undo (made_at)
`;
