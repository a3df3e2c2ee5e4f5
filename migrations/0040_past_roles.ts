import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/** Roles an account held once: a complaint about staff is not read by who worked at its centre, however long ago. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, PAST_ROLES)) await sql.raw(statement).execute(db);
}

const PAST_ROLES = `
create table past_role (
	account_id text not null references account (id),
	role text not null,
	section_id text,
	centre_id text,
	ended_at INSTANT not null,
	foreign key (section_id, account_id) references account (section_id, id),
	foreign key (section_id, centre_id) references centre (section_id, id)
);
create index past_role_of_account on past_role (account_id)
`;
