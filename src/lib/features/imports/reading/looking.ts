import { latinDigits } from '#lib/platform/forms/digits.ts';
import { birthIn } from '#lib/platform/sheets/births.ts';
import { calendarsOf, type Calendar } from '#lib/platform/sheets/calendars.ts';
import { dateIn, guessDateOrder } from '#lib/platform/sheets/dates.ts';
import { guessSexes, sexText } from '#lib/platform/sheets/sexes.ts';
import { isBlank } from '#lib/platform/sheets/texts.ts';
import type { Cell, SheetTable } from '#lib/platform/sheets/types.ts';
import { markText, shownText } from './cells.ts';
import { foldHeader } from './headers.ts';
import { guessMarks } from './marks.ts';
import { sharedNumbersIn } from './numbers.ts';
import { occasionOf, type Occasion } from './occasions.ts';
import type { FoundSex, Found, ImportKind, Setup, Sheet, Use } from '../types.ts';

/** More kinds of marks than any register has: then the columns hold something else. */
export const MOST_MARKS = 40;
const MOST_SEXES = 20;
const MOST_EXAMPLES = 3;
/** Births are looked at in so many rows. */
const LOOK_AT = 5000;

export const NOTHING_FOUND: Found = {
	...{ calendars: [], hasAges: false, isOld: false, ageDates: [], yearless: false },
	...{ sharedNumbers: [], encoding: null }
};

/**
 * What the columns hold by the uses they have now: marks and sexes with a guess of each, and what has to be asked or
 * said of births, numbers and letters. To be done again when uses change.
 */
export function lookThrough(
	kind: ImportKind,
	setup: Setup,
	tables: readonly SheetTable[],
	today: string
): Setup {
	const births = cellsOf(setup, tables, 'birth', LOOK_AT);
	const calendars = [
		...new Set([
			...foreignCalendars(kind === 'registers' ? headersIn(setup, tables) : []),
			...foreignCalendars(births.map(({ cell }) => cell)),
			...foreignCalendars(cellsOf(setup, tables, 'date', LOOK_AT).map(({ cell }) => cell))
		])
	];
	const calendar = setup.options.calendar ?? guessCalendar(calendars);
	const isAge = births.map(({ cell }) => {
		const read = birthIn(cell, { on: today, calendar: calendar ?? 'gregorian' });
		return read.ok && read.value.from === 'age';
	});
	const thisYear = Number(today.slice(0, 4));
	const hasAges = isAge.includes(true);
	const sexes = sexesIn(setup, tables);
	return {
		...setup,
		marks: guessMarks(countMarks(tables, setup)),
		sexes,
		found: {
			...setup.found,
			...{ calendars, hasAges },
			isOld: hasAges && kind === 'people' && tables.some(({ name }) => isOfEarlier(name, thisYear)),
			ageDates: ageDatesIn(births, today),
			sharedNumbers: kind === 'cohorts' ? [] : sharedNumbersIn({ ...setup, sexes }, tables),
			encoding: tables[0]?.notes?.encoding ?? setup.found.encoding
		},
		options: {
			...setup.options,
			calendar,
			birthOrder: birthOrder(kind, setup, births)
		}
	};
}

/** Cells of every chosen sheet's column of a use, blank ones left out, with the column's header. */
export function* eachCell(
	{ sheets, columns }: Setup,
	tables: readonly SheetTable[],
	use: Use
): Generator<{ cell: Cell; label: string; row: readonly Cell[]; sheet: number }> {
	for (const [at, sheet] of sheets.entries()) {
		if (!sheet.chosen) continue;
		const column = sheet.column.findIndex((one) => one !== null && columns[one]?.use === use);
		if (column === -1) continue;
		const { label } = columns[sheet.column[column]!]!;
		for (const row of (tables[at]?.rows ?? []).slice(sheet.from, sheet.to)) {
			const cell = row[column] ?? null;
			if (!isBlank(cell)) yield { cell, label, row, sheet: at };
		}
	}
}

function cellsOf(setup: Setup, tables: readonly SheetTable[], use: Use, most: number) {
	return [...eachCell(setup, tables, use).take(most)];
}

function headersIn({ sheets }: Setup, tables: readonly SheetTable[]): Cell[] {
	return sheets.flatMap(({ chosen, headerRows }, at) =>
		chosen ? headerRows.flatMap((row) => tables[at]?.rows[row] ?? []) : []
	);
}

