import { sql, type Kysely } from 'kysely';
import { BUILT_IN } from '../src/lib/features/directory/built-in.rules.ts';
import { ddl } from '../src/lib/platform/db/ddl.ts';
import { newId } from '../src/lib/platform/ids/ids.ts';

/** Whom to turn to, per section and centre, kept by people; sections that are here begin with the numbers of their country. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
	const { rows: sections } = await sql<{ id: string; country: string }>`
		select id, country from section`.execute(db);
	for (const { id, country } of sections)
		for (const [at, entry] of (BUILT_IN[country] ?? []).entries())
			await sql`insert into help_entry (id, section_id, kind, audience, name_texts, purpose_texts,
				hours_texts, place_texts, phone, languages, position, source_texts)
				values (${newId()}, ${id}, ${entry.kind}, ${entry.audience}, ${JSON.stringify(entry.name)},
				${JSON.stringify(entry.purpose)}, ${JSON.stringify(entry.hours)}, '{}', ${entry.phone},
				${entry.languages.join(',')}, ${at + 1}, ${JSON.stringify(entry.source)})`.execute(db);
}

const TABLES = `
create table help_entry (
	id text primary key,
	section_id text not null references section (id),
	centre_id text,
	kind text not null,
	audience text not null,
	name_texts text not null,
	purpose_texts text not null,
	hours_texts text not null,
	place_texts text not null,
	phone text,
	chat text,
	languages text not null,
	position integer not null check (position between 1 and 99),
	source_texts text,
	verified_on text,
	verified_by text,
	check ((verified_on is null) = (verified_by is null)),
	check (phone is not null or chat is not null or place_texts <> '{}'),
	foreign key (section_id, centre_id) references centre (section_id, id),
	foreign key (section_id, verified_by) references account (section_id, id)
);
create index help_entry_by_section on help_entry (section_id, centre_id)
`;
