import type { Context } from '#lib/platform/command/context.ts';
import { open, seal, type Sealed } from '#lib/platform/crypto/sealed.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import { openAccountName } from '#lib/platform/login/accounts.ts';
import type { Cell, SheetTable } from '#lib/platform/sheets/types.ts';
import { getSection } from '#lib/features/centres/queries.server.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { shownText } from './reading/cells.ts';
import {
	parseRow,
	recodedCells,
	type CohortRow,
	type PersonRow,
	type Places
} from './reading/parsing.ts';
import { NOTHING_FOUND } from './reading/looking.ts';
import type { Counts, Decision, ImportKind, Setup, Stage, Verdict } from './types.ts';

/** An import as lists show it. */
export interface ImportLine {
	id: string;
	kind: ImportKind;
	stage: Stage;
	/** null: pasted. */
	fileName: string | null;
	counts: Counts;
	rowCount: number;
	createdAt: number;
	createdBy: string;
}

/** One import with everything chosen about its file. */
export interface Import extends Omit<ImportLine, 'createdBy'> {
	setup: Setup;
	position: number;
	createdById: string;
	version: number;
	digest: string;
}

/** A row of the file that waits to be run. */
export interface WaitingRow {
	position: number;
	sheet: number;
	/** From zero, as in the file. */
	rowNumber: number;
	cells: Cell[];
	/** The same, as they are kept. */
	sealed: Sealed;
	verdict: Verdict | null;
	personId: string | null;
	decision: Decision | null;
	/** The row further up it is a repeat of, or may be. */
	twin: number | null;
}

/** The latest imports within reach, newest first: one's own, or all of the section for who sees all of it. */
export async function listImports(ctx: Context): Promise<ImportLine[]> {
	const rows = await importsInScope(ctx)
		.innerJoin('account', 'account.id', 'import.created_by')
		.select(['account.id as account_id', 'account.name_sealed'])
		.orderBy('import.created_at', 'desc')
		.limit(50)
		.execute();
	return rows.map((row) => ({
		...asLine(ctx.ring, row),
		createdBy: openAccountName(ctx.ring, { id: row.account_id, name_sealed: row.name_sealed })
	}));
}

/** One import, or undefined when it is out of reach. */
export async function findImport(ctx: Context, id: string): Promise<Import | undefined> {
	const row = await importsInScope(ctx).where('import.id', '=', id).executeTakeFirst();
	return row && asImport(ctx.ring, row);
}

/** When the same bytes were last run to the end, in UTC milliseconds; null when they never were. */
export async function lastRunOf(ctx: Context, { id, digest }: Import): Promise<number | null> {
	const row = await importsInScope(ctx)
		.where('import.digest', '=', digest)
		.where('import.stage', '=', 'done')
		.where('import.id', '<>', id)
		.orderBy('import.finished_at', 'desc')
		.executeTakeFirst();
	return row?.finished_at ?? null;
}

/** The first rows as they will be, with their number in the file. */
export async function listFirstRows(
	ctx: Context,
	{ id, kind, setup }: Import,
	most: number
): Promise<{ number: number; row: PersonRow | CohortRow }[]> {
	const rows = await ctx.db
		.selectFrom('import_row')
		.selectAll()
		.where('import_id', '=', id)
		.where('section_id', '=', ctx.scope.sectionId)
		.where('verdict', 'is not', null)
		.where('verdict', '<>', 'out')
		.orderBy('position')
		.limit(most)
		.execute();
	const places = await placesOf(ctx);
	return rows.flatMap((row) => {
		const waiting = asWaiting(ctx.ring, row);
		const { row: parsed } = parseRow(
			kind,
			setup,
			setup.sheets[waiting.sheet]!,
			waiting.cells,
			places
		);
		return parsed ? [{ number: waiting.rowNumber + 1, row: parsed }] : [];
	});
}

/** Names of centres within reach in every language, and what the section keeps of people. */
export async function placesOf(ctx: Context): Promise<Places> {
	const section = await getSection(ctx, 'en');
	const rows = await ctx.db
		.selectFrom('centre')
		.select(['id', 'name_texts'])
		.where('section_id', '=', ctx.scope.sectionId)
		.$if(ctx.scope.centreIds !== null, (query) => query.where('id', 'in', ctx.scope.centreIds!))
		.execute();
	return {
		centres: rows.map(({ id, name_texts }) => ({
			id,
			names: Object.values(JSON.parse(name_texts) as Record<string, string>)
		})),
		groups: section.country === 'LB' ? ['SYR', 'LEB', 'PRS', 'PRL', 'OTH'] : [],
		today: dateIn(section.zone, ctx.now)
	};
}

