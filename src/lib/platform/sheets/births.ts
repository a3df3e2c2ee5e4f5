import { latinDigits } from '../forms/digits.ts';
import { calendarsOf, civilYear, type Calendar } from './calendars.ts';
import { wholeNumberIn, type CellRead } from './cells.ts';
import { dateIn, monthIn, type DateOrder } from './dates.ts';
import { folded, isBlank, textIn } from './texts.ts';
import type { Cell } from './types.ts';

/**
 * A year of birth, the month where it is said, and what it was read from: a year, a date, or an age, from which it may
 * be one year off.
 */
export interface Birth {
	year: number;
	/** 1 to 12. */
	month: number | null;
	from: 'year' | 'date' | 'age';
}

/** How births of a list are written. */
export interface BirthReading {
	/** The civil date ages are counted from. */
	on: string;
	order?: DateOrder;
	calendar?: Calendar;
}

const OLDEST = 110;
const YEARS =
	/(\d+(?:[.,٫]\d+)?)\s*(½)?\s*(?:y\b|yr|year|an\b|ans\b|annee|ano|an[iu]|سن|عام|اعوام|ปี)/;
const MONTHS = /(\d+)\s*(?:m\b|mo\b|mos\b|month|mois|mes|luni|luna|شهر|شهور|اشهر|เดือน)/;
const NUMBER = /^(\d{1,3})(?:[.,٫](\d{1,2}))?\s*(½)?$/;

/** When someone was born, from a year, a date or an age on a day. */
export function birthIn(
	cell: Cell,
	{ on, order = 'dmy', calendar = 'gregorian' }: BirthReading
): CellRead<Birth> {
	if (isBlank(cell)) return { ok: false, reason: 'blank' };
	const age = monthsOldIn(cell);
	if (age !== null) return { ok: true, value: { ...bornBefore(on, age), from: 'age' } };
	const thisYear = Number(on.slice(0, 4));
	const isOurs = (year: number) => year > thisYear - OLDEST && year <= thisYear;
	const named = typeof cell === 'string' ? monthIn(cell) : null;
	if (named?.year && isOurs(named.year))
		return { ok: true, value: { year: named.year, month: named.month, from: 'date' } };
	const number = wholeNumberIn(typeof cell === 'number' ? Math.floor(cell) : cell);
	if (number.ok) {
		const year = isOurs(number.value) ? number.value : yearAlone(number.value, calendar);
		if (year !== null && isOurs(year))
			return { ok: true, value: { year, month: null, from: 'year' } };
	}
	const date = dateIn(cell, order, undefined, calendar);
	if (date.ok && date.value <= on && isOurs(Number(date.value.slice(0, 4)))) {
		const [year, month] = date.value.split('-').map(Number) as [number, number];
		return { ok: true, value: { year, month, from: 'date' } };
	}
	return { ok: false, reason: 'not_a_year_of_birth' };
}

/** A year alone of another calendar, as the civil year most of it lies in. */
function yearAlone(year: number, calendar: Calendar): number | null {
	return calendar !== 'gregorian' && calendarsOf(year).includes(calendar)
		? civilYear(calendar, year)
		: null;
}

/** An age in months: `8`, `8,5`, `8½`, `7 years 6 months`, `18 months`, `٦ أشهر`; null for anything else. */
function monthsOldIn(cell: Cell): number | null {
	if (typeof cell === 'number') return cell >= 0 && cell <= OLDEST ? Math.floor(cell * 12) : null;
	if (typeof cell !== 'string') return null;
	const half = /[½]/.test(textIn(cell));
	const text = latinDigits(folded(cell.replace(/½/g, ' '))).replace(/\s+/g, ' ');
	const years = YEARS.exec(text);
	const months = MONTHS.exec(text);
	if (years && months) return within(12 * decimal(years[1]!) + Number(months[1]));
	if (months && !/\d.*\d/.test(text.replace(months[1]!, ''))) return within(Number(months[1]));
	if (years) return within(12 * (decimal(years[1]!) + (half ? 0.5 : 0)));
	const plain = NUMBER.exec(text.trim());
	if (plain) return within(12 * (decimal(plain[0].replace(/\s/g, '')) + (half ? 0.5 : 0)));
	const whole = wholeNumberIn(cell);
	return whole.ok && whole.value >= 0 ? within(12 * whole.value) : null;
}

function decimal(text: string): number {
	return Number(text.replace(/[,٫]/, '.'));
}

function within(months: number): number | null {
	return months <= OLDEST * 12 ? Math.floor(months) : null;
}

/**
 * Whole years are counted from the year, as everywhere; of an age with months the month tells the year. The month itself is
 * too rough to keep.
 */
function bornBefore(on: string, months: number): Pick<Birth, 'year' | 'month'> {
	const [year, month] = on.split('-').map(Number) as [number, number];
	if (months % 12 === 0) return { year: year - months / 12, month: null };
	return { year: Math.floor((year * 12 + month - 1 - months) / 12), month: null };
}
