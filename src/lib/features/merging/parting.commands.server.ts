import { keepCounts } from '#lib/features/counts/commands.server.ts';
import { markParted } from '#lib/features/people/rows.commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { MERGED_FIELDS } from './commands.server.ts';
import { standingMerges } from './queries.server.ts';
import { TABLE_RULES } from './tables.commands.server.ts';

export type TakeApartRefusal = {
	reason: 'not_found' | 'later_merge' | 'changed_since' | 'cohort_full';
};

/**
 * Makes two of one person again: exactly what the merge moved goes back. Refused when it was not the last
 * merge of the person, when a mark or membership it made was changed since, or a place is no longer free.
 */
export function takeApart(
	ctx: Context,
	input: { keptId: string; mergeId: string },
	once: string
): Promise<Outcome<{ mergedId: string }, TakeApartRefusal | KeyReused>> {
	return command<{ mergedId: string }, TakeApartRefusal>(
		ctx,
		{ name: 'take apart', once, input },
		async ({ ctx, refuse, audit }) => {
			const { keptId } = input;
			const { db } = ctx;
			const [merge] = (await standingMerges(ctx, keptId)).filter(({ id }) => id === input.mergeId);
			if (!merge) return refuse({ reason: 'not_found' });
			if ((await standingMerges(ctx, keptId))[0]!.id !== merge.id)
				refuse({ reason: 'later_merge' });
			const rows = await db
				.selectFrom('person_merge_row')
				.selectAll()
				.where('merge_id', '=', merge.id)
				.execute();
			const mergedId = merge.merged_id;
			for (const rule of TABLE_RULES) {
				const parted = await rule.part(ctx, { keptId, mergedId }, rows);
				if (parted !== 'parted') refuse({ reason: parted });
			}
			await markParted(ctx, mergedId);
			await db.deleteFrom('person_merge_row').where('merge_id', '=', merge.id).execute();
			await db
				.updateTable('person_merge')
				.set({ undone_by: ctx.actor.accountId, undone_at: ctx.now })
				.where('id', '=', merge.id)
				.execute();
			await keepCounts(db, ctx.scope.sectionId, { people: [keptId, mergedId] });
			await audit({
				action: 'take people apart',
				objectType: 'person',
				objectId: keptId,
				fields: MERGED_FIELDS
			});
			return { mergedId };
		}
	);
}
