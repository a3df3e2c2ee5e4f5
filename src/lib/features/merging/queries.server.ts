import { openName, peopleInScope } from '#lib/features/people/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';

/** Who was merged into a person within reach, latest first; only the first can be taken apart. */
export async function listMergesInto(
	ctx: Context,
	keptId: string
): Promise<{ id: string; name: string; mergedAt: number }[]> {
	return (await standingMerges(ctx, keptId)).map((row) => ({
		id: row.id,
		name: openName(ctx.ring, row.merged_id, row.name_sealed),
		mergedAt: row.merged_at
	}));
}

/** Merges into a person within reach that were not taken apart, latest first. */
export function standingMerges(ctx: Context, keptId: string) {
	return ctx.db
		.selectFrom('person_merge as merge')
		.innerJoin('person as merged', 'merged.id', 'merge.merged_id')
		.select(['merge.id', 'merge.merged_id', 'merge.merged_at', 'merged.name_sealed'])
		.where('merge.section_id', '=', ctx.scope.sectionId)
		.where('merge.kept_id', '=', keptId)
		.where('merge.kept_id', 'in', peopleInScope(ctx).clearSelect().select('person.id'))
		.where('merge.undone_at', 'is', null)
		.orderBy('merge.merged_at', 'desc')
		.orderBy('merge.id', 'desc')
		.execute();
}
