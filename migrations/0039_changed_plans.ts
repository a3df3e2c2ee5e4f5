import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/**
 * A plan may change after it is confirmed: one row for each change, what it was of every session in it and what it
 * became, and who is to hear of it. Decision 58.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table plan_change (
	id text primary key,
	section_id text not null,
	centre_id text not null,
	kind text not null,
	reason text not null,
	note_sealed text,
	made_by text not null,
	made_at INSTANT not null,
	undo_id text not null,
	undone_at INSTANT,
	unique (section_id, id),
	foreign key (section_id, centre_id) references centre (section_id, id),
	foreign key (section_id, made_by) references account (section_id, id)
);
create index plan_change_by_centre on plan_change (section_id, centre_id, made_at);

create table changed_session (
	change_id text not null,
	session_id text not null,
	section_id text not null,
	status_before text not null,
	date_before text not null,
	time_before text not null,
	minutes_before integer not null,
	room_before text,
	mode_before text not null,
	place_before_texts text,
	staff_before text not null,
	date_after text not null,
	time_after text not null,
	minutes_after integer not null,
	room_after text,
	mode_after text not null,
	place_after_texts text,
	staff_after text not null,
	version_after integer not null,
	told_at INSTANT,
	stayed text,
	primary key (change_id, session_id),
	foreign key (section_id, change_id) references plan_change (section_id, id) on delete cascade,
	foreign key (section_id, session_id) references session (section_id, id) on delete cascade,
	foreign key (section_id, room_before) references room (section_id, id),
	foreign key (section_id, room_after) references room (section_id, id)
);
create index changed_session_by_session on changed_session (session_id);
create index changed_session_by_room on changed_session (room_before);
create index changed_session_by_room_after on changed_session (room_after);

create table change_notice (
	change_id text not null,
	account_id text not null,
	section_id text not null,
	seen_at INSTANT,
	primary key (change_id, account_id),
	foreign key (section_id, change_id) references plan_change (section_id, id) on delete cascade,
	foreign key (section_id, account_id) references account (section_id, id)
);
create index change_notice_by_account on change_notice (account_id, seen_at)
`;
