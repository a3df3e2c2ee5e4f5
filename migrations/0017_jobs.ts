import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/** Work that nobody asks for, and which process is at it until when; pairs of people who may be one, found by it. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
	await sql`insert into changed_person (person_id, section_id)
		select id, section_id from person where merged_into is null`.execute(db);
}

const TABLES = `
create table job (
	name text primary key,
	interval_ms integer not null check (interval_ms > 0),
	due_at INSTANT not null,
	holder text,
	lease_until INSTANT,
	done_at INSTANT,
	failed_at INSTANT,
	failure text,
	check ((holder is null) = (lease_until is null)),
	check ((failed_at is null) = (failure is null))
);

create table possible_pair (
	first_id text not null,
	second_id text not null,
	section_id text not null,
	found_at INSTANT not null,
	primary key (first_id, second_id),
	check (first_id < second_id),
	foreign key (section_id, first_id) references person (section_id, id) on delete cascade,
	foreign key (section_id, second_id) references person (section_id, id) on delete cascade
);
create index possible_pair_by_section on possible_pair (section_id, found_at);
create index possible_pair_by_second on possible_pair (second_id);

create table changed_person (
	person_id text primary key,
	section_id text not null,
	foreign key (section_id, person_id) references person (section_id, id) on delete cascade
);
create index changed_person_by_section on changed_person (section_id)
`;
