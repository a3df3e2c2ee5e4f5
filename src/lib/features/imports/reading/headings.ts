import { daysBetween, isDate } from '#lib/platform/clock/days.ts';
import type { Calendar } from '#lib/platform/sheets/calendars.ts';
import { dayIn, headingDateIn, monthIn, type DateOrder } from '#lib/platform/sheets/dates.ts';
import { isBlank } from '#lib/platform/sheets/texts.ts';
import type { Cell, SheetTable } from '#lib/platform/sheets/types.ts';

/** Where header and data of a sheet stand, rows from zero. */
export interface Head {
	headerRows: number[];
	from: number;
	to: number;
}

export interface DateReading {
	order: DateOrder;
	calendar: Calendar;
	/** Of the first header without a year; null: as fits. */
	year: number | null;
	swapDates: boolean;
	today: string;
}

/** The dates a register's columns are headed with. */
export interface Headings {
	dates: (string | null)[];
	/** The year the first header without one was put into; null where each has its own. */
	year: number | null;
	isOutOfOrder: boolean;
	isMixed: boolean;
}

/** A date that lacks its year. */
interface Yearless {
	month: number;
	day: number;
}

type Heading = { date: string; isReal: boolean } | Yearless | null;

/** Back by more than this, and a header without a year is one of the year after. */
const NEXT_YEAR_DAYS = 120;
/** A leap year, so that 29 February is a date. */
const ANY_YEAR = 2024;

/**
 * The date in each column's header: whole, beside other words, as a day under its month, or without a year. Those
 * go on from the year that is chosen; else from the latest in which no date with a mark is ahead of `today`.
 */
export function readHeadings(table: SheetTable, head: Head, reading: DateReading): Headings {
	const headings = headingsOf(table, head, reading);
	const isYearless = headings.some((one) => one !== null && !('date' in one));
	const year = isYearless
		? (reading.year ?? guessYear(table, head, headings, reading.today))
		: null;
	const dates = placed(headings, year ?? 0);
	const known = dates.filter((date) => date !== null);
	const whole = headings.filter((one) => one !== null && 'date' in one);
	return {
		dates,
		year,
		isOutOfOrder: known.some((date, at) => at > 0 && date < known[at - 1]!),
		isMixed: whole.some(({ isReal }) => isReal) && whole.some(({ isReal }) => !isReal)
	};
}

/** Which session of its day each column with a date is, from 1. */
export function partsOf(dates: readonly (string | null)[]): number[] {
	const seen = new Map<string, number>();
	return dates.map((date) => {
		if (date === null) return 1;
		const part = (seen.get(date) ?? 0) + 1;
		seen.set(date, part);
		return part;
	});
}

function headingsOf(
	table: SheetTable,
	{ headerRows, from }: Head,
	reading: DateReading
): Heading[] {
	const width = table.rows[0]?.length ?? 0;
	const lines = headerRows.map((row) => table.rows[row] ?? []);
	const bottoms = Array.from({ length: width }, (_, column) => bottomOf(lines, column));
	const title = titleMonth(table, headerRows[0] ?? from);
	const dayCount = bottoms.filter((cell) => dayIn(cell) !== null).length;
	return bottoms.map((bottom, column): Heading => {
		const day = dayIn(bottom);
		const month =
			day === null ? null : (monthAbove(lines, column) ?? (dayCount > 1 ? title : null));
		if (day !== null && month)
			return month.year === null
				? { month: month.month, day }
				: wholeDate(`${month.year}-${two(month.month)}-${two(day)}`);
		return day === null ? headingAmong(lines, column, reading) : null;
	});
}

function bottomOf(lines: readonly Cell[][], column: number): Cell {
	return lines.findLast((line) => !isBlank(line[column] ?? null))?.[column] ?? null;
}

/** The month over a day: in its own column, or written once over the first of its columns. */
function monthAbove(lines: readonly Cell[][], column: number) {
	for (const line of lines.toReversed()) {
		for (let at = column; at >= 0; at -= 1) {
			const cell = line[at] ?? null;
			const month = monthIn(cell);
			if (month) return month;
			if (!isBlank(cell) && at < column && dayIn(cell) === null) break;
			if (!isBlank(cell) && dayIn(cell) !== null && at === column) break;
		}
	}
	return null;
}

