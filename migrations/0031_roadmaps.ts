import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';
import { rebuildTable } from '../src/lib/platform/db/rebuild.ts';

export const rebuilds = true;

/**
 * Roadmaps are made here: an activity has a kind of action and a status, a milestone follows others or a target, every
 * change of a date keeps the old one and its reason, a status may be overruled until a day, evidence is a link,
 * and partners suggest. A cycle that serves no milestone says why. Decision 50.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await rebuildTable(db, {
		create: `create table activity (
			id text primary key,
			section_id text not null,
			milestone_id text not null,
			position integer not null,
			name_texts text not null,
			starts_on text not null,
			ends_on text not null,
			body_id text,
			action text,
			status text not null default 'planned',
			version integer not null default 1,
			unique (section_id, id),
			unique (milestone_id, position),
			check (ends_on >= starts_on),
			foreign key (section_id, milestone_id) references milestone (section_id, id),
			foreign key (section_id, body_id) references body (section_id, id)
		)`
	});
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
alter table roadmap add column version integer not null default 1;
alter table roadmap_outcome add column version integer not null default 1;

create table milestone_target (
	milestone_id text primary key,
	target_id text not null,
	section_id text not null,
	foreign key (section_id, milestone_id) references milestone (section_id, id),
	foreign key (section_id, target_id) references target (section_id, id)
);
create index milestone_target_by_target on milestone_target (target_id);

create table milestone_after (
	milestone_id text not null,
	after_id text not null,
	section_id text not null,
	primary key (milestone_id, after_id),
	check (milestone_id <> after_id),
	foreign key (section_id, milestone_id) references milestone (section_id, id),
	foreign key (section_id, after_id) references milestone (section_id, id)
);
create index milestone_after_by_after on milestone_after (after_id);

create table date_change (
	id text primary key,
	section_id text not null,
	milestone_id text not null,
	activity_id text,
	starts_before text not null,
	ends_before text not null,
	starts_after text not null,
	ends_after text not null,
	reason_texts text not null,
	changed_by text not null,
	changed_at INSTANT not null,
	foreign key (section_id, milestone_id) references milestone (section_id, id),
	foreign key (section_id, activity_id) references activity (section_id, id),
	foreign key (section_id, changed_by) references account (section_id, id)
);
create index date_change_by_milestone on date_change (milestone_id);

create table milestone_override (
	milestone_id text primary key,
	section_id text not null,
	state text not null,
	reason_texts text not null,
	until_on text not null,
	set_by text not null,
	set_at INSTANT not null,
	foreign key (section_id, milestone_id) references milestone (section_id, id),
	foreign key (section_id, set_by) references account (section_id, id)
);

create table evidence_link (
	id text primary key,
	section_id text not null,
	milestone_id text not null,
	activity_id text,
	name_texts text not null,
	address text not null,
	added_by text not null,
	added_at INSTANT not null,
	foreign key (section_id, milestone_id) references milestone (section_id, id),
	foreign key (section_id, activity_id) references activity (section_id, id),
	foreign key (section_id, added_by) references account (section_id, id)
);
create index evidence_link_by_milestone on evidence_link (milestone_id);

create table suggestion (
	id text primary key,
	section_id text not null,
	milestone_id text not null,
	activity_id text,
	body_id text not null,
	starts_on text,
	ends_on text,
	words_texts text not null,
	made_by text not null,
	made_at INSTANT not null,
	decision text check (decision in ('accepted', 'declined')),
	answer_texts text,
	decided_by text,
	decided_at INSTANT,
	check ((starts_on is null) = (ends_on is null)),
	check ((decision is null) = (decided_at is null)),
	check (decision is null or decision = 'accepted' or answer_texts is not null),
	foreign key (section_id, milestone_id) references milestone (section_id, id),
	foreign key (section_id, activity_id) references activity (section_id, id),
	foreign key (section_id, body_id) references body (section_id, id),
	foreign key (section_id, made_by) references account (section_id, id),
	foreign key (section_id, decided_by) references account (section_id, id)
);
create index suggestion_by_section on suggestion (section_id, made_at);

create table unplanned_cycle (
	cycle_id text primary key,
	section_id text not null,
	reason text not null,
	said_by text not null,
	said_at INSTANT not null,
	foreign key (section_id, cycle_id) references cycle (section_id, id),
	foreign key (section_id, said_by) references account (section_id, id)
)
`;
