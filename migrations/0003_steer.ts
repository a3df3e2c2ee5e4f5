import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/** Steering: roadmaps, their outcomes, milestones and activities, and the cycles that serve a milestone. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table partner (
	id text primary key,
	section_id text not null references section (id),
	name_texts text not null,
	source_texts text,
	unique (section_id, id)
);

create table roadmap (
	id text primary key,
	section_id text not null references section (id),
	name_texts text not null,
	starts_on text not null,
	ends_on text not null,
	is_example integer not null check (is_example in (0, 1)),
	unique (section_id, id),
	check (ends_on >= starts_on)
);
create index roadmap_by_section on roadmap (section_id);

create table roadmap_outcome (
	id text primary key,
	section_id text not null,
	roadmap_id text not null,
	position integer not null,
	name_texts text not null,
	unique (section_id, id),
	unique (roadmap_id, position),
	foreign key (section_id, roadmap_id) references roadmap (section_id, id)
);

create table milestone (
	id text primary key,
	section_id text not null,
	outcome_id text not null,
	position integer not null,
	kind text not null check (kind in ('sessions', 'checkpoint')),
	name_texts text not null,
	starts_on text not null,
	due_on text not null,
	partner_id text,
	from_children integer not null check (from_children in (0, 1)),
	source_texts text,
	is_example integer not null check (is_example in (0, 1)),
	reached_on text,
	evidence_texts text,
	confirmed_by text,
	closed_by text,
	closed_at INSTANT,
	version integer not null,
	unique (section_id, id),
	unique (outcome_id, position),
	check (due_on >= starts_on),
	check (source_texts is null or is_example = 0),
	check (reached_on is null or (evidence_texts is not null and confirmed_by is not null and closed_at is not null)),
	check (reached_on is not null or (closed_by is null and closed_at is null)),
	foreign key (section_id, outcome_id) references roadmap_outcome (section_id, id),
	foreign key (section_id, partner_id) references partner (section_id, id),
	foreign key (section_id, closed_by) references account (section_id, id)
);

create table activity (
	id text primary key,
	section_id text not null,
	milestone_id text not null,
	position integer not null,
	name_texts text not null,
	starts_on text not null,
	ends_on text not null,
	partner_id text,
	unique (milestone_id, position),
	check (ends_on >= starts_on),
	foreign key (section_id, milestone_id) references milestone (section_id, id),
	foreign key (section_id, partner_id) references partner (section_id, id)
);

create table milestone_cycle (
	milestone_id text not null,
	cycle_id text not null,
	section_id text not null,
	linked_by text not null,
	linked_at INSTANT not null,
	primary key (milestone_id, cycle_id),
	foreign key (section_id, milestone_id) references milestone (section_id, id),
	foreign key (section_id, cycle_id) references cycle (section_id, id),
	foreign key (section_id, linked_by) references account (section_id, id)
);
create index milestone_cycle_by_cycle on milestone_cycle (cycle_id)
`;
