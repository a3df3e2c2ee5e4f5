import { addDays, isDate } from '../clock/days.ts';
import { latinDigits } from '../forms/digits.ts';
import { calendarsOf, civilDate, civilYear, type Calendar } from './calendars.ts';
import { folded, isBlank, textIn } from './texts.ts';
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

/** Month names in the languages of the field, January first; of several words with `_`. */
const MONTHS = [
	'january jan janvier janv كانون_الثاني يناير جانفي ك2 enero ene janeiro ianuarie ian มกราคม มค كانووني_دووەم',
	'february feb fevrier fevr fev شباط فبراير فيفري febrero fevereiro februarie กุมภาพันธ์ กพ شوبات',
	'march mar mars اذار مارس marzo marco martie มีนาคม มีค ئازار',
	'april apr avril avr نيسان ابريل افريل abril abr aprilie เมษายน เมย',
	'may mai ايار مايو ماي mayo maio พฤษภาคม พค ئایار',
	'june jun juin حزيران يونيو يونيه جوان junio junho iunie iun มิถุนายน มิย حوزەیران',
	'july jul juillet juil تموز يوليو يوليه جويليه julio julho iulie iul กรกฎาคม กค تەممووز تەمموز',
	'august aug aout اب اغسطس اوت agosto ago สิงหาคม สค ئاب',
	'september sept sep septembre ايلول سبتمبر septiembre setiembre setembro set septembrie กันยายน กย ئەیلوول',
	'october oct octobre تشرين_الاول اكتوبر ت1 octubre outubro octombrie ตุลาคม ตค تشرینی_یەکەم',
	'november nov novembre تشرين_الثاني نوفمبر ت2 noviembre novembro noiembrie noi พฤศจิกายน พย تشرینی_دووەم',
	'december dec decembre كانون_الاول ديسمبر ك1 diciembre dic dezembro dez decembrie ธันวาคม ธค کانوونی_یەکەم'
];
const MONTH_BY_NAME = new Map(
	MONTHS.flatMap((names, at) => names.split(' ').map((name) => [folded(name), at + 1] as const))
);
/** Names of two words, as they stand in a text. */
const OF_TWO_WORDS = [...MONTH_BY_NAME.keys()].filter((name) => name.includes('_'));
/** Words that may stand beside a date without changing it. */
const FILLERS = new Set(
	(
		'mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday of the ' +
		'le du lun lundi mar mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche ' +
		'الاثنين الاتنين الثلاثاء الاربعاء الخميس الجمعه السبت الاحد اثنين ثلاثاء اربعاء خميس جمعه سبت احد يوم في م ' +
		'de del el dia lunes martes miercoles jueves viernes sabado domingo ' +
		'segunda terca quarta quinta sexta feira luni marti miercuri joi vineri sambata duminica ' +
		'วันที่ ที่ จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์ พศ'
	)
		.split(' ')
		.map(folded)
);

/**
 * The civil date in a cell: a date cell, a serial number, `1/3/2015`, `1-3-15`, `2015.03.01`, `20150301`, `3 March 2015`,
 * `3 آذار ٢٠١٥`. Day and month alone (`12/3`) are a date of `year` where one is given. Years are those of the calendar.
 */
export function dateIn(
	cell: Cell,
	order: DateOrder,
	year?: number,
	calendar: Calendar = 'gregorian'
): DateRead {
	if (cell === null || isBlank(cell)) return { ok: false, reason: 'blank' };
	if (typeof cell === 'object') return asCivil(cell.date, calendar);
	if (typeof cell === 'boolean') return { ok: false, reason: 'not_a_date' };
	const writing = { order, year, calendar };
	if (typeof cell === 'number') return dateInDigits(String(Math.floor(cell)), calendar);
	const text = plain(cell);
	if (/^\d+$/.test(text)) return dateInDigits(text, calendar);
	const numbers = /^(\d{1,4})\s*[-/.\\ ]\s*(\d{1,2})(?:\s*[-/.\\ ]\s*(\d{1,4}))?$/.exec(text);
	if (numbers) return dateInNumbers(numbers.slice(1), writing);
	return dateInWords(text, writing);
}

