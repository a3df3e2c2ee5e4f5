import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { getSection } from '#lib/features/centres/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { blindIndex } from '#lib/platform/crypto/keyring.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import type { Sent } from '#lib/platform/forms/upload.server.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { readTables } from '#lib/platform/sheets/read.server.ts';
import { isBlank } from '#lib/platform/sheets/texts.ts';
import type { SheetRefusal, SheetTable } from '#lib/platform/sheets/types.ts';
import { chosenIn } from './reading/choosing.ts';
import { faultsOf, isOfChoices, type Fault } from './reading/faults.ts';
import type { columnsForm } from './forms.ts';
import {
	findImport,
	placesOf,
	sealCells,
	sealFileName,
	sealSetup,
	tablesOf,
	type Import
} from './queries.server.ts';
import { NOTHING_COUNTED } from './rules.ts';
import { lookThrough } from './reading/looking.ts';
import { headersOf, readSetup } from './reading/setup.ts';
import { USES, type ImportKind, type Setup, type Use } from './types.ts';

export type TakeRefusal = { reason: SheetRefusal | 'too_many_sheets' };

/** More than one form can ask about. */
const MOST_SHEETS = 50;

const ROWS_PER_INSERT = 250;

/**
 * Keeps a file's rows, sealed, with a guess of what they are. Nothing of it is anybody's data yet. Answers
 * why when it is no spreadsheet that can be read.
 */
export async function takeFile(
	ctx: Context,
	{ kind, sent }: { kind: ImportKind; sent: Sent },
	once: string
): Promise<Outcome<{ id: string }, TakeRefusal | KeyReused>> {
	const digest = digestOf(ctx, kind, sent.bytes);
	const read = await readTables(sent.bytes, { fileName: sent.fileName });
	if (!read.ok) return { ok: false, refusal: { reason: read.reason } };
	if (read.tables.length > MOST_SHEETS)
		return { ok: false, refusal: { reason: 'too_many_sheets' } };
	const { zone } = await getSection(ctx, 'en');
	const today = dateIn(zone, ctx.now);
	const guessed = readSetup(kind, read.tables, today);
	const id = newId();
	return command(ctx, { name: 'take file', once, input: { kind, digest } }, async (work) => {
		const { db, ring, scope, actor, now } = work.ctx;
		const isKnown = await rememberUses(work.ctx, kind, guessed);
		const setup = isKnown ? lookThrough(kind, guessed, read.tables, today) : guessed;
		const [only, ...others] = (await placesOf(work.ctx)).centres;
		setup.options.centreId = others.length === 0 ? (only?.id ?? null) : null;
		await db
			.insertInto('import')
			.values({
				id,
				section_id: scope.sectionId,
				kind,
				stage: 'columns',
				file_name_sealed: sent.fileName ? sealFileName(ring, id, sent.fileName) : null,
				digest,
				setup_sealed: sealSetup(ring, id, setup),
				counts: JSON.stringify(NOTHING_COUNTED),
				row_count: rowCountOf(setup, read.tables),
				position: 0,
				created_by: actor.accountId,
				created_at: now,
				finished_at: null,
				version: 1
			})
			.execute();
		for (const rows of rowsOf(ctx, id, read.tables))
			await db.insertInto('import_row').values(rows).execute();
		await work.audit({
			action: 'take file',
			objectType: 'import',
			objectId: id,
			fields: ['kind', 'file_name', 'cells']
		});
		return { id };
	});
}

export type ColumnChoices = z.output<typeof columnsForm>;
export type ChooseRefusal =
	{ reason: 'not_found' | 'changed' } | { reason: 'faults'; faults: Fault[] };

/**
 * Keeps what was chosen about a file. Where that gives it other columns, the choices that still fit are
 * kept and `isNewShape` says to look again; else, with `whole`, everything that is missing is a refusal, and
 * the uses of the columns are remembered for the next file of its make.
 */
export function chooseColumns(
	ctx: Context,
	{ id, choices, whole }: { id: string; choices: ColumnChoices; whole: boolean },
	once: string
): Promise<Outcome<{ isNewShape: boolean }, ChooseRefusal | KeyReused>> {
	const input = { id, choices, whole };
	return command<{ isNewShape: boolean }, ChooseRefusal>(
		ctx,
		{ name: 'choose columns', once, input },
		async ({ ctx, refuse, audit }) => {
			const item = await findImport(ctx, id);
			if (!item) return refuse({ reason: 'not_found' });
			const { centres, today } = await placesOf(ctx);
			if (choices.centre && !centres.some((centre) => centre.id === choices.centre))
				return refuse({ reason: 'not_found' });
			const tables = await tablesOf(ctx, item);
			const { setup, asksMore, ...found } = chosenIn(item, choices, {
				read: (found) => readSetup(item.kind, tables, today, found),
				look: (used) => lookThrough(item.kind, used, tables, today)
			});
			const all = whole && !found.isNewShape ? faultsOf(item.kind, setup) : [];
			const faults = asksMore ? all.filter(isOfChoices) : all;
			if (faults.length > 0) return refuse({ reason: 'faults', faults });
			const isNewShape = found.isNewShape || asksMore;
			const kept = await keepSetup(ctx, item, choices.version, setup, rowCountOf(setup, tables));
			if (!kept) return refuse({ reason: 'changed' });
			if (whole && !isNewShape) await keepUses(ctx, item.kind, setup);
			await audit({
				action: 'choose columns',
				objectType: 'import',
				objectId: id,
				fields: ['setup']
			});
			return { isNewShape };
		}
	);
}

