import type { Context } from '#lib/platform/command/context.ts';

/**
 * Makes a cohort somebody's own to run from a civil date on, where it is not already. Sorted, so that two who name
 * the same people in another order do not wait for each other. Part of a larger command: runs on its transaction.
 */
export async function giveTo(
	{ db, scope }: Context,
	cohortId: string,
	{ accountIds, fromOn }: { accountIds: readonly string[]; fromOn: string }
): Promise<void> {
	if (accountIds.length === 0) return;
	await db
		.insertInto('cohort_facilitator')
		.values(
			[...new Set(accountIds)].sort().map((account_id) => ({
				cohort_id: cohortId,
				account_id,
				section_id: scope.sectionId,
				from_on: fromOn
			}))
		)
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/** Undoes a `giveTo` that made a cohort somebody's own: as if it had never been. Part of a larger command. */
export async function takeFrom(
	{ db, scope }: Context,
	cohortId: string,
	accountId: string
): Promise<void> {
	await db
		.deleteFrom('cohort_facilitator')
		.where('section_id', '=', scope.sectionId)
		.where('cohort_id', '=', cohortId)
		.where('account_id', '=', accountId)
		.where('until_on', 'is', null)
		.execute();
}

/**
 * Makes these the ones who run a cohort from `today` on, its civil date: others' time ends, and stays written down
 * unless it would begin today.
 */
export async function replaceFacilitators(
	ctx: Context,
	cohortId: string,
	{ accountIds, today }: { accountIds: readonly string[]; today: string }
): Promise<void> {
	const current = await ctx.db
		.selectFrom('cohort_facilitator')
		.select(['account_id', 'from_on'])
		.where('cohort_id', '=', cohortId)
		.where('until_on', 'is', null)
		.execute();
	const gone = current.filter(({ account_id }) => !accountIds.includes(account_id));
	const past = gone.filter(({ from_on }) => from_on < today);
	const idsOf = (rows: typeof gone) => rows.map(({ account_id }) => account_id);
	if (past.length > 0)
		await ctx.db
			.updateTable('cohort_facilitator')
			.set({ until_on: today })
			.where('cohort_id', '=', cohortId)
			.where('until_on', 'is', null)
			.where('account_id', 'in', idsOf(past))
			.execute();
	if (gone.length > past.length)
		await ctx.db
			.deleteFrom('cohort_facilitator')
			.where('cohort_id', '=', cohortId)
			.where('until_on', 'is', null)
			.where('account_id', 'in', idsOf(gone))
			.execute();
	await giveTo(ctx, cohortId, { accountIds, fromOn: today });
}
