import { sql } from 'kysely';
import { countsAsReach, isPaidBy } from '#lib/features/counts/queries.server.ts';
import { takingPart } from '#lib/features/counts/standing.queries.server.ts';
import { caresForChild, isAdultOn } from '#lib/features/people/queries.server.ts';
import type { Db } from '#lib/platform/db/open.ts';
import type { ReachedPerson } from './types.ts';

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
		.select(['reached.target_id', 'reached.person_id', 'reached.centre_id', 'reached.reached_on'])
		.select(['person.sex', 'person.birth_year', 'person.birth_month', 'person.population_group'])
		.select((eb) => caresForChild(eb).as('cares'))
		.where('reached.section_id', '=', sectionId)
		.where('reached.target_id', 'in', targetIds)
		.where('reached.reached_on', 'is not', null)
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
		.where('reached.reached_on', 'is not', null)
		.groupBy(['reached.target_id', 'reached.person_id', 'person.birth_year', 'person.birth_month'])
		.having(({ fn }) => isAdultOn(fn.min<string>('reached.reached_on')));
	const here = await db
		.selectFrom(adults.as('adults'))
		.innerJoin('reached_person as reached', (join) =>
			join
				.onRef('reached.target_id', '=', 'adults.target_id')
				.onRef('reached.person_id', '=', 'adults.person_id')
		)
		.where('reached.reached_on', 'is not', null)
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
 * Who completed a cycle in the periods of some targets: by the rule of the version it runs, of the sessions held of it
 * from when they joined, it having none planned any more. `firstOn` is the day of its last session, which says the period.
 */
export async function listCompleted(
	db: Db,
	sectionId: string,
	targetIds: readonly string[]
): Promise<ReachedPerson[]> {
	if (targetIds.length === 0) return [];
	const rows = await db
		.selectFrom(takingPart(db, sectionId).where(countsAsReach).as('part'))
		.innerJoin('cycle', 'cycle.id', 'part.cycle_id')
		.innerJoin('curriculum_version as version', 'version.id', 'cycle.version_id')
		.innerJoin('person', 'person.id', 'part.person_id')
		.innerJoin('target', (join) =>
			join
				.onRef('target.section_id', '=', 'cycle.section_id')
				.onRef('target.starts_on', '<=', 'part.last_on')
				.onRef('target.ends_on', '>=', 'part.last_on')
		)
		.where('target.id', 'in', targetIds)
		.where(isPaidBy('part.cycle_id'))
		.where('person.merged_into', 'is', null)
		.where('part.planned_count', '=', 0)
		.where(sql<boolean>`part.attended_count * 100 >= part.held_count * version.completed_pct`)
		.select(['target.id as target_id', 'part.person_id', 'cycle.centre_id'])
		.select(['person.sex', 'person.birth_year', 'person.birth_month', 'person.population_group'])
		.select((eb) => [eb.ref('part.last_on').as('reached_on'), caresForChild(eb).as('cares')])
		.execute();
	return rows.map(toPerson);
}

function toPerson(row: {
	target_id: string;
	person_id: string;
	centre_id: string;
	reached_on: string | null;
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
		firstOn: row.reached_on!,
		sex: row.sex,
		birthYear: row.birth_year,
		birthMonth: row.birth_month,
		populationGroup: row.population_group,
		caresForChild: Boolean(row.cares)
	};
}
