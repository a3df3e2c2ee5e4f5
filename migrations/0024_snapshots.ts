import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/**
 * Numbers of people leave a section as numbered snapshots, one a month, in one layout, frozen. No number from one to
 * nine can be stored. Who was counted is remembered, so that nobody is counted in two: a row names a person
 * without a foreign key, since a record outlives them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table snapshot (
	id text primary key,
	section_id text not null references section (id),
	period text not null check (length(period) = 7),
	layout text not null,
	number integer not null check (number > 0),
	frozen_on text not null,
	frozen_by text not null,
	people_count integer not null check (people_count = 0 or people_count >= 10),
	zeros_hidden integer not null check (zeros_hidden in (0, 1)),
	activity text not null,
	indicator text not null,
	unique (section_id, id),
	unique (section_id, period),
	unique (section_id, number)
);

create table snapshot_cell (
	snapshot_id text not null,
	position integer not null,
	section_id text not null,
	adm1_pcode text,
	adm2_pcode text,
	population_group text,
	sex text,
	age_band text,
	is_total integer not null check (is_total in (0, 1)),
	people_count integer check (people_count >= 10),
	primary key (snapshot_id, position),
	foreign key (section_id, snapshot_id) references snapshot (section_id, id)
);

create table snapshot_total (
	snapshot_id text not null,
	since_year integer not null,
	section_id text not null,
	people_count integer not null check (people_count = 0 or people_count >= 10),
	is_carried integer not null check (is_carried in (0, 1)),
	primary key (snapshot_id, since_year),
	foreign key (section_id, snapshot_id) references snapshot (section_id, id)
);

create table published_person (
	person_id text not null,
	year integer not null,
	snapshot_id text not null,
	centre_id text not null,
	section_id text not null,
	primary key (person_id, year),
	foreign key (section_id, snapshot_id) references snapshot (section_id, id),
	foreign key (section_id, centre_id) references centre (section_id, id)
);
create index published_person_by_snapshot on published_person (snapshot_id)
`;