/** Calendars that years in these cells can be of, where they are not of ours. */
export function foreignCalendars(cells: readonly Cell[]): Calendar[] {
	const found = new Set<Calendar>();
	for (const cell of cells) {
		const text =
			cell !== null && typeof cell === 'object' ? cell.date.slice(0, 4) : shownText(cell);
		const isAlone = typeof cell === 'number' && !Number.isInteger(cell);
		if (isAlone) continue;
		for (const [year] of latinDigits(text).matchAll(/(?<!\d)\d{4}(?!\d)/g)) {
			const calendars = calendarsOf(Number(year));
			if (!calendars.includes('gregorian')) for (const one of calendars) found.add(one);
		}
	}
	return [...found];
}

/** Years of the Buddhist era are of no other calendar; of the rest a person says which. */
export function guessCalendar(found: readonly Calendar[]): Calendar | null {
	return found.length === 1 && found[0] === 'buddhist' ? 'buddhist' : null;
}

function isOfEarlier(name: string, thisYear: number): boolean {
	return [...latinDigits(name).matchAll(/(?<!\d)(?:19|20)\d{2}(?!\d)/g)].some(
		([year]) => Number(year) < thisYear
	);
}

const AGE_WORDS = /(^| )(age|ages|edad|idade|varsta|العمر|عمر|السن|سن)( |$)|อายุ/u;

/** Whether a column is headed as ages: dates in it are what a spreadsheet made of `6-11`. */
export function isOfAges(label: string): boolean {
	return AGE_WORDS.test(foldHeader(label));
}

/** A date nobody of a list was born on: in these two years, or still to come. */
export function isAgeDate(cell: Cell, today: string): boolean {
	const isText = typeof cell === 'string' && !/[-/.]\d{4}|^\d{4}[-/.]/.test(latinDigits(cell));
	if (typeof cell === 'number' || isText) return false;
	const read = dateIn(cell, 'dmy');
	return read.ok && Number(read.value.slice(0, 4)) >= Number(today.slice(0, 4)) - 2;
}

function ageDatesIn(births: readonly { cell: Cell; label: string }[], today: string): string[] {
	const dates = births.filter(({ cell, label }) => isOfAges(label) && isAgeDate(cell, today));
	return [...new Set(dates.map(({ cell }) => shownText(cell)))].slice(0, MOST_EXAMPLES);
}

function birthOrder(
	kind: ImportKind,
	{ options }: Setup,
	births: readonly { cell: Cell }[]
): Setup['options']['birthOrder'] {
	if (kind !== 'registers') return options.dateOrder;
	return guessDateOrder(births.map(({ cell }) => cell));
}

const SPANISH = /(^| )(sexo|genero|nombre|nome|nombres|apellidos?|fecha|edad|idade)( |$)/u;

function sexesIn(setup: Setup, tables: readonly SheetTable[]): FoundSex[] {
	const counts = new Map<string, number>();
	for (const { cell } of eachCell(setup, tables, 'sex')) {
		const text = sexText(cell);
		if (text === '' || (counts.size >= MOST_SEXES && !counts.has(text))) continue;
		counts.set(text, (counts.get(text) ?? 0) + 1);
	}
	const texts = [...counts.keys()];
	const isSpanish = setup.columns.some(({ label }) => SPANISH.test(foldHeader(label)));
	const guesses = guessSexes(texts, { isSpanish });
	return texts.map((text, at) => ({ text, count: counts.get(text)!, sex: guesses[at]! }));
}

/** Each kind of mark under a date that counts, or in the column of marks; most frequent first. */
function countMarks(tables: readonly SheetTable[], setup: Setup) {
	const counts = new Map<string, number>();
	const count = (cell: Cell) => {
		const text = markText(cell);
		counts.set(text, (counts.get(text) ?? 0) + 1);
	};
	for (const [at, sheet] of setup.sheets.entries()) {
		if (!sheet.chosen) continue;
		const due = sheet.date.flatMap((_, column) => (dueIn(sheet, column) ? [column] : []));
		for (const row of (tables[at]?.rows ?? []).slice(sheet.from, sheet.to))
			if (!row.every(isBlank)) for (const column of due) count(row[column] ?? null);
	}
	for (const { cell } of eachCell(setup, tables, 'mark')) count(cell);
	return [...counts]
		.map(([text, count]) => ({ text, count }))
		.sort((a, b) => b.count - a.count)
		.slice(0, MOST_MARKS + 1);
}

/** The session a column holds the marks of; null where it has no mark at all, or is still to come: nothing is known. */
export function dueIn(sheet: Sheet, column: number): Occasion | null {
	const date = sheet.date[column] ?? null;
	if (date === null) return null;
	const occasion = occasionOf(date, { part: sheet.part[column] ?? 1 });
	const isOpen = sheet.blankDates.includes(occasion) || sheet.futureDates.includes(occasion);
	return isOpen ? null : occasion;
}
