import { renewNameKeys } from '#lib/features/people/rows.commands.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { countWritten } from './counting.server.ts';
import { pruneImportedVersion } from '#lib/features/curricula/imported.commands.server.ts';
import { takeBack, type Done, type StoredRow, type Written } from './ledger.server.ts';
import type { Import } from '../queries.server.ts';

/** What is named by how many of it stayed; the rest hangs on these. */
const NAMED: readonly Written[] = ['person', 'cohort', 'session'];

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
		.orderBy('seq', 'desc')
		.limit(most)
		.execute();
}

/**
 * Takes some of them back and forgets them; without any left, what only imports need goes too. Part of a
 * step: runs on its transaction, while the section is locked. Answers `table id` of what stays because
 * somebody touched or used it since.
 */
export async function undoStep(
	ctx: Context,
	{ id }: Import,
	entries: readonly Row<'import_change'>[]
): Promise<string[]> {
	const stayed: string[] = [];
	const restored: StoredRow[] = [];
	const taken: Pick<Done, 'table' | 'keys'>[] = [];
	for (const entry of entries) {
		const back = await takeBack(ctx, id, entry);
		taken.push(back);
		if (back.table === 'person') restored.push(...back.restored);
		if (NAMED.includes(back.table))
			stayed.push(...back.stayed.map((key) => `${back.table} ${key}`));
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
	return stayed;
}
