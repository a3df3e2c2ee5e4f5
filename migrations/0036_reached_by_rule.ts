import { sql, type Kysely } from 'kysely';

/**
 * Somebody counts as reached by the rule of the version that a cycle runs, and since a day that may be none yet. Until
 * now one session was enough: rows of sections whose cycles ask for more are counted again. Decision 55.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of [
		'alter table reached_person add column reached_on text',
		'update reached_person set reached_on = first_on',
		'alter table reached_person drop column first_on',
		...RECOUNT
	])
		await sql.raw(statement).execute(db);
}

const ASKING_FOR_MORE = `section_id in (
	select cycle.section_id from cycle
	inner join curriculum_version as version on version.id = cycle.version_id
	where version.reached_count > 1)`;

const RECOUNT = [
	`insert into reached_person (person_id, target_id, centre_id, section_id, times_count, reached_on)
	select person_id, target_id, centre_id, section_id, count(*), min(case when nth >= needed then on_date end)
	from (
		select mark.person_id, target.id as target_id, session.centre_id, session.section_id, session.on_date,
			coalesce(version.reached_count, 1) as needed,
			row_number() over (partition by mark.person_id, session.cycle_id, target.id
				order by session.on_date, session.start_time, session.id) as nth
		from target
		inner join session on session.section_id = target.section_id
			and session.on_date >= target.starts_on and session.on_date <= target.ends_on
		left join cohort on cohort.id = session.cohort_id
		left join cycle on cycle.id = session.cycle_id
		left join curriculum_version as version on version.id = cycle.version_id
		inner join mark on mark.session_id = session.id and mark.code in ('present', 'late', 'left_early')
		where target.centre_id is null and target.unit = 'people' and session.status = 'held'
			and coalesce(session.audience, cohort.audience) not in ('staff', 'professionals')
	) as attended
	where ${ASKING_FOR_MORE}
	group by person_id, target_id, centre_id, section_id
	on conflict (person_id, target_id, centre_id) do update set reached_on = excluded.reached_on`,
	`update reached_centre set people_count = (
		select count(*) from reached_person as person
		where person.target_id = reached_centre.target_id and person.centre_id = reached_centre.centre_id
			and person.reached_on is not null)
	where ${ASKING_FOR_MORE}`,
	`update reached_target set people_count = (
		select count(distinct person.person_id) from reached_person as person
		where person.target_id = reached_target.target_id and person.reached_on is not null)
	where ${ASKING_FOR_MORE}`
];
