import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/**
 * How many answered, said once by somebody who did not run the session; how many were members of the
 * cohort, written when a code closes; one fresh code in place of one that took too many forms; why a
 * headcount is far above the members; and which adult of the register is responsible for which child.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
}

const TABLES = `
create table feedback_vouch (
	session_id text primary key,
	section_id text not null,
	answered_count integer not null check (answered_count >= 0),
	vouched_by text not null,
	vouched_on text not null,
	foreign key (section_id, session_id) references session (section_id, id),
	foreign key (section_id, vouched_by) references account (section_id, id)
);

create table caregiver (
	child_id text not null,
	caregiver_id text not null,
	section_id text not null,
	relation text not null check (relation in ('mother', 'father', 'grandparent', 'sibling', 'relative', 'guardian', 'other')),
	primary key (child_id, caregiver_id),
	check (child_id <> caregiver_id),
	foreign key (section_id, child_id) references person (section_id, id),
	foreign key (section_id, caregiver_id) references person (section_id, id)
);
create index caregiver_by_caregiver on caregiver (caregiver_id);

alter table feedback_code drop column more_than_present;
alter table feedback_code add column member_count integer check (member_count >= 0);
alter table feedback_code add column fresh_on text;
alter table feedback_code add column first_code text;
create unique index feedback_code_by_first on feedback_code (first_code);
update feedback_code set member_count = (
	select coalesce(nullif((
		select count(*) from cohort_member as member
		where member.cohort_id = session.cohort_id
		and member.joined_on <= session.on_date
		and (member.left_on is null or member.left_on > session.on_date)
	), 0), cohort.capacity)
	from session inner join cohort on cohort.id = session.cohort_id
	where session.id = feedback_code.session_id
) where closed_at is not null;

alter table session add column headcount_reason_sealed text
`;
