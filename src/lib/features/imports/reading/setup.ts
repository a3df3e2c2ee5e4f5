import { dateIn, guessDateOrder } from '#lib/platform/sheets/dates.ts';
import { phoneIn, sexIn, wholeNumberIn, yearOfBirthIn } from '#lib/platform/sheets/cells.ts';
import { findHeader } from '#lib/platform/sheets/header.ts';
import { isBlank } from '#lib/platform/sheets/texts.ts';
import { columnName, type Cell, type SheetTable } from '#lib/platform/sheets/types.ts';
import { foldHeader, guessUses, type Content } from './columns.ts';
import { guessMarks } from './marks.ts';
import { markText, shownText } from './parsing.ts';
import type { FileColumn, ImportKind, Options, Setup, Sheet } from '../types.ts';

/** More columns than anybody gives a meaning to; further ones are ignored. */
const MOST_COLUMNS = 40;
/** More kinds of marks than any register has: then the columns hold something else. */
export const MOST_MARKS = 40;
const MOST_EXAMPLES = 3;
const LOOK_AT = 200;
const GIVEN_NAME = /^(sheet|feuil|feuille|table|tableau|ورقة|الورقة|جدول)? ?[\d٠-٩]*$/iu;

/** What a person chose about a file, or null for what is to be guessed. */
export interface Choices {
	/** Indexes of the sheets to read; null: all. */
	sheets: readonly number[] | null;
	/** How many rows at the top are headers, of every sheet; null: as found. */
	headerRows: number | null;
	dateOrder: Options['dateOrder'] | null;
}

/**
 * Finds its way in a file: headers, columns, dates and marks, each with a guess. `today` is the civil
 * date dates of a register are looked at from: later ones are left out.
 */
export function readSetup(
	kind: ImportKind,
	tables: readonly SheetTable[],
	today: string,
	choices: Choices = { sheets: null, headerRows: null, dateOrder: null }
): Setup {
	const chosen = (at: number) => choices.sheets === null || choices.sheets.includes(at);
	const heads = tables.map((table) => headOf(table, choices.headerRows));
	const dateOrder =
		choices.dateOrder ??
		guessDateOrder(
			tables.flatMap((table, at) =>
				kind === 'registers'
					? heads[at]!.headerRows.flatMap((row) => table.rows[row] ?? [])
					: table.rows.slice(0, LOOK_AT).flat()
			)
		);
	const columns: FileColumn[] = [];
	const contents: Content[] = [];
	const places = new Map<string, number>();
	const sheets = tables.map((table, at): Sheet => {
		const head = heads[at]!;
		const width = table.rows[0]?.length ?? 0;
		const date = kind === 'registers' ? datesOf(table, head.headerRows, dateOrder, today) : [];
		const seen = new Map<string, number>();
		const column = Array.from({ length: width }, (_, index): number | null => {
			if (!chosen(at) || date[index]) return null;
			const cells = table.rows
				.slice(head.from, Math.min(head.to, head.from + LOOK_AT))
				.map((row) => row[index] ?? null);
			if (cells.every(isBlank)) return null;
			const label = headerText(table, head.headerRows, index) || columnName(index);
			const again = (seen.get(label) ?? 0) + 1;
			seen.set(label, again);
			const name = again === 1 ? label : `${label} ${again}`;
			const known = places.get(name);
			if (known !== undefined) return known;
			if (columns.length >= MOST_COLUMNS) return null;
			places.set(name, columns.length);
			columns.push({ label: name, use: 'ignore', examples: examplesOf(cells) });
			contents.push(contentOf(cells, today));
			return columns.length - 1;
		});
		return {
			name: table.name,
			chosen: chosen(at),
			...head,
			column,
			date: Array.from({ length: width }, (_, index) => date[index] ?? null),
			blankDates: blankDates(
				table,
				head,
				date.map((one) => (one !== null && one > today ? null : one))
			),
			futureDates: date.filter((one) => one !== null && one > today) as string[],
			cohort: cohortNamed(table.name)
		};
	});
	const uses = guessUses(
		kind,
		columns.map(({ label }, at) => ({ header: label, content: contents[at]! }))
	);
	return {
		sheets,
		columns: columns.map((column, at) => ({ ...column, use: uses[at]! })),
		marks: guessMarks(countMarks(tables, sheets)),
		options: {
			dateOrder,
			centreId: null,
			sex: null,
			birthYear: null,
			startTime: '15:00',
			minutes: 90,
			maybe: null
		},
		coming: []
	};
}

/** A sheet's name is its group's, but for those that programs give. */
function cohortNamed(sheet: string): string {
	const name = shownText(sheet).slice(0, 80);
	return GIVEN_NAME.test(name) ? '' : name;
}

function headOf(table: SheetTable, headerRows: number | null) {
	const { header, firstRow, lastRow } = findHeader(table);
	const top = header?.top ?? firstRow;
	const count = headerRows ?? (header ? header.bottom - header.top + 1 : 0);
	const rows = Array.from({ length: count }, (_, at) => top + at);
	return { headerRows: rows, from: top + count, to: Math.max(lastRow + 1, top + count) };
}