/** A month in a title above, or in the sheet's name: it counts where columns are headed with days alone. */
function titleMonth(table: SheetTable, top: number) {
	const titles = table.rows.slice(0, top).flat();
	for (const cell of [...titles, table.name]) {
		const month = monthIn(cell);
		if (month) return month;
		const words = typeof cell === 'string' ? cell.split(/[\s:–—-]+/) : [];
		for (let at = 0; at < words.length; at += 1) {
			const two = monthIn(words.slice(at, at + 2).join(' '));
			const one = two ?? monthIn(words[at]!);
			if (one && (one.year !== null || words[at]!.length > 2)) return one;
		}
	}
	return null;
}

function headingAmong(
	lines: readonly Cell[][],
	column: number,
	{ order, calendar, swapDates }: DateReading
): Heading {
	for (const line of lines.toReversed()) {
		const cell = line[column] ?? null;
		const isReal = cell !== null && typeof cell === 'object';
		const whole = headingDateIn(cell, order, undefined, calendar);
		if (whole.ok && isLikely(whole.value))
			return { date: isReal && swapDates ? swapped(whole.value) : whole.value, isReal };
		const read = whole.ok ? whole : headingDateIn(cell, order, ANY_YEAR, calendar);
		if (!whole.ok && whole.reason === 'no_year' && read.ok) {
			const [, month, day] = read.value.split('-').map(Number) as [number, number, number];
			return { month, day };
		}
	}
	return null;
}

function isLikely(date: string): boolean {
	return date >= '2000-01-01' && date < '2100-01-01';
}

function swapped(date: string): string {
	const [year, month, day] = date.split('-');
	return Number(day) <= 12 ? `${year}-${day}-${month}` : date;
}

function wholeDate(date: string): Heading {
	return isDate(date) ? { date, isReal: false } : null;
}

/** Headers without a year, put after one another from a year on. */
function placed(headings: readonly Heading[], from: number): (string | null)[] {
	let year = from;
	let last: string | null = null;
	return headings.map((heading) => {
		if (heading === null) return null;
		if ('date' in heading) {
			last = heading.date;
			year = Number(last.slice(0, 4));
			return last;
		}
		let date = dateOf(heading, year);
		if (last && date && daysBetween(date, last) > NEXT_YEAR_DAYS) {
			year += 1;
			date = dateOf(heading, year);
		}
		last = date ?? last;
		return date;
	});
}

function dateOf({ month, day }: Yearless, year: number): string | null {
	const date = `${year}-${two(month)}-${two(day)}`;
	return isDate(date) ? date : null;
}

function guessYear(
	table: SheetTable,
	{ from, to }: Head,
	headings: readonly Heading[],
	today: string
): number {
	const rows = table.rows.slice(from, to);
	const isMarked = headings.map(
		(heading, column) => heading !== null && rows.some((row) => !isBlank(row[column] ?? null))
	);
	const first = headings.findIndex((heading) => heading !== null && 'date' in heading);
	const thisYear = Number(today.slice(0, 4));
	if (first !== -1) {
		const known = Number((headings[first] as { date: string }).date.slice(0, 4));
		const backwards = (year: number) => {
			const dates = placed(headings, year).filter((date) => date !== null);
			return dates.filter((date, at) => at > 0 && date < dates[at - 1]!).length;
		};
		return backwards(known - 1) < backwards(known) ? known - 1 : known;
	}
	const isAhead = (year: number) => {
		const dates = placed(headings, year);
		const counted = isMarked.includes(true)
			? dates.filter((_, at) => isMarked[at])
			: dates.slice(0, 1);
		return counted.some((date) => date !== null && date > today);
	};
	let year = thisYear;
	while (isAhead(year) && year > thisYear - 3) year -= 1;
	return year;
}

function two(number: number): string {
	return String(number).padStart(2, '0');
}
