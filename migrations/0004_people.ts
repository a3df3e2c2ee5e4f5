import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/**
 * People: what more is known of a person, fingerprints to find sealed names by, guardians, and what was
 * moved when two rows turned out to be one person. A merged person's rows are moved or kept in
 * `person_merge_row`: no mark and no membership points to someone who is counted as somebody else.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
alter table person add column code_index text;
alter table person add column code_sealed text;
alter table person add column birth_month integer check (birth_month between 1 and 12);
alter table person add column language text;
alter table person add column needs_sealed text;
alter table person add column name_key text;
alter table person add column merged_into text;
alter table person add column version integer not null default 1;
alter table person add column added_on text;
create unique index person_by_code on person (section_id, code_index);
create index person_by_name_key on person (section_id, name_key);
create index person_by_merged_into on person (merged_into);

create table person_name_key (
	person_id text not null,
	section_id text not null,
	position integer not null,
	key text not null,
	primary key (person_id, position),
	foreign key (section_id, person_id) references person (section_id, id)
);
create index person_name_key_by_key on person_name_key (section_id, key);

create table guardian (
	id text primary key,
	section_id text not null,
	person_id text not null,
	name_sealed text not null,
	relation text not null
		check (relation in ('mother', 'father', 'grandparent', 'sibling', 'relative', 'guardian', 'other')),
	phone_sealed text,
	contact_way text not null check (contact_way in ('call', 'message', 'visit', 'none')),
	safe_from text,
	safe_until text,
	version integer not null default 1,
	foreign key (section_id, person_id) references person (section_id, id)
);
create index guardian_by_person on guardian (person_id);

create table person_merge (
	id text primary key,
	section_id text not null,
	kept_id text not null,
	merged_id text not null,
	merged_by text not null,
	merged_at INSTANT not null,
	undone_by text,
	undone_at INSTANT,
	unique (section_id, id),
	check (kept_id <> merged_id),
	foreign key (section_id, kept_id) references person (section_id, id),
	foreign key (section_id, merged_id) references person (section_id, id),
	foreign key (section_id, merged_by) references account (section_id, id),
	foreign key (section_id, undone_by) references account (section_id, id)
);
create index person_merge_by_kept on person_merge (kept_id);
create index person_merge_by_merged on person_merge (merged_id);

create table person_merge_row (
	merge_id text not null,
	kind text not null check (kind in ('mark', 'member', 'guardian')),
	row_id text not null,
	section_id text not null,
	kept_before text,
	merged_before text not null,
	primary key (merge_id, kind, row_id),
	foreign key (section_id, merge_id) references person_merge (section_id, id)
);

create table pair_decision (
	first_id text not null,
	second_id text not null,
	section_id text not null,
	decision text not null check (decision in ('different')),
	decided_by text not null,
	decided_at INSTANT not null,
	primary key (first_id, second_id),
	foreign key (section_id, first_id) references person (section_id, id),
	foreign key (section_id, second_id) references person (section_id, id),
	foreign key (section_id, decided_by) references account (section_id, id)
)
`;
