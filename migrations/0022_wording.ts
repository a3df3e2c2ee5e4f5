import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/**
 * Words children read: corrected by an organisation, and who checked each of its languages. An organisation that is
 * there has checked none: its children see English until somebody does. The example shows all and needs no row.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table wording (
	section_id text primary key references section (id),
	version integer not null check (version > 0)
);

create table wording_text (
	section_id text not null,
	locale text not null,
	key text not null,
	text text not null check (text <> ''),
	corrected_by text not null,
	primary key (section_id, locale, key),
	foreign key (section_id, corrected_by) references account (section_id, id)
);

create table wording_check (
	section_id text not null,
	locale text not null,
	fingerprint text not null,
	prints text not null,
	checked_by text not null,
	checked_on text not null,
	primary key (section_id, locale),
	foreign key (section_id, checked_by) references account (section_id, id)
)
`;
