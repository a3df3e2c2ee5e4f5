import type { Context } from '#lib/platform/command/context.ts';
import { withoutIds } from './running/ledger.server.ts';
import { MOVING } from './running/steps.server.ts';

/** Whether a list that names one of these people is being run or taken back just now. */
export async function isListMoving(
	{ db }: Context,
	personIds: readonly string[]
): Promise<boolean> {
	const row = await db
		.selectFrom('import_row')
		.innerJoin('import', 'import.id', 'import_row.import_id')
		.select('import.id')
		.where('import.stage', 'in', MOVING)
		.where('import_row.person_id', 'in', personIds)
		.executeTakeFirst();
	return row !== undefined;
}

/**
 * Forgets what lists hold of people who are erased: files of the section that wait and name one go whole, since their
 * cells hold the name; of runs that can be taken back what they did to rows of these ids. Answers how many files went.
 * Part of a command: runs on its transaction.
 */
export async function forgetInLists(
	ctx: Context,
	{ personIds, rowIds }: { personIds: readonly string[]; rowIds: ReadonlySet<string> }
): Promise<number> {
	await forgetInRuns(ctx, rowIds);
	const { db, scope } = ctx;
	const waiting = await db
		.selectFrom('import_row')
		.innerJoin('import', 'import.id', 'import_row.import_id')
		.select('import.id')
		.distinct()
		.where('import.section_id', '=', scope.sectionId)
		.where('import_row.person_id', 'in', personIds)
		.execute();
	const ids = waiting.map(({ id }) => id);
	if (ids.length === 0) return 0;
	for (const table of ['import_row', 'import_change'] as const)
		await db.deleteFrom(table).where('import_id', 'in', ids).execute();
	await db.deleteFrom('import').where('id', 'in', ids).execute();
	return ids.length;
}

async function forgetInRuns(ctx: Context, rowIds: ReadonlySet<string>): Promise<void> {
	const { db, scope } = ctx;
	const entries = await db
		.selectFrom('import_change')
		.select(['import_id', 'seq', 'rows_sealed'])
		.where('section_id', '=', scope.sectionId)
		.execute();
	for (const entry of entries) {
		const rest = withoutIds(ctx, entry.import_id, entry, rowIds);
		if (rest === entry.rows_sealed) continue;
		const one = { import_id: entry.import_id, seq: entry.seq };
		if (rest === null)
			await db
				.deleteFrom('import_change')
				.where((eb) => eb.and(one))
				.execute();
		else
			await db
				.updateTable('import_change')
				.set({ rows_sealed: rest })
				.where((eb) => eb.and(one))
				.execute();
	}
}
