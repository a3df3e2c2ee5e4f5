import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';
import { rebuildTable } from '../src/lib/platform/db/rebuild.ts';

export const rebuilds = true;

/**
 * A concern has a clock, may be raised by staff, and ends in one of three ways; who is told when nobody comes; what was
 * told to whom; and who confirmed that a test reached them. Wishes that wait ring at once. Decision 39.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await rebuildTable(db, {
		create: `create table concern (
			id text primary key,
			section_id text not null,
			kind text not null default 'child',
			session_id text,
			centre_id text,
			nickname_sealed text,
			urgency text not null default 'urgent',
			raised_by text,
			is_wish_asked integer check (is_wish_asked in (0, 1)),
			consent text,
			is_about_staff integer not null default 0 check (is_about_staff in (0, 1)),
			noticed_at INSTANT not null,
			raised_at INSTANT not null,
			taken_by text,
			taken_at INSTANT,
			first_taken_at INSTANT,
			missed_count integer not null default 0 check (missed_count >= 0),
			handover_channel text,
			handed_over_at INSTANT,
			outcome text,
			closed_at INSTANT,
			check ((kind = 'child') = (raised_by is null)),
			check ((handover_channel is null) = (handed_over_at is null)),
			check ((outcome is null) = (closed_at is null)),
			foreign key (section_id, session_id) references session (section_id, id),
			foreign key (section_id, centre_id) references centre (section_id, id),
			foreign key (section_id, raised_by) references account (section_id, id),
			foreign key (section_id, taken_by) references account (section_id, id)
		)`,
		copy: {
			noticed_at: 'raised_at',
			first_taken_at: 'taken_at',
			outcome: `case when closed_at is null then null else 'talked' end`
		}
	});
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table responder (
	id text primary key,
	section_id text not null references section (id),
	centre_id text,
	step text not null,
	account_id text,
	name_sealed text,
	address_sealed text,
	channel text,
	locale text,
	added_at INSTANT not null,
	check ((account_id is null) = (address_sealed is not null)),
	check ((address_sealed is null) = (name_sealed is null)),
	check ((address_sealed is null) = (channel is null)),
	check ((address_sealed is null) = (locale is null)),
	unique (section_id, id),
	foreign key (section_id, centre_id) references centre (section_id, id),
	foreign key (section_id, account_id) references account (section_id, id)
);
create index responder_by_account on responder (account_id);

create table alert_clock (
	subject text not null,
	subject_id text not null,
	section_id text not null references section (id),
	plan text not null,
	round integer not null check (round > 0),
	started_at INSTANT not null,
	step_count integer not null check (step_count >= 0),
	ring_at INSTANT not null,
	primary key (subject, subject_id)
);
create index alert_clock_by_ring on alert_clock (ring_at);

create table alert (
	id text primary key,
	section_id text not null references section (id),
	subject text not null,
	subject_id text not null,
	round integer not null check (round > 0),
	step text not null,
	recipient_id text not null,
	channel text not null,
	account_id text,
	responder_id text,
	due_at INSTANT not null,
	next_try_at INSTANT not null,
	attempt_count integer not null default 0 check (attempt_count >= 0),
	claimed_at INSTANT,
	sent_at INSTANT,
	failure text,
	unique (subject, subject_id, round, step, recipient_id, channel),
	check ((account_id is null) <> (responder_id is null)),
	foreign key (section_id, account_id) references account (section_id, id),
	foreign key (section_id, responder_id) references responder (section_id, id) on delete cascade
);
create index alert_by_next_try on alert (next_try_at) where sent_at is null;
create index alert_by_section on alert (section_id, due_at);

create table alert_confirmation (
	account_id text primary key,
	section_id text not null,
	confirmed_at INSTANT not null,
	foreign key (section_id, account_id) references account (section_id, id)
);

insert into alert_clock (subject, subject_id, section_id, plan, round, started_at, step_count, ring_at)
	select 'concern', id, section_id, 'wish', 1, noticed_at, 0, noticed_at from concern
	where closed_at is null and taken_at is null
`;
