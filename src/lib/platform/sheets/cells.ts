import { latinDigits } from '../forms/digits.ts';
import { dateIn } from './dates.ts';
import { folded, isBlank, textIn } from './texts.ts';
import type { Cell, CellProblem } from './types.ts';

/** A cell read for a purpose, or why it does not serve it. */
export type CellRead<T> = { ok: true; value: T } | { ok: false; reason: CellProblem };

/** The one whole number in a cell: `12`, `١٢`, `12 years`, `1,200`. Halves, ranges and numbers in plural are none. */
export function wholeNumberIn(cell: Cell): CellRead<number> {
	if (isBlank(cell)) return { ok: false, reason: 'blank' };
	if (typeof cell === 'number')
		return Number.isSafeInteger(cell)
			? { ok: true, value: cell }
			: { ok: false, reason: 'not_a_number' };
	const text = latinDigits(typeof cell === 'string' ? textIn(cell) : '');
	const joined = text.replace(/(?<![\d.,])\d{1,3}(?:[ ,.٬\u2019']\d{3})+(?![\d.,])/g, (number) =>
		number.replace(/\D/g, '')
	);
	const [, sign, digits] = /^(-(?=\d))?\D*(\d{1,15})(?:[.,٫]0+)?\D*$/.exec(joined) ?? [];
	if (digits === undefined || /[½¼¾]/.test(joined)) return { ok: false, reason: 'not_a_number' };
	return { ok: true, value: Number(digits) * (sign ? -1 : 1) };
}

/** A year of birth and what it was read from: a year, a date, or an age, from which it may be one year off. */
export interface BirthYear {
	year: number;
	from: 'year' | 'date' | 'age';
}

const OLDEST = 110;
const MONTHS_OLD = /month|mois|شهر|شهور|اشهر/;

/** The year someone was born in, from a year, a date or an age on `today`. */
export function yearOfBirthIn(cell: Cell, today: string): CellRead<BirthYear> {
	if (isBlank(cell)) return { ok: false, reason: 'blank' };
	const thisYear = Number(today.slice(0, 4));
	const number = wholeNumberIn(typeof cell === 'number' ? Math.floor(cell) : cell);
	if (number.ok && number.value >= 0 && number.value <= OLDEST) {
		const isMonths = typeof cell === 'string' && MONTHS_OLD.test(folded(cell));
		if (!isMonths) return { ok: true, value: { year: thisYear - number.value, from: 'age' } };
		const month = thisYear * 12 + Number(today.slice(5, 7)) - 1 - number.value;
		return { ok: true, value: { year: Math.floor(month / 12), from: 'age' } };
	}
	if (number.ok && number.value > thisYear - OLDEST && number.value <= thisYear)
		return { ok: true, value: { year: number.value, from: 'year' } };
	const date = dateIn(cell, 'dmy');
	if (date.ok && date.value <= today && Number(date.value.slice(0, 4)) >= thisYear - OLDEST)
		return { ok: true, value: { year: Number(date.value.slice(0, 4)), from: 'date' } };
	return { ok: false, reason: 'not_a_year_of_birth' };
}

const SEXES: Record<'f' | 'm' | 'other', string> = {
	f: 'f female girl girls woman fem fille filles femme feminin feminine w انثي بنت بنات فتاه امراه اناث طفله ا',
	m: 'm male boy boys man garcon garcons homme masculin h ذكر صبي صبيان ولد اولاد فتي رجل ذكور طفل ذ',
	other: 'other autre x اخر غيرذلك'
};
const SEX_BY_WORD = new Map(
	Object.entries(SEXES).flatMap(([sex, words]) =>
		words.split(' ').map((word) => [word, sex as 'f' | 'm' | 'other'] as const)
	)
);

/** Girl or boy as sheets say it in English, French and Arabic, by word or letter. */
export function sexIn(cell: Cell): CellRead<'f' | 'm' | 'other'> {
	if (isBlank(cell)) return { ok: false, reason: 'blank' };
	const word = folded(typeof cell === 'string' ? cell : '').replace(/[.\s()/]/g, '');
	const sex = SEX_BY_WORD.get(word);
	return sex ? { ok: true, value: sex } : { ok: false, reason: 'not_a_sex' };
}

/** A telephone number as its digits, `+` before the country: `03/123 456` is 03123456, `00961…` is +961…. */
export function phoneIn(cell: Cell): CellRead<string> {
	if (isBlank(cell)) return { ok: false, reason: 'blank' };
	const text = latinDigits(textIn(cell));
	const number = text.replace(/^(?:tel|phone|mob|هاتف)[.:\s]*/i, '').replace(/[\s().\-/‐–_]/g, '');
	const plain = number.replace(/^00/, '+');
	return /^\+?\d{6,15}$/.test(plain)
		? { ok: true, value: plain }
		: { ok: false, reason: 'not_a_phone' };
}
