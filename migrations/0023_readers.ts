import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/**
 * Who reads what children write before anybody else; whether a code asks for words at all; what was read and cleared;
 * and of what was handed over that it was. All words of before wait for a reader, also where they were shown: nobody
 * has looked for a child in need in them. Decision 43.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table word_reader (
	id text primary key,
	section_id text not null,
	account_id text not null,
	centre_id text,
	named_by text not null,
	unique (section_id, id),
	foreign key (section_id, account_id) references account (section_id, id),
	foreign key (section_id, named_by) references account (section_id, id),
	foreign key (section_id, centre_id) references centre (section_id, id)
);
create unique index word_reader_by_account on word_reader (account_id, coalesce(centre_id, ''));

alter table feedback_code add column asks_words integer not null default 1 check (asks_words in (0, 1));

alter table feedback_words add column state text not null default 'waiting' check (state in ('waiting', 'cleared'));
create index feedback_words_waiting on feedback_words (section_id, code_id) where state = 'waiting';

create table word_handover (
	id text primary key,
	section_id text not null,
	code_id text not null,
	channel text not null,
	handed_over_by text not null,
	handed_over_at INSTANT not null,
	foreign key (section_id, code_id) references feedback_code (section_id, id),
	foreign key (section_id, handed_over_by) references account (section_id, id)
);
create index word_handover_by_code on word_handover (code_id)
`;
