import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';
import { rebuildTable } from '../src/lib/platform/db/rebuild.ts';

export const rebuilds = true;

/**
 * What a section counts has a definition (an indicator) that targets point at; who counts is said on the target
 * itself; a changed number is kept with its reason, the old one beside it; and a target may have parts by sex, age
 * and population group that need not add up. Decision 49.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	const [indicator = '', ...others] = ddl(db, TABLES);
	await sql.raw(indicator).execute(db);
	await rebuildTable(db, {
		create: `create table target (
			id text primary key,
			section_id text not null references section (id),
			centre_id text,
			parent_id text,
			indicator_id text,
			name_texts text not null,
			definition_texts text not null default '{}',
			starts_on text not null,
			ends_on text not null,
			unit text not null default 'people',
			amount integer not null check (amount > 0),
			version integer not null default 1,
			is_example integer not null check (is_example in (0, 1)),
			unique (section_id, id),
			check (ends_on >= starts_on),
			foreign key (section_id, centre_id) references centre (section_id, id),
			foreign key (section_id, parent_id) references target (section_id, id),
			foreign key (section_id, indicator_id) references indicator (section_id, id)
		)`
	});
	for (const statement of others) await sql.raw(statement).execute(db);
}

const TABLES = `
create table indicator (
	id text primary key,
	section_id text not null references section (id),
	name_texts text not null,
	definition_texts text not null,
	unit text not null default 'people',
	measure text not null,
	rule_version integer not null default 1 check (rule_version > 0),
	disaggregation text not null default '',
	activityinfo_code text,
	iati_code text,
	dhis2_code text,
	version integer not null default 1,
	unique (section_id, id)
);

create table target_change (
	id text primary key,
	section_id text not null,
	target_id text not null,
	old_numbers text not null,
	new_numbers text not null,
	reason text not null,
	proposed_by text not null,
	proposed_at INSTANT not null,
	took_effect_at INSTANT,
	confirmed_by text,
	confirmed_at INSTANT,
	dropped_at INSTANT,
	check ((confirmed_by is null) = (confirmed_at is null)),
	check (took_effect_at is null or dropped_at is null),
	foreign key (section_id, target_id) references target (section_id, id),
	foreign key (section_id, proposed_by) references account (section_id, id),
	foreign key (section_id, confirmed_by) references account (section_id, id)
);
create index target_change_of_target on target_change (target_id, proposed_at);
create unique index target_change_waiting on target_change (target_id)
	where took_effect_at is null and dropped_at is null;

create table target_group (
	id text primary key,
	section_id text not null,
	target_id text not null,
	sex text,
	age_from integer,
	age_to integer,
	population_group text,
	amount integer not null check (amount > 0),
	check (sex is not null or age_from is not null or age_to is not null or population_group is not null),
	check (age_from is null or age_to is null or age_to >= age_from),
	foreign key (section_id, target_id) references target (section_id, id)
);
create index target_group_of_target on target_group (target_id)
`;