/** Throws away a file that was not run, or whose run was taken back. */
export function dropImport(
	ctx: Context,
	{ id }: { id: string },
	once: string
): Promise<Outcome<{ id: string }, { reason: 'not_found' | 'changed' } | KeyReused>> {
	return command<{ id: string }, { reason: 'not_found' | 'changed' }>(
		ctx,
		{ name: 'drop import', once, input: { id } },
		async ({ ctx, refuse, audit }) => {
			if (!(await findImport(ctx, id))) return refuse({ reason: 'not_found' });
			const { numUpdatedRows } = await ctx.db
				.updateTable('import')
				.set((eb) => ({ version: eb('version', '+', 1) }))
				.where('id', '=', id)
				.where('stage', 'in', ['columns', 'preview', 'undone'])
				.executeTakeFirst();
			if (numUpdatedRows === 0n) return refuse({ reason: 'changed' });
			for (const table of ['import_row', 'import_change'] as const)
				await ctx.db.deleteFrom(table).where('import_id', '=', id).execute();
			await ctx.db.deleteFrom('import').where('id', '=', id).execute();
			await audit({ action: 'drop import', objectType: 'import', objectId: id, fields: [] });
			return { id };
		}
	);
}

/**
 * The rows that are not blank, headers and titles among them, in order over all sheets: as many at a time as are
 * inserted at once, so that a long list is not held a second time.
 */
function* rowsOf(
	ctx: Context,
	id: string,
	tables: readonly SheetTable[]
): Generator<Row<'import_row'>[]> {
	let rows: Row<'import_row'>[] = [];
	let position = 0;
	for (const [sheet, table] of tables.entries())
		for (const [row_number, cells] of table.rows.entries()) {
			if (cells.every(isBlank)) continue;
			rows.push({
				...{ import_id: id, position, section_id: ctx.scope.sectionId, sheet, row_number },
				cells_sealed: sealCells(ctx.ring, id, position, cells),
				...{ match_key: null, verdict: null, person_id: null, decision: null },
				...{ twin_position: null, problems: null }
			});
			position += 1;
			if (rows.length < ROWS_PER_INSERT) continue;
			yield rows;
			rows = [];
		}
	if (rows.length > 0) yield rows;
}

function rowCountOf(setup: Setup, tables: readonly SheetTable[]): number {
	return setup.sheets.reduce((sum, { chosen, from, to }, at) => {
		const rows = chosen ? tables[at]!.rows.slice(from, to) : [];
		return sum + rows.filter((row) => !row.every(isBlank)).length;
	}, 0);
}

/** False when somebody changed it since, or it goes on by itself. */
async function keepSetup(
	ctx: Context,
	{ id }: Import,
	version: number,
	setup: Setup,
	row_count: number
): Promise<boolean> {
	const { numUpdatedRows } = await ctx.db
		.updateTable('import')
		.set({
			stage: 'columns',
			setup_sealed: sealSetup(ctx.ring, id, setup),
			row_count,
			position: 0,
			version: version + 1
		})
		.where('id', '=', id)
		.where('version', '=', version)
		.where('stage', 'in', ['columns', 'preview'])
		.executeTakeFirst();
	return numUpdatedRows === 1n;
}

/** Puts the uses that were chosen for the last file with the same headers in place of the guess. */
async function rememberUses(ctx: Context, kind: ImportKind, setup: Setup): Promise<boolean> {
	const known = await ctx.db
		.selectFrom('import_mapping')
		.select('uses')
		.where('section_id', '=', ctx.scope.sectionId)
		.where('kind', '=', kind)
		.where('fingerprint', '=', fingerprintOf(ctx, setup))
		.executeTakeFirst();
	const uses = known ? (JSON.parse(known.uses) as Use[]) : [];
	for (const [at, column] of setup.columns.entries()) {
		const use = uses[at];
		if (use && (USES[kind] as readonly Use[]).includes(use)) column.use = use;
	}
	return known !== undefined;
}

async function keepUses(ctx: Context, kind: ImportKind, setup: Setup): Promise<void> {
	const uses = JSON.stringify(setup.columns.map(({ use }) => use));
	await ctx.db
		.insertInto('import_mapping')
		.values({
			...{ section_id: ctx.scope.sectionId, kind, fingerprint: fingerprintOf(ctx, setup) },
			...{ uses, used_at: ctx.now }
		})
		.onConflict((conflict) =>
			conflict
				.columns(['section_id', 'kind', 'fingerprint'])
				.doUpdateSet({ uses, used_at: ctx.now })
		)
		.execute();
}

function fingerprintOf(ctx: Context, setup: Setup): string {
	return blindIndex(ctx.ring, `import headers ${ctx.scope.sectionId}`, headersOf(setup));
}

function digestOf(ctx: Context, kind: ImportKind, bytes: Uint8Array): string {
	const hash = createHash('sha256').update(bytes).digest('base64url');
	return blindIndex(ctx.ring, `import file ${ctx.scope.sectionId} ${kind}`, hash);
}
