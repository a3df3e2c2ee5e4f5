import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/**
 * Imports: a file as it came in, what is chosen about it, its rows while they wait, and what a run did, so
 * that it can be undone. A curriculum made for registers from before Halqa is marked, and planned from by nobody.
 * An index that begins with the section is what SQLite looks through for rows of a person who is removed: the
 * one of name keys begins with the key now.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			'alter table curriculum add column is_imported integer not null default 0 check (is_imported in (0, 1))'
		)
		.execute(db);
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table import (
	id text primary key,
	section_id text not null,
	kind text not null check (kind in ('people', 'cohorts', 'registers')),
	stage text not null
		check (stage in ('columns', 'checking', 'preview', 'running', 'done', 'undoing', 'undone')),
	file_name_sealed text,
	digest text not null,
	setup_sealed text not null,
	counts text not null,
	row_count integer not null,
	position integer not null,
	created_by text not null,
	created_at INSTANT not null,
	finished_at INSTANT,
	version integer not null,
	unique (section_id, id),
	foreign key (section_id, created_by) references account (section_id, id)
);
create index import_by_section on import (section_id, created_at);
create index import_by_stage on import (stage);

create table import_row (
	import_id text not null,
	position integer not null,
	section_id text not null,
	sheet integer not null,
	row_number integer not null,
	cells_sealed text not null,
	match_key text,
	verdict text check (verdict in ('new', 'same', 'changed', 'maybe', 'repeat', 'out')),
	person_id text,
	decision text check (decision in ('same', 'new', 'out')),
	primary key (import_id, position),
	foreign key (section_id, import_id) references import (section_id, id)
);
create index import_row_by_key on import_row (import_id, match_key);
create index import_row_by_person on import_row (import_id, person_id);

create table import_change (
	import_id text not null,
	seq integer not null,
	section_id text not null,
	table_name text not null,
	rows_sealed text not null,
	primary key (import_id, seq),
	foreign key (section_id, import_id) references import (section_id, id)
);

drop index person_name_key_by_key;
create index person_name_key_by_key on person_name_key (key, section_id);

create table import_mapping (
	section_id text not null references section (id),
	kind text not null check (kind in ('people', 'cohorts', 'registers')),
	fingerprint text not null,
	uses text not null,
	used_at INSTANT not null,
	primary key (section_id, kind, fingerprint)
)
`;
