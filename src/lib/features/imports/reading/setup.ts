import { birthIn } from '#lib/platform/sheets/births.ts';
import { phoneIn, wholeNumberIn } from '#lib/platform/sheets/cells.ts';
import { dateIn, guessDateOrder, isMonth } from '#lib/platform/sheets/dates.ts';
import { findHeader } from '#lib/platform/sheets/header.ts';
import { isSex } from '#lib/platform/sheets/sexes.ts';
import { isBlank } from '#lib/platform/sheets/texts.ts';
import { columnName, type Cell, type SheetTable } from '#lib/platform/sheets/types.ts';
import { guessUses, type Content } from './columns.ts';
import { foldHeader } from './headers.ts';
import { partsOf, readHeadings, type Headings } from './headings.ts';
import { foreignCalendars, guessCalendar, lookThrough, NOTHING_FOUND } from './looking.ts';
import { shownText } from './cells.ts';
import { dayOf, occasionOf, type Occasion } from './occasions.ts';
import type { FileColumn, ImportKind, Options, Setup, Sheet } from '../types.ts';

/** More columns than anybody gives a meaning to; further ones are ignored. */
const MOST_COLUMNS = 40;
const NO_HEADINGS: Headings = { dates: [], year: null, isOutOfOrder: false, isMixed: false };
const MOST_EXAMPLES = 3;
const LOOK_AT = 200;
const GIVEN_NAME = /^(sheet|feuil|feuille|table|tableau|ورقة|الورقة|جدول)? ?[\d٠-٩]*$/iu;

/** What a person chose about a file, or null for what is to be guessed. */
export interface Choices {
	/** Indexes of the sheets to read; null: all. */
	sheets: readonly number[] | null;
	/** How many rows are headers, of every sheet, and the row the first of them stands in, from zero; null: as found. */
	headerRows: number | null;
	headerAt: number | null;
	dateOrder: Options['dateOrder'] | null;
	year: number | null;
	/** undefined: as found. */
	calendar?: Options['calendar'];
	swapDates: boolean;
}

export const NOTHING_CHOSEN: Choices = {
	...{ sheets: null, headerRows: null, headerAt: null, dateOrder: null, year: null },
	swapDates: false
};

/**
 * Finds its way in a file: headers, columns, dates and marks, each with a guess. `today` is the civil
 * date dates of a register are looked at from: later ones are left out.
 */
