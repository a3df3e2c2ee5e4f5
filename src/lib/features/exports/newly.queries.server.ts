import { ATTENDED } from '#lib/features/attendance/rules.ts';
import { countsAsReach } from '#lib/features/counts/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Sex } from '#lib/platform/db/schema.ts';
import { sql } from 'kysely';
import { daysOfMonth, daysOfYear } from './rules.ts';

/** How many people who are alike in all that is reported were newly reached at a centre in a month. */
export interface NewlyReached {
	centreId: string;
	sex: Sex;
	birthYear: number;
	/** 1 to 12. */
	birthMonth: number | null;
	populationGroup: string | null;
	count: number;
}

/**
 * People whose first attendance of the calendar year, anywhere in the section, fell into a month `YYYY-MM`,
 * where it was: each once a year, so that months and centres add up. Of the centres within reach alone.
 * Staff training is left out.
 */
export async function listNewlyReached(ctx: Context, month: string): Promise<NewlyReached[]> {
	const { from, to } = daysOfMonth(month);
	const { db, scope } = ctx;
	const firsts = db
		.selectFrom('session')
		.leftJoin('cohort', 'cohort.id', 'session.cohort_id')
		.innerJoin('mark', 'mark.session_id', 'session.id')
		.where('session.section_id', '=', scope.sectionId)
		.where(countsAsReach)
		.where('session.status', '=', 'held')
		.where('session.on_date', '>=', daysOfYear(month).from)
		.where('session.on_date', '<=', to)
		.where('mark.code', 'in', ATTENDED)
		// Date, time and session in one text of fixed width: the least of a person is their first session.
		.select([
			'mark.person_id',
			sql<string>`min(session.on_date || session.start_time || session.id)`.as('first')
		])
		.groupBy('mark.person_id');
	const rows = await db
		.selectFrom(firsts.as('firsts'))
		.innerJoin('session', (join) => join.on('session.id', '=', sql<string>`substr(first, 16)`))
		.innerJoin('person', 'person.id', 'firsts.person_id')
		.where('session.on_date', '>=', from)
		.$if(scope.centreIds !== null, (query) =>
			query.where('session.centre_id', 'in', scope.centreIds!)
		)
		.select((eb) => [
			'session.centre_id',
			'person.sex',
			'person.birth_year',
			'person.birth_month',
			'person.population_group',
			eb.fn.countAll<number>().as('count')
		])
		.groupBy([
			'session.centre_id',
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

/** How many people were newly reached in a month at the centres within reach. */
export async function countNewlyReached(ctx: Context, month: string): Promise<number> {
	return (await listNewlyReached(ctx, month)).reduce((sum, { count }) => sum + count, 0);
}
