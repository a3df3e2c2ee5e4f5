import { sql } from 'kysely';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';

/** How many places of a cohort are taken. Each is part of a larger command: it runs on its transaction. */

/** However many places there are. */
export const BEYOND = 1_000_000;

/** Counts one more place of a cohort as taken, `upTo` so many beyond those it has; why it cannot, when it is full or closed. */
export async function takePlace(
	{ db }: Context,
	cohort: Pick<Row<'cohort'>, 'id' | 'status'>,
	{ upTo = 0 } = {}
): Promise<'cohort_closed' | 'cohort_full' | null> {
	const { numUpdatedRows } = await db
		.updateTable('cohort')
		.set((eb) => ({ member_count: eb('member_count', '+', 1) }))
		.where('id', '=', cohort.id)
		.where('status', '=', 'open')
		.where((eb) =>
			eb.or([eb('member_count', '<', eb.ref('capacity')), eb('member_count', '<', upTo)])
		)
		.executeTakeFirst();
	if (numUpdatedRows) return null;
	return cohort.status === 'closed' ? 'cohort_closed' : 'cohort_full';
}

/** Takes one more place in each of these cohorts, open or closed; false when one of them is full. */
export async function takePlaces({ db }: Context, cohortIds: readonly string[]): Promise<boolean> {
	if (cohortIds.length === 0) return true;
	const { numUpdatedRows } = await db
		.updateTable('cohort')
		.set((eb) => ({ member_count: eb('member_count', '+', 1) }))
		.where('id', 'in', cohortIds)
		.whereRef('member_count', '<', 'capacity')
		.executeTakeFirst();
	return Number(numUpdatedRows) === cohortIds.length;
}

/** Gives one place back in each of these cohorts. */
export async function giveBackPlaces({ db }: Context, cohortIds: readonly string[]): Promise<void> {
	if (cohortIds.length === 0) return;
	await db
		.updateTable('cohort')
		.set((eb) => ({ member_count: eb('member_count', '-', 1) }))
		.where('id', 'in', cohortIds)
		.execute();
}

/** Adds so many places to the taken ones of each cohort; `sign` -1 gives them back. Those of `growing` are made. */
export async function countPlaces(
	{ db, scope }: Context,
	places: ReadonlyMap<string, number>,
	sign: 1 | -1,
	growing: readonly string[] = []
): Promise<void> {
	if (places.size === 0) return;
	const cases = [...places].map(([id, count]) => sql`when ${id} then ${sql.lit(sign * count)}`);
	const count = sql<number>`member_count + case id ${sql.join(cases, sql` `)} else 0 end`;
	await db
		.updateTable('cohort')
		.set((eb) => ({
			member_count: count,
			...(growing.length > 0 && {
				capacity: eb.case().when('id', 'in', growing).then(count).else(eb.ref('capacity')).end()
			})
		}))
		.where('section_id', '=', scope.sectionId)
		.where('id', 'in', [...places.keys()])
		.execute();
}
