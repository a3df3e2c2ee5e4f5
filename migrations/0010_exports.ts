import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/** How a section's people are named in the monthly sheet: typed once, the same every month. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table report_setting (
	section_id text primary key references section (id),
	activity text not null,
	indicator text not null
)
`;
