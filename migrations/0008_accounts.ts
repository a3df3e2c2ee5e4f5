import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/** The one link an account was last given to choose a password with, and codes by time with what opens in their stead. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table account_link (
	account_id text primary key,
	section_id text not null,
	token_hash text not null unique,
	kind text not null check (kind in ('invite', 'reset')),
	made_by text not null,
	made_at INSTANT not null,
	expires_at INSTANT not null,
	used_at INSTANT,
	foreign key (section_id, account_id) references account (section_id, id),
	foreign key (section_id, made_by) references account (section_id, id)
);

create table account_code (
	account_id text primary key references account (id),
	secret_sealed text not null,
	last_step INSTANT not null,
	made_at INSTANT not null
);

create table recovery_code (
	code_hash text primary key,
	account_id text not null references account (id),
	used_at INSTANT
);
create index recovery_code_by_account on recovery_code (account_id)
`;
