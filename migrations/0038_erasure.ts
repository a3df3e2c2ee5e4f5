import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/**
 * Erasure and retention: what is asked for and its receipt, whom a restored backup may not bring back, and how long a
 * section keeps what. What stays of a person is a row without a name; who cared for somebody erased is counted as before.
 * Decision 57.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
alter table person add column erased_on text;
alter table person add column cared_for_someone integer not null default 0;

create table erasure (
	id text primary key,
	section_id text not null references section (id),
	number integer not null,
	reason text not null,
	person_id text,
	asked_by text not null,
	asked_at INSTANT not null,
	confirmed_by text,
	erased_on text,
	dropped_at INSTANT,
	removed text not null,
	unique (section_id, id),
	unique (section_id, number),
	foreign key (section_id, person_id) references person (section_id, id)
);
create unique index erasure_waiting on erasure (person_id);

create table erased_person (
	former_id text primary key,
	section_id text not null references section (id),
	erasure_id text,
	erased_at INSTANT not null
);

create table retention_period (
	section_id text not null references section (id),
	kind text not null,
	months integer not null check (months between 1 and 240),
	is_on integer not null,
	changed_by text not null,
	changed_at INSTANT not null,
	primary key (section_id, kind)
);

create table retention_run (
	section_id text not null references section (id),
	ran_on text not null,
	kind text not null,
	row_count integer not null,
	primary key (section_id, ran_on, kind)
)
`;
