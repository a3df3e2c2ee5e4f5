import type { Context } from '#lib/platform/command/context.ts';
import { batchesOf } from '#lib/platform/db/batches.ts';
import type { NewRow } from '#lib/platform/db/schema.ts';

/**
 * Takes five-minute slots; false when another session holds one of them. Sorted, so that two who take
 * slots on PostgreSQL wait for each other in the same order and never for ever.
 */
export async function insertSlots(ctx: Context, wanted: NewRow<'slot'>[]): Promise<boolean> {
	for (const some of batchesOf(wanted.toSorted(bySlot))) {
		const { numInsertedOrUpdatedRows } = await ctx.db
			.insertInto('slot')
			.values(some)
			.onConflict((conflict) => conflict.columns(['resource', 'on_date', 'slot']).doNothing())
			.executeTakeFirst();
		if (Number(numInsertedOrUpdatedRows ?? 0) < some.length) return false;
	}
	return true;
}

function bySlot(a: NewRow<'slot'>, b: NewRow<'slot'>): number {
	return a.resource < b.resource
		? -1
		: a.resource > b.resource
			? 1
			: a.on_date < b.on_date
				? -1
				: a.on_date > b.on_date
					? 1
					: a.slot - b.slot;
}
