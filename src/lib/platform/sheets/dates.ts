import { addDays, isDate } from '../clock/days.ts';
import { folded, isBlank } from './texts.ts';
import type { Cell, CellProblem } from './types.ts';

/** In which order day, month and year are written where the numbers alone leave it open. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** A date read; `swapped` when day and month could only be read the other way round than the order says. */
export type DateRead =
	{ ok: true; value: string; swapped?: true } | { ok: false; reason: CellProblem };

/** Serial days of spreadsheets that can be meant as a date: 1954 to 2119. Below stand years, ages and marks. */
const SERIALS = { from: 20_000, to: 80_000, epoch: '1899-12-30' };
/** Two-digit years below this are of this century. */
const CENTURY_TURNS_AT = 50;

/** Month names without accents or letter variants, January first; longer ones are looked for first. */
const MONTHS = [
	'january jan janvier janv كانون_الثاني يناير جانفي ك2',
	'february feb fevrier fevr fev شباط فبراير فيفري',
	'march mar mars اذار مارس',
	'april apr avril avr نيسان ابريل افريل',
	'may mai ايار مايو ماي',
	'june jun juin حزيران يونيو يونيه جوان',
	'july jul juillet juil تموز يوليو يوليه جويليه',
	'august aug aout اب اغسطس اوت',
	'september sept sep septembre ايلول سبتمبر',
	'october oct octobre تشرين_الاول اكتوبر ت1',
	'november nov novembre تشرين_الثاني نوفمبر ت2',
	'december dec decembre كانون_الاول ديسمبر ك1'
];
const MONTH_BY_NAME = new Map(
	MONTHS.flatMap((names, at) => names.split(' ').map((name) => [name, at + 1] as const))
);
/** Words that may stand beside a date without changing it. */
const FILLERS = new Set(
	(
		'mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday of the ' +
		'le du lun lundi mar mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche ' +
		'الاثنين الاتنين الثلاثاء الاربعاء الخميس الجمعه السبت الاحد اثنين ثلاثاء اربعاء خميس جمعه سبت احد يوم في م'
	)
		.split(' ')
		.map(folded)
);

/**
 * The civil date in a cell: a date cell, a serial number, `1/3/2015`, `1-3-15`, `2015.03.01`, `20150301`, `3 March 2015`,
 * `3 آذار ٢٠١٥`. Day and month alone (`12/3`) are a date of `year` where one is given.
 */
export function dateIn(cell: Cell, order: DateOrder, year?: number): DateRead {
	if (cell === null || isBlank(cell)) return { ok: false, reason: 'blank' };
	if (typeof cell === 'object') return { ok: true, value: cell.date };
	if (typeof cell === 'boolean') return { ok: false, reason: 'not_a_date' };
	if (typeof cell === 'number') return dateInDigits(String(Math.floor(cell)));
	const text = plain(cell);
	if (/^\d+$/.test(text)) return dateInDigits(text);
	const numbers = /^(\d{1,4})\s*[-/.\\ ]\s*(\d{1,2})(?:\s*[-/.\\ ]\s*(\d{1,4}))?$/.exec(text);
	if (numbers) return dateInNumbers(numbers.slice(1), order, year);
	return dateInWords(text, year);
}

/** The order most dates of these cells can only have been written in; day first where they leave it open. */
export function guessDateOrder(cells: Iterable<Cell>): DateOrder {
	const votes = { dmy: 0, mdy: 0, ymd: 0 };
	for (const cell of cells) {
		if (typeof cell !== 'string') continue;
		const parts = plain(cell).split(/\s*[-/.\\ ]\s*/);
		if (parts.length < 2 || parts.length > 3 || parts.some((part) => !/^\d{1,4}$/.test(part)))
			continue;
		const [first = '', second = ''] = parts;
		if (first.length > 2) votes.ymd += 1;
		else if (Number(first) > 12) votes.dmy += 1;
		else if (Number(second) > 12) votes.mdy += 1;
	}
	if (votes.ymd > votes.dmy && votes.ymd > votes.mdy) return 'ymd';
	return votes.mdy > votes.dmy ? 'mdy' : 'dmy';
}

