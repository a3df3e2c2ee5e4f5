import type { Context } from '#lib/platform/command/context.ts';
import { batchesOf } from '#lib/platform/db/batches.ts';
import { asGuardian } from './guardians.queries.server.ts';
import { peopleInScope } from './queries.server.ts';
import type { Guardian } from './types.ts';

/** Who is responsible for each of these people within reach, in the order they were written down. */
export async function listContacts(
	ctx: Context,
	personIds: readonly string[]
): Promise<Map<string, Guardian[]>> {
	const found = new Map<string, Guardian[]>();
	for (const batch of batchesOf(personIds)) {
		const rows = await ctx.db
			.selectFrom('guardian')
			.selectAll()
			.where('section_id', '=', ctx.scope.sectionId)
			.where('person_id', 'in', batch)
			.where('person_id', 'in', peopleInScope(ctx).clearSelect().select('person.id'))
			.orderBy('id')
			.execute();
		for (const row of rows)
			found.set(row.person_id, [...(found.get(row.person_id) ?? []), asGuardian(ctx.ring, row)]);
	}
	return found;
}
