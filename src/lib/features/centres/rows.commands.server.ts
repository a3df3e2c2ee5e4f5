import type { Context } from '#lib/platform/command/context.ts';

/** Holds a centre's row to the end of the transaction: what must come one after the other at a centre waits for it. */
export async function lockCentre({ db }: Context, centreId: string): Promise<void> {
	await db
		.updateTable('centre')
		.set((eb) => ({ zone: eb.ref('zone') }))
		.where('id', '=', centreId)
		.execute();
}