/** Folded, without a time of day, the sign of the era and the words that may stand beside a date. */
function plain(text: string): string {
	return folded(text)
		.replace(/(?:t|\s)\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm|z|ص|م)?$/, '')
		.replace(/(\d)\s*م$/, '$1')
		.split(/[\s,،]+/)
		.filter((word) => word !== '' && (MONTH_BY_NAME.has(word) || !FILLERS.has(word)))
		.join(' ');
}

function dateInDigits(digits: string): DateRead {
	if (digits.length === 8)
		return asDate(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6)));
	const serial = Number(digits);
	if (!(serial >= SERIALS.from && serial <= SERIALS.to)) return { ok: false, reason: 'not_a_date' };
	return { ok: true, value: addDays(SERIALS.epoch, serial) };
}

function dateInNumbers(
	[first = '', second = '', third]: (string | undefined)[],
	order: DateOrder,
	year: number | undefined
): DateRead {
	if (third === undefined) {
		if (first.length > 2) return { ok: false, reason: 'not_a_date' };
		if (year === undefined) return { ok: false, reason: 'no_year' };
		return dayFirst(order) ? either(year, second, first) : either(year, first, second);
	}
	if (first.length > 2 || (order === 'ymd' && third.length <= 2))
		return either(yearOf(first), second, third);
	return dayFirst(order)
		? either(yearOf(third), second, first)
		: either(yearOf(third), first, second);
}

/** Who writes the year first and leaves it out, or puts it last for once, writes the day before the month. */
function dayFirst(order: DateOrder): boolean {
	return order !== 'mdy';
}

/** Month and day as the order has them, or swapped where that alone makes a date. */
function either(year: number, month: string, day: string): DateRead {
	const read = asDate(year, Number(month), Number(day));
	if (read.ok || Number(month) <= 12) return read;
	const other = asDate(year, Number(day), Number(month));
	return other.ok ? { ...other, swapped: true } : read;
}

function dateInWords(text: string, year: number | undefined): DateRead {
	const words = text
		.replace(/(كانون|تشرين) (الاول|الثاني)/g, '$1_$2')
		.replace(/(\d)(?:st|nd|rd|th|er)\b/g, '$1')
		.replace(/(\d)(\p{L}{2,})/gu, '$1 $2')
		.replace(/(\p{L}{3,})(\d)/gu, '$1 $2')
		.split(/[\s./\-\\']+/)
		.filter(Boolean);
	const months = words.flatMap((word) => MONTH_BY_NAME.get(word) ?? []);
	const others = words.filter((word) => !MONTH_BY_NAME.has(word));
	const [month] = months;
	if (
		month === undefined ||
		new Set(months).size > 1 ||
		others.some((word) => !/^\d{1,4}$/.test(word))
	)
		return { ok: false, reason: 'not_a_date' };
	const [first, second] = others;
	if (first === undefined || others.length > 2) return { ok: false, reason: 'not_a_date' };
	if (second === undefined) {
		if (first.length > 2) return { ok: false, reason: 'not_a_date' };
		return year === undefined
			? { ok: false, reason: 'no_year' }
			: asDate(year, month, Number(first));
	}
	return first.length > 2
		? asDate(Number(first), month, Number(second))
		: asDate(yearOf(second), month, Number(first));
}

function yearOf(digits: string): number {
	const year = Number(digits);
	if (digits.length > 2) return year;
	return year + (year < CENTURY_TURNS_AT ? 2000 : 1900);
}

function asDate(year: number, month: number, day: number): DateRead {
	const two = (number: number) => String(number).padStart(2, '0');
	const date = `${year}-${two(month)}-${two(day)}`;
	return isDate(date) && year >= 1900 && year < 2200
		? { ok: true, value: date }
		: { ok: false, reason: 'no_such_date' };
}