export function readSetup(
	kind: ImportKind,
	tables: readonly SheetTable[],
	today: string,
	choices: Choices = NOTHING_CHOSEN
): Setup {
	const chosen = (at: number) => choices.sheets === null || choices.sheets.includes(at);
	const heads = tables.map((table) => headOf(table, choices));
	const looked = tables.flatMap((table, at) =>
		kind === 'registers'
			? heads[at]!.headerRows.flatMap((row) => table.rows[row] ?? [])
			: table.rows.slice(0, LOOK_AT).flat()
	);
	const dateOrder = choices.dateOrder ?? guessDateOrder(looked);
	const headed = kind === 'registers' ? looked : [];
	const calendars = foreignCalendars(headed);
	const calendar = choices.calendar === undefined ? guessCalendar(calendars) : choices.calendar;
	const reading = {
		...{ order: dateOrder, calendar: calendar ?? 'gregorian', year: choices.year, today },
		swapDates: choices.swapDates
	};
	const columns: FileColumn[] = [];
	const contents: Content[] = [];
	const places = new Map<string, number>();
	let year: number | null = null;
	const sheets = tables.map((table, at): Sheet => {
		const head = heads[at]!;
		const width = table.rows[0]?.length ?? 0;
		const headings = kind === 'registers' ? readHeadings(table, head, reading) : NO_HEADINGS;
		const date = Array.from({ length: width }, (_, index) => headings.dates[index] ?? null);
		if (chosen(at)) year ??= headings.year;
		const seen = new Map<string, number>();
		const column = date.map((one, index): number | null => {
			if (!chosen(at) || one) return null;
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
		const part = partsOf(date);
		const occasions = date.map((one, index) => one && occasionOf(one, { part: part[index]! }));
		const isAhead = (one: string | null) => one !== null && dayOf(one) > today;
		return {
			...{ name: table.name, chosen: chosen(at), ...head, column, date, part },
			blankDates: blankDates(
				table,
				head,
				occasions.map((one) => (isAhead(one) ? null : one))
			),
			futureDates: occasions.filter((one) => one !== null && isAhead(one)) as Occasion[],
			...{ isOutOfOrder: headings.isOutOfOrder, isMixed: headings.isMixed },
			...{ notes: table.notes ?? {}, cohort: cohortNamed(table.name) }
		};
	});
	const uses = guessUses(
		kind,
		columns.map(({ label }, at) => ({ header: label, content: contents[at]! })),
		sheets.some(({ date }) => date.some((one) => one !== null))
	);
	const setup: Setup = {
		sheets,
		columns: columns.map((column, at) => ({ ...column, use: uses[at]! })),
		marks: [],
		sexes: [],
		found: { ...NOTHING_FOUND, calendars, yearless: year !== null },
		options: {
			...{ dateOrder, birthOrder: dateOrder, year, calendar, swapDates: choices.swapDates },
			...{ listDate: null, ageDates: null, hiddenRows: 'in', encoding: null },
			...{ centreId: null, sex: null, birthYear: null },
			...{ startTime: '15:00', minutes: 90, maybe: null }
		},
		coming: []
	};
	return lookThrough(kind, setup, tables, today);
}

/** A sheet's name is its group's, but for those that programs give, and for months. */
function cohortNamed(sheet: string): string {
	const name = shownText(sheet).slice(0, 80);
	return GIVEN_NAME.test(name) || isMonth(name) || isDay(name) ? '' : name;
}

function isDay(name: string): boolean {
	return dateIn(name, 'dmy', 2024).ok;
}

function headOf(
	table: SheetTable,
	{ headerRows, headerAt }: Pick<Choices, 'headerRows' | 'headerAt'>
) {
	const { header, firstRow, lastRow } = findHeader(table);
	const top = headerAt ?? header?.top ?? firstRow;
	const found = header ? header.bottom - header.top + 1 : 0;
	const isElsewhere = headerAt !== null && headerAt !== header?.top;
	const count = isElsewhere ? headerRows || 1 : (headerRows ?? found);
	const rows = Array.from({ length: count }, (_, at) => top + at);
	return { headerRows: rows, from: top + count, to: Math.max(lastRow + 1, top + count) };
}

/** The header's lines joined, each text once: "Attendance / March". */
function headerText(table: SheetTable, rows: readonly number[], column: number): string {
	const texts = rows.map((row) => shownText(table.rows[row]?.[column] ?? null));
	return [...new Set(texts.filter((text) => text !== ''))].join(' / ').slice(0, 80);
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
		isSerial: isSerial(numbers.map((read) => (read.ok ? read.value : null))),
		sex: share(isSex),
		phone: share((cell) => {
			const read = phoneIn(cell);
			return read.ok && read.value.replace(/\D/g, '').length >= 7;
		}),
		birth: share((cell) => isBirth(cell, today)),
		words: share((cell) =>
			/^\p{L}+[\p{L}\p{M}\u200c\u200d'’.-]*( [\p{L}\p{M}\u200c\u200d'’.-]+)+$/u.test(
				shownText(cell)
			)
		)
	};
}

/** A date of these two years is when somebody came rather than when they were born. */
function isBirth(cell: Cell, today: string): boolean {
	const read = birthIn(cell, { on: today });
	return read.ok && (read.value.from !== 'date' || read.value.year < Number(today.slice(0, 4)) - 1);
}

/** Goes up by one from row to row, but for a gap or a new beginning now and then. */
function isSerial(numbers: readonly (number | null)[]): boolean {
	if (numbers.some((one) => one === null || one < 0)) return false;
	if (numbers.length < 3) return numbers.every((one, at) => one === at + 1);
	const steps = numbers.slice(1).map((one, at) => one! - numbers[at]!);
	const odd = steps.filter((step) => step !== 1).length;
	return odd <= Math.max(numbers[0]! <= 1 ? 1 : 0, Math.floor(steps.length / 3));
}

/** What tells files of the same make: the headers, in any order of sheets. */
export function headersOf(setup: Setup): string {
	return setup.columns.map(({ label }) => foldHeader(label)).join('|');
}
