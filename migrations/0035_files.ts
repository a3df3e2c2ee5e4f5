import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';
import { rebuildTable } from '../src/lib/platform/db/rebuild.ts';

export const rebuilds = true;

/**
 * Files lie in a folder beside the database, by their content; a row says whose they are. Evidence is an address or a
 * file, a session plan may have a picture of its own, and an activity may be done otherwise with younger and with older
 * ones. Decision 54.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
	await rebuildTable(db, {
		create: `create table evidence_link (
			id text primary key,
			section_id text not null,
			milestone_id text not null,
			activity_id text,
			name_texts text not null,
			address text,
			file_id text,
			added_by text not null,
			added_at INSTANT not null,
			check ((address is null) <> (file_id is null)),
			foreign key (section_id, milestone_id) references milestone (section_id, id),
			foreign key (section_id, activity_id) references activity (section_id, id),
			foreign key (section_id, file_id) references file (section_id, id),
			foreign key (section_id, added_by) references account (section_id, id)
		)`,
		copy: { file_id: 'null' }
	});
	for (const statement of ddl(db, COLUMNS)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table file (
	id text primary key,
	section_id text not null,
	sha256 text not null,
	type text not null,
	size_bytes integer not null check (size_bytes > 0),
	uploaded_by text not null,
	uploaded_at INSTANT not null,
	loose_at INSTANT,
	unique (section_id, id),
	foreign key (section_id, uploaded_by) references account (section_id, id)
);
create index file_by_sha256 on file (sha256)
`;

const COLUMNS = `
create index evidence_link_by_file on evidence_link (file_id);
alter table session_plan add column picture_file_id text references file (id);
alter table session_plan add column picture_texts text not null default '{}';
create index session_plan_by_picture_file on session_plan (picture_file_id);
alter table plan_activity add column younger_texts text not null default '{}';
alter table plan_activity add column older_texts text not null default '{}'
`;
