import { renewNameKeys } from '#lib/features/people/rows.commands.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { countWritten } from './counting.server.ts';
import { pruneImportedVersion } from '#lib/features/curricula/imported.commands.server.ts';
import { takeBack, type Done } from './ledger.server.ts';
import type { StoredRow, Written } from './ledger-rows.server.ts';
import type { Import } from '../queries.server.ts';
import type { Stayed } from '../types.ts';

/** What is named by how many of it stayed; the rest hangs on these. */
const NAMED: readonly Stayed['table'][] = ['person', 'cohort', 'session'];

/** The latest so many things a run did that are not taken back yet, latest first. */
export function nextChanges(
	ctx: Context,
	{ id }: Import,
	most: number
): Promise<Row<'import_change'>[]> {
	return ctx.db
		.selectFrom('import_change')
		.selectAll()
		.where('import_id', '=', id)
		.where('section_id', '=', ctx.scope.sectionId)
		.where('seq', '>', 0)
		.orderBy('seq', 'desc')
		.limit(most)
		.execute();
}

/**
 * Takes some of them back and forgets them, but for what stays because somebody touched or used it since: that can be
 * tried again. Without any left, what only imports need goes too. Part of a step: runs on its transaction, while the
 * section is locked. Answers what stays, and why.
 */
export async function undoStep(
	ctx: Context,
	{ id }: Import,
	entries: readonly Row<'import_change'>[]
): Promise<Stayed[]> {
	const stayed: Stayed[] = [];
	const restored: StoredRow[] = [];
	const taken: Pick<Done, 'table' | 'keys'>[] = [];
	const rest: Row<'import_change'>[] = [];
	for (const entry of entries) {
		const back = await takeBack(ctx, id, entry);
		taken.push(back);
		const { table } = back;
		if (table === 'person') restored.push(...back.restored);
		if (isNamed(table))
			stayed.push(...back.stayed.map(({ key, why }) => ({ table, id: key, why })));
		if (back.rest) rest.push({ ...entry, seq: -entry.seq, rows_sealed: back.rest });
	}
	await renewNameKeys(
		ctx,
		restored.map((row) => String(row['id']))
	);
	await countWritten(ctx, taken);
	if (entries.length === 0) await pruneImportedVersion(ctx);
	else
		await ctx.db
			.deleteFrom('import_change')
			.where('import_id', '=', id)
			.where('seq', '>=', entries.at(-1)!.seq)
			.execute();
	if (rest.length > 0) await ctx.db.insertInto('import_change').values(rest).execute();
	return stayed;
}

function isNamed(table: Written): table is Stayed['table'] {
	return (NAMED as readonly Written[]).includes(table);
}

/** Puts what stayed of a list where it can be taken back once more. */
export async function tryAgain(ctx: Context, importId: string): Promise<void> {
	await ctx.db
		.updateTable('import_change')
		.set((eb) => ({ seq: eb.neg(eb.ref('seq')) }))
		.where('import_id', '=', importId)
		.where('seq', '<', 0)
		.execute();
}
