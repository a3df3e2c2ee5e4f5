import { ATTENDED } from '#lib/features/attendance/rules.ts';
import { countsAsReach, reachesBy } from '#lib/features/counts/queries.server.ts';
import { ADULT_AGE, ageOn } from '#lib/features/people/rules.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { sql, type AliasableExpression } from 'kysely';
import { daysOfMonth, daysOfYear, yearOf } from './periods.rules.ts';
import type { NewlyReached } from './types.ts';

/** First sessions by which people count as reached in the calendar year of a month `YYYY-MM`, up to its end: of each person, where it was. */
export function firstAttendances(db: Db, sectionId: string, month: string) {
	const attended = db
		.selectFrom('session')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.leftJoin('cycle', 'cycle.id', 'session.cycle_id')
		.leftJoin('curriculum_version as version', 'version.id', 'cycle.version_id')
		.innerJoin('mark', 'mark.session_id', 'session.id')
		.where('session.section_id', '=', sectionId)
		.where(countsAsReach)
		.where('session.status', '=', 'held')
		.where('session.on_date', '>=', daysOfYear(month).from)
		.where('session.on_date', '<=', daysOfMonth(month).to)
		.where('mark.code', 'in', ATTENDED)
		// Date, time and session in one text of fixed width: the least of a person is their first session.
		.select([
			'mark.person_id',
			sql<string>`session.on_date || session.start_time || session.id`.as('at'),
			reachesBy().as('reaches')
		]);
	const firsts = db
		.selectFrom(attended.as('attended'))
		.where(sql<boolean>`reaches`)
		.select((eb) => ['person_id', eb.fn.min<string>('at').as('first')])
		.groupBy('person_id');
	return db
		.selectFrom(firsts.as('firsts'))
		.innerJoin('session', (join) => join.on('session.id', '=', sql<string>`substr(first, 16)`))
		.select(['firsts.person_id', 'session.centre_id', 'session.on_date']);
}

/**
 * The same of those who are in no snapshot of the year, nor is a row that was merged into theirs, at once or by way of others: whom the next
 * one counts, also who was there in a month before it and was recorded late.
 */
export function unpublishedFirsts(db: Db, sectionId: string, month: string) {
	const published = db
		.selectFrom('published_person as published')
		.where('published.section_id', '=', sectionId)
		.where('published.year', '=', yearOf(month));
	const merged = db
		.withRecursive('merged(person_id)', (cte) =>
			cte
				.selectFrom('published_person as published')
				.innerJoin('person', 'person.id', 'published.person_id')
				.where('published.section_id', '=', sectionId)
				.where('published.year', '=', yearOf(month))
				.where('person.merged_into', 'is not', null)
				.select((eb) => eb.ref('person.merged_into').$notNull().as('person_id'))
				.union(
					cte
						.selectFrom('merged')
						.innerJoin('person', 'person.id', 'merged.person_id')
						.where('person.merged_into', 'is not', null)
						.select((eb) => eb.ref('person.merged_into').$notNull().as('person_id'))
				)
		)
		.selectFrom('merged')
		.select('merged.person_id');
	return firstAttendances(db, sectionId, month)
		.where(({ not, exists }) =>
			not(
				exists(
					published
						.select('published.person_id')
						.whereRef('published.person_id', '=', sql.ref('firsts.person_id'))
				)
			)
		)
		.where('firsts.person_id', 'not in', merged);
}

/**
 * People whose first attendance of the calendar year, anywhere in the section, fell into a month `YYYY-MM`,
 * where it was: each once a year, so that months and centres add up. Of the centres within reach alone.
 * Staff training is left out.
 */
export async function listNewlyReached(
	{ db, scope }: Context,
	month: string
): Promise<NewlyReached[]> {
	const firsts = firstAttendances(db, scope.sectionId, month)
		.where('session.on_date', '>=', daysOfMonth(month).from)
		.$if(scope.centreIds !== null, (query) =>
			query.where('session.centre_id', 'in', scope.centreIds!)
		);
	return groupAlike(db, firsts);
}

/** How many people were newly reached in a month at the centres within reach, and how many of them are adults at its end. */
export async function countNewlyByKind(
	ctx: Context,
	month: string
): Promise<{ people: number; adults: number }> {
	const rows = await listNewlyReached(ctx, month);
	const sum = (of: readonly NewlyReached[]) => of.reduce((total, { count }) => total + count, 0);
	const { to } = daysOfMonth(month);
	return { people: sum(rows), adults: sum(rows.filter((row) => ageOn(row, to) >= ADULT_AGE)) };
}

/** People with where they were first, counted by what is reported of them. */
export async function groupAlike(
	db: Db,
	people: AliasableExpression<{ person_id: string; centre_id: string }>
): Promise<NewlyReached[]> {
	const rows = await db
		.selectFrom(people.as('those'))
		.innerJoin('person', 'person.id', 'those.person_id')
		.select((eb) => [
			'those.centre_id',
			'person.sex',
			'person.birth_year',
			'person.birth_month',
			'person.population_group',
			eb.fn.countAll<number>().as('count')
		])
		.groupBy([
			'those.centre_id',
			'person.sex',
			'person.birth_year',
			'person.birth_month',
			'person.population_group'
		])
		.execute();
	return rows.map((row) => ({
		centreId: row.centre_id,
		sex: row.sex,
		birthYear: row.birth_year,
		birthMonth: row.birth_month,
		populationGroup: row.population_group,
		count: row.count
	}));
}
