import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/**
 * What a session is made of: objectives, materials, notes and ordered activities; what a curriculum is for; the rule
 * by which somebody counts, kept with the version; and from which row of an earlier version each was copied. Decision 48.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, COLUMNS + TABLES)) await sql.raw(statement).execute(db);
}

const COLUMNS = `
alter table curriculum add column type text;
alter table curriculum add column layer text;
alter table curriculum add column retired_on text;
alter table curriculum add column outdated text not null default '{}';
alter table curriculum add column version integer not null default 1;

alter table curriculum_version add column copied_from text;
alter table curriculum_version add column revision integer not null default 1;
alter table curriculum_version add column reached_count integer not null default 1 check (reached_count between 1 and 999);
alter table curriculum_version add column engaged_count integer not null default 3 check (engaged_count between 1 and 999);
alter table curriculum_version add column engaged_pct integer not null default 50 check (engaged_pct between 1 and 100);
alter table curriculum_version add column completed_pct integer not null default 75 check (completed_pct between 1 and 100);
alter table curriculum_version add column dropped_count integer not null default 3 check (dropped_count between 1 and 999);
create unique index one_draft_of_curriculum on curriculum_version (curriculum_id) where published_on is null;

alter table curriculum_module add column outdated text not null default '{}';
alter table curriculum_module add column version integer not null default 1;

alter table session_plan add column strand text not null default '';
alter table session_plan add column objectives_texts text not null default '{}';
alter table session_plan add column materials_texts text not null default '{}';
alter table session_plan add column variants_texts text not null default '{}';
alter table session_plan add column notes_texts text not null default '{}';
alter table session_plan add column outdated text not null default '{}';
alter table session_plan add column version integer not null default 1;
alter table session_plan add column stem_id text;
`;

const TABLES = `
create table plan_activity (
	id text primary key,
	section_id text not null,
	plan_id text not null,
	position integer not null,
	minutes integer not null check (minutes between 1 and 720),
	title_texts text not null,
	children_texts text not null,
	says_texts text not null,
	outdated text not null default '{}',
	version integer not null default 1,
	unique (section_id, id),
	unique (plan_id, position),
	foreign key (section_id, plan_id) references session_plan (section_id, id)
)
`;
