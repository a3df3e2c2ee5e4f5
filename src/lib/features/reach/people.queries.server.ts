import { sql } from 'kysely';
import { countsAsReach, isOfProjects } from '#lib/features/counts/queries.server.ts';
import { ATTENDED } from '#lib/features/counts/rules.ts';
import { caresForChild, isAdultOn } from '#lib/features/people/queries.server.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { ReachedPerson } from './types.ts';

/** Three quarters of the sessions held make a cycle completed (`domain.md` 3.4). */
const COMPLETED = { attended: 4, held: 3 };

/** Who was reached in the periods of some targets, as the kept counts say: a row per person and centre, none named. */
export async function listReachedPeople(
	db: Db,
	sectionId: string,
	targetIds: readonly string[]
): Promise<ReachedPerson[]> {
	if (targetIds.length === 0) return [];
	const rows = await db
		.selectFrom('reached_person as reached')
		.innerJoin('person', 'person.id', 'reached.person_id')
		.select(['reached.target_id', 'reached.person_id', 'reached.centre_id', 'reached.first_on'])
		.select(['person.sex', 'person.birth_year', 'person.birth_month', 'person.population_group'])
		.select((eb) => caresForChild(eb).as('cares'))
		.where('reached.section_id', '=', sectionId)
		.where('reached.target_id', 'in', targetIds)
		.execute();
	return rows.map(toPerson);
}

/** How many of those reached in the periods of some targets are adults, and how many of them at each centre. */
export async function countAdults(
	db: Db,
	sectionId: string,
	targetIds: readonly string[]
): Promise<{ of(targetId: string, centreId?: string): number }> {
	if (targetIds.length === 0) return { of: () => 0 };
	const adults = db
		.selectFrom('reached_person as reached')
		.innerJoin('person', 'person.id', 'reached.person_id')
		.select(['reached.target_id', 'reached.person_id'])
		.where('reached.section_id', '=', sectionId)
		.where('reached.target_id', 'in', targetIds)
		.groupBy(['reached.target_id', 'reached.person_id', 'person.birth_year', 'person.birth_month'])
		.having(({ fn }) => isAdultOn(fn.min<string>('reached.first_on')));
	const here = await db
		.selectFrom(adults.as('adults'))
		.innerJoin('reached_person as reached', (join) =>
			join
				.onRef('reached.target_id', '=', 'adults.target_id')
				.onRef('reached.person_id', '=', 'adults.person_id')
		)
		.select(['reached.target_id', 'reached.centre_id'])
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.groupBy(['reached.target_id', 'reached.centre_id'])
		.execute();
	const all = await db
		.selectFrom(adults.as('adults'))
		.select('adults.target_id')
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.groupBy('adults.target_id')
		.execute();
	return {
		of: (targetId, centreId) =>
			(centreId === undefined
				? all.find(({ target_id }) => target_id === targetId)
				: here.find((row) => row.target_id === targetId && row.centre_id === centreId)
			)?.count ?? 0
	};
}

/**
 * Who completed a cycle in the periods of some targets: of the sessions held of it from when they joined, the
 * cycle having none planned any more. `firstOn` is the day of its last session.
 */
export async function listCompleted(
	db: Db,
	sectionId: string,
	targetIds: readonly string[]
): Promise<ReachedPerson[]> {
	if (targetIds.length === 0) return [];
	const attended = sql<number>`count(mark.person_id) * ${sql.lit(COMPLETED.attended)}`;
	const rows = await db
		.selectFrom('session')
		.innerJoin('cohort', 'cohort.id', 'session.cohort_id')
		.innerJoin('target', (join) =>
			join
				.onRef('target.section_id', '=', 'session.section_id')
				.onRef('target.starts_on', '<=', 'session.on_date')
				.onRef('target.ends_on', '>=', 'session.on_date')
		)
		.innerJoin('cohort_member as member', (join) =>
			join
				.onRef('member.cohort_id', '=', 'session.cohort_id')
				.onRef('member.joined_on', '<=', 'session.on_date')
				.on((eb) =>
					eb.or([
						eb('member.left_on', 'is', null),
						eb('member.left_on', '>', eb.ref('session.on_date'))
					])
				)
				.on((eb) =>
					eb.or([
						eb('session.strand', 'in', ['', 'joint']),
						eb('member.strand', '=', ''),
						eb('member.strand', '=', eb.ref('session.strand'))
					])
				)
		)
		.innerJoin('person', 'person.id', 'member.person_id')
		.leftJoin('mark', (join) =>
			join
				.onRef('mark.session_id', '=', 'session.id')
				.onRef('mark.person_id', '=', 'member.person_id')
				.on('mark.code', 'in', ATTENDED)
		)
		.where('session.section_id', '=', sectionId)
		.where('session.status', '=', 'held')
		.where('session.cycle_id', 'is not', null)
		.where(countsAsReach)
		.where(isOfProjects)
		.where('target.id', 'in', targetIds)
		.where('person.merged_into', 'is', null)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('session as planned')
						.select('planned.id')
						.whereRef('planned.cycle_id', '=', 'session.cycle_id')
						.where('planned.status', '=', 'planned')
				)
			)
		)
		.select(['target.id as target_id', 'member.person_id', 'session.centre_id'])
		.select(['person.sex', 'person.birth_year', 'person.birth_month', 'person.population_group'])
		.select((eb) => [
			eb.fn.max<string>('session.on_date').as('first_on'),
			caresForChild(eb).as('cares')
		])
		.groupBy([
			'target.id',
			'member.person_id',
			'session.cycle_id',
			'session.centre_id',
			'person.id'
		])
		.having(attended, '>=', sql<number>`count(*) * ${sql.lit(COMPLETED.held)}`)
		.execute();
	return rows.map(toPerson);
}

function toPerson(row: {
	target_id: string;
	person_id: string;
	centre_id: string;
	first_on: string;
	sex: ReachedPerson['sex'];
	birth_year: number;
	birth_month: number | null;
	population_group: string | null;
	cares: unknown;
}): ReachedPerson {
	return {
		targetId: row.target_id,
		personId: row.person_id,
		centreId: row.centre_id,
		firstOn: row.first_on,
		sex: row.sex,
		birthYear: row.birth_year,
		birthMonth: row.birth_month,
		populationGroup: row.population_group,
		caresForChild: Boolean(row.cares)
	};
}