/** How dates are written where a cell alone leaves it open. */
interface Writing {
	order: DateOrder;
	/** Of dates without one. */
	year: number | undefined;
	calendar: Calendar;
}

const SESSION = /^[\p{L}\p{M}.]+\s*(?:n°|nr|#|°)?\s*\d{1,3}\s*[-:–—(|,]*\s*(?=\S)/iu;
const DATE_WITHIN = /(?<![\d/.-])\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}(?![\d/.-])/g;

/** The date a column is headed with, also beside other words: `Session 1 05/03/2026`, `05/03/2026 AM`. */
export function headingDateIn(
	cell: Cell,
	order: DateOrder,
	year?: number,
	calendar: Calendar = 'gregorian'
): DateRead {
	const alone = dateIn(cell, order, year, calendar);
	if (alone.ok || alone.reason === 'no_year' || typeof cell !== 'string') return alone;
	const text = latinDigits(textIn(cell));
	const [within, ...others] = text.match(DATE_WITHIN) ?? [];
	if (within && others.length === 0) return dateIn(within, order, year, calendar);
	const rest = text.replace(SESSION, '').replace(/\)$/, '');
	return rest === text ? alone : dateIn(rest, order, year, calendar);
}

/** The month a group of columns is headed with, `March 2026`, `03/2026`, with its year where it says one. */
export function monthIn(cell: Cell): { month: number; year: number | null } | null {
	if (cell !== null && typeof cell === 'object') {
		const [year, month, day] = cell.date.split('-').map(Number) as [number, number, number];
		return day === 1 ? { month, year } : null;
	}
	if (typeof cell !== 'string') return null;
	const text = plain(cell);
	const numbers = /^(\d{1,2})\s*[-/.]\s*(\d{4})$|^(\d{4})\s*[-/.]\s*(\d{1,2})$/.exec(text);
	if (numbers) {
		const month = Number(numbers[1] ?? numbers[4]);
		const year = Number(numbers[2] ?? numbers[3]);
		return month >= 1 && month <= 12 ? { month, year } : null;
	}
	const words = wordsIn(text);
	const months = words.flatMap((word) => MONTH_BY_NAME.get(word) ?? []);
	const numbersIn = words.filter((word) => /^\d+$/.test(word));
	if (new Set(months).size !== 1 || numbersIn.length > 1) return null;
	if (numbersIn.some((word) => word.length !== 4)) return null;
	return { month: months[0]!, year: numbersIn[0] ? Number(numbersIn[0]) : null };
}

/** Whether a text says nothing but a month, with or without its year. */
export function isMonth(text: string): boolean {
	const words = wordsIn(plain(text));
	return words.length > 0 &&
		words.every((word) => MONTH_BY_NAME.has(word) || /^\d{2,4}$/.test(word))
		? words.some((word) => MONTH_BY_NAME.has(word))
		: monthIn(text) !== null && /^[\d\s./-]+$/.test(latinDigits(text));
}

/** A day of a month alone, as it stands under the month's name: `4`, `4th`, `Wed 4`. */
export function dayIn(cell: Cell): number | null {
	if (cell === null || typeof cell === 'object' || typeof cell === 'boolean') return null;
	const text = plain(String(cell)).replace(/(\d)(?:st|nd|rd|th|er)$/, '$1');
	const day = /^\d{1,2}$/.test(text) ? Number(text) : 0;
	return day >= 1 && day <= 31 ? day : null;
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
		.replace(/(\d)\s*(?:م|ه|هـ)$/, '$1')
		.replace(/(\p{sc=Thai})\./gu, '$1') // ม.ค., พ.ศ.
		.split(/[\s,،]+/)
		.filter((word) => word !== '' && (MONTH_BY_NAME.has(word) || !FILLERS.has(word)))
		.join(' ');
}

