import type { Context } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { WaitingOutcome } from '#lib/platform/db/vocabularies.ts';

/** Rows of who waits for a place. Each is part of a larger command: it runs on its transaction. */

interface Waiting {
	cohortId: string;
	personId: string;
}

/** Puts somebody at the end of a cohort's waiting list; false for who is on it already. */
export async function beginWaiting(
	{ db, scope, now }: Context,
	{ cohortId, personId }: Waiting
): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await db
		.insertInto('waiting_place')
		.values({
			...{ id: newId(), section_id: scope.sectionId, cohort_id: cohortId, person_id: personId },
			...{ asked_at: now, ended_at: null, outcome: null }
		})
		.onConflict((conflict) =>
			conflict.columns(['cohort_id', 'person_id']).where('ended_at', 'is', null).doNothing()
		)
		.executeTakeFirst();
	return Boolean(numInsertedOrUpdatedRows);
}

/** Ends somebody's waiting for a cohort, as `joined` unless said otherwise; the id of it, or null for who did not wait. */
export async function endWaiting(
	{ db, scope, now }: Context,
	{ cohortId, personId }: Waiting,
	outcome: WaitingOutcome = 'joined'
): Promise<string | null> {
	const ended = await db
		.updateTable('waiting_place')
		.set({ ended_at: now, outcome })
		.where('section_id', '=', scope.sectionId)
		.where('cohort_id', '=', cohortId)
		.where('person_id', '=', personId)
		.where('ended_at', 'is', null)
		.returning('id')
		.executeTakeFirst();
	return ended?.id ?? null;
}

/** Puts somebody back where they waited; false when they wait again already. */
export async function waitAgain(ctx: Context, id: string): Promise<boolean> {
	const { numUpdatedRows } = await ctx.db
		.updateTable('waiting_place as back')
		.set({ ended_at: null, outcome: null })
		.where('back.id', '=', id)
		.where('back.section_id', '=', ctx.scope.sectionId)
		.where('back.ended_at', 'is not', null)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('waiting_place as now')
						.select('now.id')
						.whereRef('now.cohort_id', '=', 'back.cohort_id')
						.whereRef('now.person_id', '=', 'back.person_id')
						.where('now.ended_at', 'is', null)
				)
			)
		)
		.executeTakeFirst();
	return Boolean(numUpdatedRows);
}

/** Lets rows of one person be another's. */
export async function handOverWaiting(
	{ db, scope }: Context,
	{ to, ids }: { to: string; ids: readonly string[] }
): Promise<void> {
	if (ids.length === 0) return;
	await db
		.updateTable('waiting_place')
		.set({ person_id: to })
		.where('section_id', '=', scope.sectionId)
		.where('id', 'in', ids)
		.execute();
}
