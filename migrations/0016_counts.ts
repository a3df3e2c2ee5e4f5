import { sql, type Kysely } from 'kysely';
import { ddl } from '../src/lib/platform/db/ddl.ts';

/**
 * Kept counts of reach: who attended how often at which centre in the period of a country's target, which
 * held sessions count for it, and the totals of both; filled from the registers that are there. These rows
 * repeat what marks say, so they name people and sessions without a foreign key: the count follows a
 * removal, and never stands in its way.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of ddl(db, TABLES)) await sql.raw(statement).execute(db);
	for (const statement of FILL) await sql.raw(statement).execute(db);
}

const TABLES = `
create table reached_person (
	person_id text not null,
	target_id text not null,
	centre_id text not null,
	section_id text not null,
	times_count integer not null check (times_count > 0),
	first_on text not null,
	primary key (person_id, target_id, centre_id),
	foreign key (section_id, target_id) references target (section_id, id),
	foreign key (section_id, centre_id) references centre (section_id, id)
);
create index reached_person_by_target on reached_person (target_id, centre_id);

create table reached_session (
	session_id text not null,
	target_id text not null,
	centre_id text not null,
	section_id text not null,
	primary key (session_id, target_id),
	foreign key (section_id, target_id) references target (section_id, id),
	foreign key (section_id, centre_id) references centre (section_id, id)
);
create index reached_session_by_target on reached_session (target_id, centre_id);

create table reached_centre (
	target_id text not null,
	centre_id text not null,
	section_id text not null,
	people_count integer not null,
	participation_count integer not null,
	session_count integer not null,
	primary key (target_id, centre_id),
	foreign key (section_id, target_id) references target (section_id, id),
	foreign key (section_id, centre_id) references centre (section_id, id)
);

create table reached_target (
	target_id text primary key,
	section_id text not null,
	people_count integer not null,
	foreign key (section_id, target_id) references target (section_id, id)
);

create table count_lock (
	section_id text primary key references section (id),
	change_count integer not null
)
`;

const COUNTED = `
	from target
	inner join session on session.section_id = target.section_id
		and session.on_date >= target.starts_on and session.on_date <= target.ends_on
	left join cohort on cohort.id = session.cohort_id
	SEEN
	where target.centre_id is null and target.unit = 'people' and session.status = 'held'
		and coalesce(session.audience, cohort.audience) not in ('staff', 'professionals')`;

const FILL = [
	`insert into reached_person (person_id, target_id, centre_id, section_id, times_count, first_on)
	select mark.person_id, target.id, session.centre_id, target.section_id, count(*), min(session.on_date)
	${COUNTED.replace('SEEN', "inner join mark on mark.session_id = session.id and mark.code in ('present', 'late', 'left_early')")}
	group by mark.person_id, target.id, session.centre_id, target.section_id`,
	`insert into reached_session (session_id, target_id, centre_id, section_id)
	select session.id, target.id, session.centre_id, target.section_id ${COUNTED.replace('SEEN', '')}`,
	`insert into reached_centre (target_id, centre_id, section_id, people_count, participation_count, session_count)
	select target_id, centre_id, section_id, sum(people), sum(participations), sum(sessions) from (
		select target_id, centre_id, section_id, count(*) as people, sum(times_count) as participations, 0 as sessions
		from reached_person group by target_id, centre_id, section_id
		union all
		select target_id, centre_id, section_id, 0, 0, count(*)
		from reached_session group by target_id, centre_id, section_id
	) as both_counts group by target_id, centre_id, section_id`,
	`insert into reached_target (target_id, section_id, people_count)
	select target_id, section_id, count(distinct person_id) from reached_person group by target_id, section_id`
];
