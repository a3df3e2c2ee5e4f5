import { findHeld } from '#lib/features/people/places.queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { inBatches } from '#lib/platform/db/batches.ts';
import { findReferred, foreignKeys } from '#lib/platform/db/references.ts';
import type { StoredRow, Written } from './ledger-rows.server.ts';

/**
 * Those of the rows an import added that nothing else needs: no row of another table refers to one, by the foreign
 * keys the database really has.
 */
export async function withoutNeeded(
	ctx: Context,
	table: Written,
	keys: string[][]
): Promise<string[][]> {
	if (table === 'cohort_member') return withoutMarked(ctx, keys);
	const ids = keys.map(([id]) => id!);
	const needed =
		table === 'person'
			? await findHeld(ctx.db, ids)
			: await findReferred(ctx.db, await columnsTo(ctx, table), ids);
	return keys.filter(([id]) => !needed.has(id!));
}

async function columnsTo(ctx: Context, table: Written) {
	const keys = await foreignKeys(ctx.db);
	return keys
		.filter(({ parent }) => parent === table)
		.map(({ child, column }) => ({ table: child, column }));
}

/** A member with a mark in a session of the cohort stays one: the register still names them. */
async function withoutMarked(ctx: Context, keys: string[][]): Promise<string[][]> {
	const marked = new Set<string>();
	await inBatches(keys, async (part) => {
		const found = await ctx.db
			.selectFrom('mark')
			.innerJoin('session', 'session.id', 'mark.session_id')
			.select(['session.cohort_id', 'mark.person_id'])
			.distinct()
			.where('session.cohort_id', 'in', [...new Set(part.map(([cohort]) => cohort!))])
			.where(
				'mark.person_id',
				'in',
				part.map(([, person]) => person!)
			)
			.execute();
		for (const { cohort_id, person_id } of found) marked.add(`${cohort_id} ${person_id}`);
	});
	return keys.filter(([cohort, person]) => !marked.has(`${cohort} ${person}`));
}

/** Of the people rows are about, those who were merged since: taking it apart counts on what they have. */
export async function mergedAmong(ctx: Context, rows: readonly StoredRow[]): Promise<Set<string>> {
	const people = [...new Set(rows.flatMap((row) => row['person_id'] ?? []))].map((id) => [
		String(id)
	]);
	const merged = new Set<string>();
	for (const column of ['kept_id', 'merged_id'] as const)
		await inBatches(people, async (part) => {
			const found = await ctx.db
				.selectFrom('person_merge')
				.select(`${column} as id`)
				.where(
					column,
					'in',
					part.map(([id]) => id!)
				)
				.execute();
			for (const { id } of found) merged.add(id);
		});
	return merged;
}
