import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/**
 * Who agreed to what: the texts people are asked with, in versions; what each said, one row after the other and none
 * ever changed; children who are without family; and how a section goes about it. Decision 56.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table consent_setting (
	section_id text primary key references section (id),
	purposes text not null,
	on_missing text not null,
	own_age integer check (own_age between 6 and 18),
	valid_months integer not null check (valid_months between 1 and 60),
	version integer not null default 1
);

create table consent_text (
	id text primary key,
	section_id text not null,
	purpose text not null,
	reader text not null,
	language text not null,
	number integer not null check (number >= 1),
	body text not null,
	published_by text,
	published_on text not null,
	unique (section_id, id),
	unique (section_id, purpose, reader, language, number),
	foreign key (section_id) references section (id),
	foreign key (section_id, published_by) references account (section_id, id)
);

create table consent (
	id text primary key,
	section_id text not null,
	person_id text not null,
	purpose text not null,
	giver text not null,
	giver_id text not null default '',
	nth integer not null check (nth >= 1),
	said text not null check (said in ('yes', 'no', 'withdrawn')),
	said_on text not null,
	relation text,
	text_id text,
	is_on_paper integer not null default 0 check (is_on_paper in (0, 1)),
	spoken text,
	explained_sealed text,
	interpreter_sealed text,
	recorded_by text not null,
	recorded_at INSTANT not null,
	unique (section_id, id),
	unique (person_id, purpose, giver, giver_id, nth),
	foreign key (section_id, person_id) references person (section_id, id),
	foreign key (section_id, text_id) references consent_text (section_id, id),
	foreign key (section_id, recorded_by) references account (section_id, id)
);
create index consent_by_giver on consent (giver_id) where giver_id <> '';

create table unaccompanied (
	person_id text primary key,
	section_id text not null,
	noted_on text not null,
	noted_by text not null,
	foreign key (section_id, person_id) references person (section_id, id),
	foreign key (section_id, noted_by) references account (section_id, id)
)
`;
