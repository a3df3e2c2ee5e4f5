import { goOn, startCheck, startRun, startUndo } from '#lib/features/imports/progress.server.ts';
import {
	findImport,
	sealCells,
	sealSetup,
	type Import
} from '#lib/features/imports/queries.server.ts';
import { NOTHING_COUNTED } from '#lib/features/imports/rules.ts';
import { readSetup } from '#lib/features/imports/reading/setup.ts';
import type { ImportKind, Setup, Stage } from '#lib/features/imports/types.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { isBlank } from '#lib/platform/sheets/texts.ts';
import type { Cell, SheetTable } from '#lib/platform/sheets/types.ts';
import { contentsOf } from '#tests/access/visiting.ts';

/** Rows of cells as one sheet or several, filled up to rectangles. */
export function sheetsOf(
	...sheets: (readonly Cell[][] | [name: string, rows: readonly Cell[][]])[]
) {
	return sheets.map((sheet, at): SheetTable => {
		const [name, rows] =
			typeof sheet[0] === 'string'
				? (sheet as [string, Cell[][]])
				: [`Sheet ${at + 1}`, sheet as Cell[][]];
		const width = Math.max(...rows.map((row) => row.length));
		return {
			name,
			rows: rows.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? null))
		};
	});
}

/** A file that came in, with its columns chosen as they are guessed; `tune` chooses otherwise. */
export async function addImport(
	ctx: Context,
	{ kind, tables, tune }: { kind: ImportKind; tables: SheetTable[]; tune?: (setup: Setup) => void }
): Promise<string> {
	const id = newId();
	const setup = readSetup(kind, tables, dateIn('Asia/Beirut', ctx.now));
	tune?.(setup);
	const rows = tables.flatMap((table, sheet) =>
		table.rows.flatMap((cells, row_number) =>
			cells.every(isBlank) ? [] : [{ sheet, row_number, cells }]
		)
	);
	await ctx.db
		.insertInto('import')
		.values({
			...{ id, section_id: ctx.scope.sectionId, kind, stage: 'columns', file_name_sealed: null },
			...{ digest: 'digest', setup_sealed: sealSetup(ctx.ring, id, setup) },
			...{ counts: JSON.stringify(NOTHING_COUNTED), row_count: rows.length, position: 0 },
			...{ created_by: ctx.actor.accountId, created_at: ctx.now, finished_at: null, version: 1 }
		})
		.execute();
	for (let from = 0; from < rows.length; from += 250)
		await ctx.db
			.insertInto('import_row')
			.values(
				rows.slice(from, from + 250).map(({ sheet, row_number, cells }, at) => ({
					...{ import_id: id, position: from + at, section_id: ctx.scope.sectionId, sheet },
					...{ row_number, cells_sealed: sealCells(ctx.ring, id, from + at, cells) },
					...{ match_key: null, verdict: null, person_id: null, decision: null }
				}))
			)
			.execute();
	return id;
}

/** Lets an import go on until it stands still. */
export function through(ctx: Context, id: string): Promise<Stage | undefined> {
	return goOn({ db: ctx.db, ring: ctx.ring, clock: () => ctx.now }, id, 600_000);
}

export async function check(ctx: Context, id: string): Promise<Import> {
	await startCheck(ctx, id, { once: newId() });
	await through(ctx, id);
	return (await findImport(ctx, id))!;
}

/** Runs an import that was checked. */
export async function run(ctx: Context, id: string): Promise<Import> {
	const { version } = (await findImport(ctx, id))!;
	await startRun(ctx, id, { once: newId(), version });
	await through(ctx, id);
	return (await findImport(ctx, id))!;
}

export async function undo(ctx: Context, id: string): Promise<Import> {
	await startUndo(ctx, id, { once: newId() });
	await through(ctx, id);
	return (await findImport(ctx, id))!;
}

const OF_IMPORTS =
	/^(import|import_row|import_change|import_mapping|audit|once|reached_centre|reached_target|count_lock|changed_person)$/;

/** Every row of the database but those that tell of imports and of who did what, and totals that may stay as zeros. */
export async function contentsApart(db: Db): Promise<string> {
	let isApart = false;
	return (await contentsOf(db))
		.split('\n')
		.filter((line) => {
			if (!line.startsWith('{')) isApart = OF_IMPORTS.test(line);
			return !isApart;
		})
		.join('\n');
}
