import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/**
 * Listening: a session's feedback code, what children put under it, and their wish to talk to someone.
 * Nothing here holds a child, a device, an address or the time of an answer. While the code is open a
 * ballot is one sealed row under a random id; when it closes the ballots are counted and destroyed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
alter table session_plan add column picture text;

create table feedback_code (
	session_id text primary key,
	section_id text not null,
	code text not null unique,
	length text not null check (length in ('pulse', 'full')),
	opened_by text not null,
	opened_at INSTANT not null,
	closed_at INSTANT,
	started_count integer not null check (started_count >= 0),
	more_than_present integer check (more_than_present in (0, 1)),
	foreign key (section_id, session_id) references session (section_id, id),
	foreign key (section_id, opened_by) references account (section_id, id)
);
create index feedback_code_by_section on feedback_code (section_id, closed_at);

create table feedback_ballot (
	session_id text not null,
	id text not null,
	section_id text not null,
	state text not null check (state in ('open', 'sent', 'withdrawn')),
	answers_sealed text not null,
	version integer not null,
	primary key (session_id, id),
	foreign key (section_id, session_id) references session (section_id, id)
);

create table feedback_count (
	session_id text not null,
	form text not null,
	item text not null,
	answer text not null,
	section_id text not null,
	ballot_count integer not null check (ballot_count > 0),
	primary key (session_id, form, item, answer),
	foreign key (section_id, session_id) references session (section_id, id)
);

create table feedback_words (
	session_id text not null,
	id text not null,
	section_id text not null,
	form text not null,
	item text not null,
	words_sealed text not null,
	primary key (session_id, id),
	foreign key (section_id, session_id) references session (section_id, id)
);

create table concern (
	id text primary key,
	section_id text not null,
	session_id text not null,
	nickname_sealed text,
	raised_at INSTANT not null,
	taken_by text,
	taken_at INSTANT,
	closed_at INSTANT,
	foreign key (section_id, session_id) references session (section_id, id),
	foreign key (section_id, taken_by) references account (section_id, id)
);
create index concern_by_section on concern (section_id, closed_at)
`;
