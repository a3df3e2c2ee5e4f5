import { keepCounts } from '#lib/features/counts/commands.server.ts';
import { peopleInScope } from '#lib/features/people/queries.server.ts';
import { markMerged } from '#lib/features/people/rows.commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { NewRow } from '#lib/platform/db/schema.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { checkRules, TABLE_RULES } from './tables.commands.server.ts';
import type { Before, Pair } from './types.ts';

export type MergeRefusal = { reason: 'not_found' };

/** What a merge changes, as the audit names it. */
export const MERGED_FIELDS = ['mark', 'cohort_member', 'guardian', 'caregiver', 'merged_into'];

/**
 * Makes one person of two within reach. Marks, memberships, contacts and who cares for whom go to the kept one; where
 * both have one the kept one's stays, widened by the merged one's. What was before is kept, so that `takeApart`
 * gives it back. What becomes of each table: `tables.commands.server.ts`; throws when one has no rule.
 */
export function mergePeople(
	ctx: Context,
	input: Pair,
	once: string
): Promise<Outcome<{ mergeId: string }, MergeRefusal | KeyReused>> {
	return command(ctx, { name: 'merge people', once, input }, async ({ ctx, refuse, audit }) => {
		const { keptId, mergedId } = input;
		const { db } = ctx;
		await checkRules(db);
		const found = await peopleInScope(ctx).where('person.id', 'in', [keptId, mergedId]).execute();
		if (found.length !== 2 || !(await markMerged(ctx, input)))
			return refuse({ reason: 'not_found' });
		const before: Before[] = [];
		for (const rule of TABLE_RULES) before.push(...(await rule.join(ctx, input)));
		const mergeId = newId();
		await db
			.insertInto('person_merge')
			.values({
				id: mergeId,
				section_id: ctx.scope.sectionId,
				kept_id: keptId,
				merged_id: mergedId,
				merged_by: ctx.actor.accountId,
				merged_at: ctx.now,
				undone_by: null,
				undone_at: null
			})
			.execute();
		await keepRows(ctx, mergeId, before);
		if (before.some(({ kind }) => kind === 'mark'))
			await keepCounts(db, ctx.scope.sectionId, { people: [keptId, mergedId] });
		await audit({
			action: 'merge people',
			objectType: 'person',
			objectId: keptId,
			fields: MERGED_FIELDS
		});
		return { mergeId };
	});
}

async function keepRows(
	{ db, scope }: Context,
	merge_id: string,
	before: readonly Before[]
): Promise<void> {
	const rows = before.map(({ kind, id, row }): NewRow<'person_merge_row'> => ({
		merge_id,
		kind,
		row_id: id,
		section_id: scope.sectionId,
		kept_before: row.kept ? JSON.stringify(row.kept) : null,
		merged_before: JSON.stringify(row.merged)
	}));
	await insertAll(db, 'person_merge_row', rows);
}
