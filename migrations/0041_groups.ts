import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/** Who leaves a group or is taken in beyond its places or ages says why; who finds it full waits in order. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, GROUPS)) await sql.raw(statement).execute(db);
}

const GROUPS = `
alter table cohort_member add column joined_why text;
alter table cohort_member add column left_why text;

create table waiting_place (
	id text primary key,
	section_id text not null,
	cohort_id text not null,
	person_id text not null,
	asked_at INSTANT not null,
	ended_at INSTANT,
	outcome text,
	check ((ended_at is null) = (outcome is null)),
	foreign key (section_id, cohort_id) references cohort (section_id, id),
	foreign key (section_id, person_id) references person (section_id, id)
);
create unique index waiting_place_once on waiting_place (cohort_id, person_id) where ended_at is null;
create index waiting_place_of_person on waiting_place (person_id)
`;
