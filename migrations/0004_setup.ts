import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/**
 * An organisation of one's own: the link that sets it up once, the languages it works in, the days its new
 * centres are closed on, and the district of a centre.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
alter table section add column languages text not null default 'ar,en,fr';

alter table section add column closed_weekdays text not null default '6,7';

alter table centre add column adm2_pcode text;

create table setup_link (
	id_hash text primary key,
	made_at INSTANT not null,
	expires_at INSTANT not null,
	used_at INSTANT
)
`;