/** The file as it came in, sheet by sheet. */
export async function tablesOf(ctx: Context, { id, setup }: Import): Promise<SheetTable[]> {
	const tables = setup.sheets.map(({ name }): SheetTable => ({ name, rows: [] }));
	const rows = await ctx.db
		.selectFrom('import_row')
		.select(['position', 'sheet', 'row_number', 'cells_sealed'])
		.where('import_id', '=', id)
		.where('section_id', '=', ctx.scope.sectionId)
		.orderBy('position')
		.execute();
	for (const row of rows)
		tables[row.sheet]!.rows[row.row_number] = [
			...recodedCells(setup, openCells(ctx.ring, id, row.position, row.cells_sealed))
		];
	return tables.map(({ name, rows }, at) => {
		const { notes } = setup.sheets[at]!;
		const { encoding } = setup.found;
		return { ...filled(name, rows), notes: { ...notes, ...(encoding && { encoding }) } };
	});
}

/** Blank rows are not kept; they are put back, so that every row has its number. */
function filled(name: string, rows: Cell[][]): SheetTable {
	const width = Math.max(0, ...rows.filter(Boolean).map((row) => row.length));
	return {
		name,
		rows: Array.from({ length: rows.length }, (_, at) =>
			Array.from({ length: width }, (_, column) => rows[at]?.[column] ?? null)
		)
	};
}

/** Imports an actor may open. */
export function importsInScope(ctx: Context) {
	return ctx.db
		.selectFrom('import')
		.selectAll('import')
		.where('import.section_id', '=', ctx.scope.sectionId)
		.$if(ctx.scope.centreIds !== null, (query) =>
			query.where('import.created_by', '=', ctx.scope.accountId)
		);
}

export function asImport(ring: KeyRing, row: Row<'import'>): Import {
	return {
		...asLine(ring, row),
		setup: whole(JSON.parse(open(ring, setupPlace(row.id), row.setup_sealed)) as Setup),
		position: row.position,
		createdById: row.created_by,
		version: row.version,
		digest: row.digest
	};
}

/** A setup that was kept before some of it was known. */
function whole(setup: Setup): Setup {
	const { sheets, coming } = setup;
	return {
		...setup,
		sheets: sheets.map((sheet) => ({
			...{ part: sheet.date.map(() => 1), isOutOfOrder: false, isMixed: false, notes: {} },
			...sheet
		})),
		sexes: setup.sexes ?? [],
		found: { ...NOTHING_FOUND, ...setup.found },
		options: {
			...{ birthOrder: setup.options.dateOrder, year: null, calendar: null, swapDates: false },
			...{ listDate: null, ageDates: null, hiddenRows: 'in', encoding: null },
			...setup.options
		},
		coming: coming.map((one) => ({
			...one,
			audience: one.audience === undefined ? 'children' : one.audience
		})),
		stayed: (setup.stayed ?? []).filter((one) => typeof one === 'object')
	};
}

function asLine(ring: KeyRing, row: Row<'import'>): Omit<ImportLine, 'createdBy'> {
	return {
		id: row.id,
		kind: row.kind,
		stage: row.stage,
		fileName: row.file_name_sealed && open(ring, fileNamePlace(row.id), row.file_name_sealed),
		counts: JSON.parse(row.counts) as Counts,
		rowCount: row.row_count,
		createdAt: row.created_at
	};
}

export function asWaiting(ring: KeyRing, row: Row<'import_row'>): WaitingRow {
	return {
		position: row.position,
		sheet: row.sheet,
		rowNumber: row.row_number,
		cells: openCells(ring, row.import_id, row.position, row.cells_sealed),
		sealed: row.cells_sealed,
		verdict: row.verdict,
		personId: row.person_id,
		decision: row.decision,
		twin: row.twin_position
	};
}

export function sealSetup(ring: KeyRing, id: string, setup: Setup): Sealed {
	return seal(ring, setupPlace(id), JSON.stringify(setup));
}

export function sealFileName(ring: KeyRing, id: string, name: string): Sealed {
	return seal(ring, fileNamePlace(id), shownText(name).slice(0, 120));
}

export function sealCells(ring: KeyRing, id: string, position: number, cells: Cell[]): Sealed {
	return seal(ring, cellsPlace(id, position), JSON.stringify(cells));
}

function openCells(ring: KeyRing, id: string, position: number, cells: Sealed): Cell[] {
	return JSON.parse(open(ring, cellsPlace(id, position), cells)) as Cell[];
}

function setupPlace(row: string) {
	return { table: 'import', column: 'setup_sealed', row };
}

function fileNamePlace(row: string) {
	return { table: 'import', column: 'file_name_sealed', row };
}

function cellsPlace(id: string, position: number) {
	return { table: 'import_row', column: 'cells_sealed', row: `${id} ${position}` };
}
