import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/** Who runs a session in whose place, and between which instants the session is open to them for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table substitute (
	id text primary key,
	section_id text not null,
	session_id text not null,
	account_id text not null,
	for_account_id text not null,
	opens_at INSTANT not null,
	closes_at INSTANT not null,
	made_by text not null,
	made_at INSTANT not null,
	ended_at INSTANT,
	check (account_id <> for_account_id),
	check (closes_at > opens_at),
	foreign key (section_id, session_id) references session (section_id, id),
	foreign key (section_id, account_id) references account (section_id, id),
	foreign key (section_id, for_account_id) references account (section_id, id),
	foreign key (section_id, made_by) references account (section_id, id)
);
create unique index substitute_of_one on substitute (session_id, for_account_id) where ended_at is null;
create unique index substitute_by_one on substitute (session_id, account_id) where ended_at is null;
create index substitute_by_account on substitute (account_id, closes_at)
`;
