import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/**
 * A project has funders, partners and a period, and may span sections, each of which says what it shows there. Cycles,
 * targets and milestones belong to as many as they serve; a target of one counts its cycles' sessions alone. A
 * project manager may be held to one. Decision 52.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table project (
	id text primary key,
	section_id text not null references section (id),
	name_texts text not null,
	advisory_texts text not null default '{}',
	countries text not null default '',
	starts_on text not null,
	ends_on text not null,
	ended_on text,
	version integer not null default 1,
	is_example integer not null check (is_example in (0, 1)),
	unique (section_id, id),
	check (ends_on >= starts_on)
);

create table project_body (
	project_id text not null,
	body_id text not null,
	part text not null,
	section_id text not null,
	primary key (project_id, body_id, part),
	foreign key (section_id, project_id) references project (section_id, id),
	foreign key (section_id, body_id) references body (section_id, id)
);
create index project_body_by_body on project_body (body_id);

create table project_section (
	project_id text not null references project (id),
	section_id text not null references section (id),
	shows_roadmaps integer not null default 0 check (shows_roadmaps in (0, 1)),
	shows_targets integer not null default 0 check (shows_targets in (0, 1)),
	primary key (project_id, section_id)
);
create index project_section_by_section on project_section (section_id);

create table project_cycle (
	project_id text not null,
	cycle_id text not null,
	section_id text not null,
	primary key (project_id, cycle_id),
	foreign key (project_id, section_id) references project_section (project_id, section_id),
	foreign key (section_id, cycle_id) references cycle (section_id, id)
);
create index project_cycle_by_cycle on project_cycle (cycle_id);

create table project_target (
	project_id text not null,
	target_id text not null,
	section_id text not null,
	primary key (project_id, target_id),
	foreign key (project_id, section_id) references project_section (project_id, section_id),
	foreign key (section_id, target_id) references target (section_id, id)
);
create index project_target_by_target on project_target (target_id);

create table project_milestone (
	project_id text not null,
	milestone_id text not null,
	section_id text not null,
	primary key (project_id, milestone_id),
	foreign key (project_id, section_id) references project_section (project_id, section_id),
	foreign key (section_id, milestone_id) references milestone (section_id, id)
);
create index project_milestone_by_milestone on project_milestone (milestone_id);

alter table account_role add column project_id text references project (id)
`;
