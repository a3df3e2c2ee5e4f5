import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/**
 * A section picks what children are asked, per curriculum and where a curriculum has nothing of its own: versions, of
 * which a published one never changes. A code keeps the version it was opened with; those of before, and of sections
 * that picked nothing, ask the forms that come with Halqa. Forms filled in on paper are typed in. Decision 53.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table asked_version (
	id text primary key,
	section_id text not null,
	curriculum_id text,
	number integer not null check (number > 0),
	content text not null,
	revision integer not null default 1,
	published_on text,
	published_by text,
	unique (section_id, id),
	check ((published_on is null) = (published_by is null)),
	foreign key (section_id, curriculum_id) references curriculum (section_id, id),
	foreign key (section_id, published_by) references account (section_id, id)
);
create unique index asked_version_number on asked_version (section_id, coalesce(curriculum_id, ''), number);
create unique index asked_version_draft on asked_version (section_id, coalesce(curriculum_id, '')) where published_on is null;
create index asked_version_by_curriculum on asked_version (curriculum_id);

alter table feedback_code add column asked_version_id text references asked_version (id);
alter table feedback_code add column is_paper integer not null default 0 check (is_paper in (0, 1));
create index feedback_code_by_asked on feedback_code (asked_version_id);

create table paper_entry (
	code_id text not null,
	account_id text not null,
	section_id text not null,
	sheet_count integer not null check (sheet_count > 0),
	primary key (code_id, account_id),
	foreign key (section_id, code_id) references feedback_code (section_id, id),
	foreign key (section_id, account_id) references account (section_id, id)
);
create index paper_entry_by_account on paper_entry (account_id)
`;
