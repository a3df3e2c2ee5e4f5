import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/**
 * The ground: sections, centres, accounts, people, curricula, cohorts, sessions, registers, targets,
 * audit. Every row of a section carries `section_id`, and composite keys keep a row from pointing into
 * another section.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table section (
	id text primary key,
	name_texts text not null,
	country text not null,
	zone text not null,
	locale text not null,
	week_starts_on integer not null check (week_starts_on between 1 and 7),
	is_example integer not null check (is_example in (0, 1))
);

create table centre (
	id text primary key,
	section_id text not null references section (id),
	name_texts text not null,
	adm1_pcode text not null,
	zone text not null,
	closed_weekdays text not null,
	opens_at text not null,
	closes_at text not null,
	unique (section_id, id)
);

create table room (
	id text primary key,
	section_id text not null,
	centre_id text not null,
	name_texts text not null,
	capacity integer not null check (capacity > 0),
	unique (section_id, id),
	foreign key (section_id, centre_id) references centre (section_id, id)
);
create index room_by_centre on room (centre_id);

create table account (
	id text primary key,
	section_id text references section (id),
	role text not null,
	email_index text not null unique,
	email_sealed text not null,
	name_sealed text not null,
	password_hash text not null,
	locale text not null,
	theme text not null check (theme in ('auto', 'light', 'dark')),
	disabled_at INSTANT,
	created_at INSTANT not null,
	unique (section_id, id)
);

create table account_centre (
	account_id text not null,
	centre_id text not null,
	section_id text not null,
	primary key (account_id, centre_id),
	foreign key (section_id, account_id) references account (section_id, id),
	foreign key (section_id, centre_id) references centre (section_id, id)
);
create index account_centre_by_centre on account_centre (centre_id);

create table login_session (
	id_hash text primary key,
	account_id text not null references account (id),
	created_at INSTANT not null,
	last_seen_at INSTANT not null,
	expires_at INSTANT not null
);
create index login_session_by_account on login_session (account_id);

create table login_attempt (
	bucket text not null,
	window_starts_at INSTANT not null,
	attempt_count integer not null,
	primary key (bucket, window_starts_at)
);

create table kept_form (
	id text primary key,
	account_id text not null references account (id),
	path text not null,
	fields_sealed text not null,
	kept_at INSTANT not null
);

create table person (
	id text primary key,
	section_id text not null,
	centre_id text not null,
	kind text not null check (kind in ('child', 'caregiver', 'staff')),
	name_sealed text not null,
	sex text not null check (sex in ('f', 'm', 'other')),
	birth_year integer not null,
	population_group text,
	unique (section_id, id),
	foreign key (section_id, centre_id) references centre (section_id, id)
);
create index person_by_centre on person (centre_id);

create table curriculum (
	id text primary key,
	section_id text not null references section (id),
	name_texts text not null,
	audience text not null check (audience in ('children', 'caregivers', 'staff')),
	unique (section_id, id)
);

create table curriculum_version (
	id text primary key,
	section_id text not null,
	curriculum_id text not null,
	number integer not null,
	published_on text not null,
	unique (section_id, id),
	unique (curriculum_id, number),
	foreign key (section_id, curriculum_id) references curriculum (section_id, id)
);

create table session_plan (
	id text primary key,
	section_id text not null,
	version_id text not null,
	position integer not null,
	module_texts text not null,
	title_texts text not null,
	minutes integer not null check (minutes between 5 and 720),
	unique (section_id, id),
	unique (version_id, position),
	foreign key (section_id, version_id) references curriculum_version (section_id, id)
);

create table cohort (
	id text primary key,
	section_id text not null,
	centre_id text not null,
	name_texts text not null,
	audience text not null check (audience in ('children', 'caregivers', 'staff')),
	age_from integer not null,
	age_to integer not null,
	capacity integer not null check (capacity > 0),
	member_count integer not null check (member_count between 0 and capacity),
	status text not null check (status in ('open', 'closed')),
	unique (section_id, id),
	foreign key (section_id, centre_id) references centre (section_id, id)
);
create index cohort_by_centre on cohort (centre_id);

create table cohort_member (
	cohort_id text not null,
	person_id text not null,
	section_id text not null,
	joined_on text not null,
	left_on text,
	primary key (cohort_id, person_id),
	foreign key (section_id, cohort_id) references cohort (section_id, id),
	foreign key (section_id, person_id) references person (section_id, id)
);
create index cohort_member_by_person on cohort_member (person_id);

create table cohort_facilitator (
	cohort_id text not null,
	account_id text not null,
	section_id text not null,
	primary key (cohort_id, account_id),
	foreign key (section_id, cohort_id) references cohort (section_id, id),
	foreign key (section_id, account_id) references account (section_id, id)
);
create index cohort_facilitator_by_account on cohort_facilitator (account_id);

create table cycle (
	id text primary key,
	section_id text not null,
	centre_id text not null,
	cohort_id text not null,
	version_id text not null,
	room_id text not null,
	weekdays text not null,
	start_time text not null,
	starts_on text not null,
	ends_on text not null,
	planned_by text not null,
	planned_at INSTANT not null,
	unique (section_id, id),
	foreign key (section_id, centre_id) references centre (section_id, id),
	foreign key (section_id, cohort_id) references cohort (section_id, id),
	foreign key (section_id, version_id) references curriculum_version (section_id, id),
	foreign key (section_id, room_id) references room (section_id, id),
	foreign key (section_id, planned_by) references account (section_id, id)
);
create index cycle_by_cohort on cycle (cohort_id);

create table session (
	id text primary key,
	section_id text not null,
	centre_id text not null,
	cohort_id text not null,
	cycle_id text not null,
	session_plan_id text not null,
	position integer not null,
	room_id text not null,
	on_date text not null,
	start_time text not null,
	minutes integer not null check (minutes between 5 and 720),
	zone text not null,
	status text not null check (status in ('planned', 'held', 'cancelled')),
	headcount integer check (headcount between 0 and 999),
	recorded_by text,
	recorded_at INSTANT,
	version integer not null,
	unique (section_id, id),
	unique (cycle_id, position),
	check (status <> 'held' or recorded_at is not null),
	foreign key (section_id, centre_id) references centre (section_id, id),
	foreign key (section_id, cohort_id) references cohort (section_id, id),
	foreign key (section_id, cycle_id) references cycle (section_id, id),
	foreign key (section_id, session_plan_id) references session_plan (section_id, id),
	foreign key (section_id, room_id) references room (section_id, id),
	foreign key (section_id, recorded_by) references account (section_id, id)
);
create index session_by_section on session (section_id, on_date);
create index session_by_status on session (section_id, status, on_date);
create index session_by_centre on session (centre_id, on_date);
create index session_by_cohort on session (cohort_id, on_date);

create table session_facilitator (
	session_id text not null,
	account_id text not null,
	section_id text not null,
	primary key (session_id, account_id),
	foreign key (section_id, session_id) references session (section_id, id),
	foreign key (section_id, account_id) references account (section_id, id)
);
create index session_facilitator_by_account on session_facilitator (account_id);

create table slot (
	resource text not null,
	on_date text not null,
	slot integer not null check (slot between 0 and 287),
	session_id text not null references session (id),
	primary key (resource, on_date, slot)
);
create index slot_by_session on slot (session_id);

create table mark (
	session_id text not null,
	person_id text not null,
	section_id text not null,
	code text not null
		check (code in ('present', 'late', 'left_early', 'absent_notified', 'absent', 'excused_illness')),
	primary key (session_id, person_id),
	foreign key (section_id, session_id) references session (section_id, id),
	foreign key (section_id, person_id) references person (section_id, id)
);
create index mark_by_person on mark (person_id);

create table closed_day (
	id text primary key,
	section_id text not null references section (id),
	centre_id text,
	on_date text not null,
	name_texts text not null,
	certainty text not null check (certainty in ('confirmed', 'expected')),
	source text not null,
	foreign key (section_id, centre_id) references centre (section_id, id)
);
create index closed_day_by_section on closed_day (section_id, on_date);

create table target (
	id text primary key,
	section_id text not null references section (id),
	centre_id text,
	parent_id text,
	name_texts text not null,
	starts_on text not null,
	ends_on text not null,
	people_count integer not null check (people_count > 0),
	is_example integer not null check (is_example in (0, 1)),
	unique (section_id, id),
	check (ends_on >= starts_on),
	foreign key (section_id, centre_id) references centre (section_id, id),
	foreign key (section_id, parent_id) references target (section_id, id)
);

create table opening_balance (
	id text primary key,
	section_id text not null,
	target_id text not null unique,
	people_count integer not null check (people_count > 0),
	as_of text,
	source_texts text not null,
	foreign key (section_id, target_id) references target (section_id, id)
);

create table audit (
	seq COUNTER,
	at INSTANT not null,
	section_id text,
	actor_id text not null,
	action text not null,
	object_type text not null,
	object_id text not null,
	field_names text not null
);
create index audit_by_object on audit (object_type, object_id);

create table once (
	actor_id text not null,
	key text not null,
	command text not null,
	input_mac text not null,
	outcome text not null,
	at INSTANT not null,
	primary key (actor_id, key)
);
`;
