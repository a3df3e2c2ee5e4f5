import type { Context } from '#lib/platform/command/context.ts';
import { inBatches, insertAll } from '#lib/platform/db/batches.ts';
import type { NewRow, Row } from '#lib/platform/db/schema.ts';

/** Rows of cohorts and of members for the commands of other features: on their transaction, by their rules. */

/** Writes new cohorts. */
export async function addCohorts({ db }: Context, rows: readonly Row<'cohort'>[]): Promise<void> {
	await insertAll(db, 'cohort', rows);
}

/** Overwrites ages, places and audience of cohorts that are there; how many members they have stays. */
export async function overwriteCohorts(
	{ db }: Context,
	rows: readonly Row<'cohort'>[]
): Promise<void> {
	await inBatches(rows, (batch) =>
		db
			.insertInto('cohort')
			.values(batch)
			.onConflict((conflict) =>
				conflict.column('id').doUpdateSet((eb) => ({
					age_from: eb.ref('excluded.age_from'),
					age_to: eb.ref('excluded.age_to'),
					capacity: eb.ref('excluded.capacity'),
					audience: eb.ref('excluded.audience')
				}))
			)
			.execute()
	);
}

/** Writes times of people in cohorts. One from the same day on is in the way, unless those known are to be kept. */
export async function addMembers(
	{ db }: Context,
	rows: readonly NewRow<'cohort_member'>[],
	{ keepKnown = false } = {}
): Promise<void> {
	await inBatches(rows, (batch) =>
		db
			.insertInto('cohort_member')
			.values(batch)
			.$if(keepKnown, (query) => query.onConflict((conflict) => conflict.doNothing()))
			.execute()
	);
}

/** Removes every time of these people in these cohorts; places stay taken. */
export async function removeMembers(
	{ db }: Context,
	{ personIds, cohortIds }: { personIds: readonly string[]; cohortIds: readonly string[] }
): Promise<void> {
	await db
		.deleteFrom('cohort_member')
		.where('person_id', 'in', personIds)
		.where('cohort_id', 'in', cohortIds)
		.execute();
}