/** The header's lines joined, each text once: "Attendance / March". */
function headerText(table: SheetTable, rows: readonly number[], column: number): string {
	const texts = rows.map((row) => shownText(table.rows[row]?.[column] ?? null));
	return [...new Set(texts.filter((text) => text !== ''))].join(' / ').slice(0, 80);
}

/**
 * The date in each column's header. Those without a year are put into the last one that keeps the columns
 * in order and is not ahead of `today`.
 */
function datesOf(
	table: SheetTable,
	rows: readonly number[],
	order: Options['dateOrder'],
	today: string
): (string | null)[] {
	const width = table.rows[0]?.length ?? 0;
	const heads = Array.from({ length: width }, (_, index) =>
		rows.map((row) => table.rows[row]?.[index] ?? null)
	);
	const year = Number(today.slice(0, 4));
	const read = heads.map((cells) => dateAmong(cells, order));
	const yearless = heads.map((cells, at) => (read[at] ? null : dateAmong(cells, order, year)));
	let bound = today;
	const placed = new Map<number, string>();
	for (let at = width - 1; at >= 0; at -= 1) {
		const known = read[at];
		if (known) bound = known;
		const open = yearless[at];
		if (!open) continue;
		const date = notAfter(open, bound);
		placed.set(at, date);
		bound = date;
	}
	return heads.map((_, at) => read[at] ?? placed.get(at) ?? null);
}

function notAfter(date: string, bound: string): string {
	const rest = date.slice(4);
	let year = Number(date.slice(0, 4));
	while (`${year}${rest}` > bound && year > 2000) year -= 1;
	return `${year}${rest}`;
}

function dateAmong(
	cells: readonly Cell[],
	order: Options['dateOrder'],
	year?: number
): string | null {
	for (const cell of cells.toReversed()) {
		const read = dateIn(cell, order, year);
		if (read.ok && read.value >= '2000-01-01' && read.value < '2100-01-01') return read.value;
	}
	return null;
}

function blankDates(
	table: SheetTable,
	{ from, to }: { from: number; to: number },
	dates: readonly (string | null)[]
): string[] {
	return dates.flatMap((date, column) => {
		if (date === null) return [];
		const isEmpty = table.rows.slice(from, to).every((row) => isBlank(row[column] ?? null));
		return isEmpty ? [date] : [];
	});
}

/** Each kind of mark under a date that counts, most frequent first. */
function countMarks(tables: readonly SheetTable[], sheets: readonly Sheet[]) {
	const counts = new Map<string, number>();
	for (const [at, sheet] of sheets.entries()) {
		if (!sheet.chosen) continue;
		const due = sheet.date.flatMap((date, column) =>
			date === null || sheet.blankDates.includes(date) || sheet.futureDates.includes(date)
				? []
				: [column]
		);
		for (const row of tables[at]!.rows.slice(sheet.from, sheet.to)) {
			if (row.every(isBlank)) continue;
			for (const column of due) {
				const text = markText(row[column] ?? null);
				counts.set(text, (counts.get(text) ?? 0) + 1);
			}
		}
	}
	return [...counts]
		.map(([text, count]) => ({ text, count }))
		.sort((a, b) => b.count - a.count)
		.slice(0, MOST_MARKS + 1);
}

function examplesOf(cells: readonly Cell[]): string[] {
	const texts = new Set<string>();
	for (const cell of cells) {
		if (texts.size === MOST_EXAMPLES) break;
		const text = shownText(cell).slice(0, 40);
		if (text !== '') texts.add(text);
	}
	return [...texts];
}

function contentOf(cells: readonly Cell[], today: string): Content {
	const filled = cells.filter((cell) => !isBlank(cell));
	const share = (test: (cell: Cell) => boolean) =>
		filled.length === 0 ? 0 : filled.filter(test).length / filled.length;
	const numbers = filled.map((cell) => wholeNumberIn(cell));
	return {
		isBlank: filled.length === 0,
		isSerial:
			filled.length > 2 &&
			numbers.every(
				(read, at) => read.ok && numbers[0]!.ok && read.value === numbers[0]!.value + at
			) &&
			numbers[0]!.ok &&
			numbers[0]!.value <= 1,
		sex: share((cell) => sexIn(cell).ok),
		phone: share((cell) => {
			const read = phoneIn(cell);
			return read.ok && read.value.replace(/\D/g, '').length >= 7;
		}),
		birth: share((cell) => yearOfBirthIn(cell, today).ok),
		words: share((cell) => /^\p{L}+[\p{L}'’.-]*( [\p{L}'’.-]+)+$/u.test(shownText(cell)))
	};
}

/** What tells files of the same make: the headers, in any order of sheets. */
export function headersOf(setup: Setup): string {
	return setup.columns.map(({ label }) => foldHeader(label)).join('|');
}
