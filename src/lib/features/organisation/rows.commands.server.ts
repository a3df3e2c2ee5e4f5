import type { Context } from '#lib/platform/command/context.ts';

/**
 * Holds the section's row to the end of the transaction: who else asks for it waits, on PostgreSQL too. For what
 * must come one after the other in a section.
 */
export async function lockSection({ db, scope }: Context): Promise<void> {
	await db
		.updateTable('section')
		.set((eb) => ({ zone: eb.ref('zone') }))
		.where('id', '=', scope.sectionId)
		.execute();
}
