import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/** What stays of concerns ninety days after they closed: how many there were in a month of a section. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLE)) await sql.raw(statement).execute(db);
}

const TABLE = `
create table concern_count (
	section_id text not null references section (id),
	month text not null,
	kind text not null,
	concern_count integer not null check (concern_count > 0),
	primary key (section_id, month, kind)
)
`;
