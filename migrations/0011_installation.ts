import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/** One row: a value sealed under the key ring this database was made with, so that a wrong ring is known at once. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table installation (
	id integer primary key check (id = 1),
	key_check_sealed text not null,
	made_at INSTANT not null
)
`;