function dateInDigits(digits: string, calendar: Calendar): DateRead {
	if (digits.length === 8)
		return asDate(
			calendar,
			Number(digits.slice(0, 4)),
			Number(digits.slice(4, 6)),
			Number(digits.slice(6))
		);
	const serial = Number(digits);
	if (!(serial >= SERIALS.from && serial <= SERIALS.to)) return { ok: false, reason: 'not_a_date' };
	return { ok: true, value: addDays(SERIALS.epoch, serial) };
}

function dateInNumbers(
	[first = '', second = '', third]: (string | undefined)[],
	{ order, year, calendar }: Writing
): DateRead {
	if (third === undefined) {
		if (first.length > 2) return { ok: false, reason: 'not_a_date' };
		if (year === undefined) return { ok: false, reason: 'no_year' };
		return dayFirst(order)
			? either('gregorian', year, second, first)
			: either('gregorian', year, first, second);
	}
	if (first.length > 2 || (order === 'ymd' && third.length <= 2))
		return either(calendar, yearOf(first, calendar), second, third);
	return dayFirst(order)
		? either(calendar, yearOf(third, calendar), second, first)
		: either(calendar, yearOf(third, calendar), first, second);
}

/** Who writes the year first and leaves it out, or puts it last for once, writes the day before the month. */
function dayFirst(order: DateOrder): boolean {
	return order !== 'mdy';
}

/** Month and day as the order has them, or swapped where that alone makes a date. */
function either(calendar: Calendar, year: number, month: string, day: string): DateRead {
	const read = asDate(calendar, year, Number(month), Number(day));
	if (read.ok || Number(month) <= 12) return read;
	const other = asDate(calendar, year, Number(day), Number(month));
	return other.ok ? { ...other, swapped: true } : read;
}

function dateInWords(text: string, { year, calendar }: Writing): DateRead {
	const words = wordsIn(text);
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
			: asDate('gregorian', year, month, Number(first));
	}
	// a month that is named is one of our calendar's, whatever the year counts from
	const named = (digits: string) => civilYear(calendar, yearOf(digits, calendar));
	return first.length > 2
		? asDate('gregorian', named(first), month, Number(second))
		: asDate('gregorian', named(second), month, Number(first));
}

function wordsIn(text: string): string[] {
	return OF_TWO_WORDS.reduce((all, name) => all.replaceAll(name.replace('_', ' '), name), text)
		.replace(/(\d)(?:st|nd|rd|th|er)\b/g, '$1')
		.replace(/(\d)(\p{L}{2,})/gu, '$1 $2')
		.replace(/(\p{L}{3,})(\d)/gu, '$1 $2')
		.split(/[\s./\-\\']+/)
		.filter((word) => word !== '' && !(FILLERS.has(word) && !MONTH_BY_NAME.has(word)));
}

function yearOf(digits: string, calendar: Calendar): number {
	const year = Number(digits);
	if (digits.length > 2) return year;
	if (calendar === 'buddhist') return year + 2500;
	return year + (year < CENTURY_TURNS_AT ? 2000 : 1900);
}

function asDate(calendar: Calendar, year: number, month: number, day: number): DateRead {
	if (calendar !== 'gregorian' && calendarsOf(year).includes(calendar)) {
		const value = civilDate(calendar, { year, month, day });
		return value === null ? { ok: false, reason: 'no_such_date' } : { ok: true, value };
	}
	const two = (number: number) => String(number).padStart(2, '0');
	const date = `${year}-${two(month)}-${two(day)}`;
	return isDate(date) && year >= 1900 && year < 2200
		? { ok: true, value: date }
		: { ok: false, reason: 'no_such_date' };
}

/** A date cell is of our calendar, unless somebody typed the year of another. */
function asCivil(date: string, calendar: Calendar): DateRead {
	const [year, month, day] = date.split('-').map(Number) as [number, number, number];
	const isOther = calendar !== 'gregorian' && calendarsOf(year).includes(calendar);
	return isOther ? asDate(calendar, year, month, day) : { ok: true, value: date };
}
