import { latinDigits } from '../forms/digits.ts';
import { isBlank, textIn } from './texts.ts';
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

/** Between two numbers in one cell, the surest first. */
const BETWEEN = [
	/\s*[;،|\n]\s*|\s+(?:or|ou|o|sau|et|and|y|e|si|أو|او|و|หรือ)\s+/iu,
	/\s+[-–/]\s+/u,
	/\s*[/,]\s*/u,
	/\s+/u
];
/** Digits of a number that stands alone. */
const WHOLE_NUMBER = 6;

/**
 * A telephone number as its digits, `+` before the country: `03/123 456` is 03123456, `00961…` is +961…. Of several in
 * one cell the first, and `more` says that there are others.
 */
export function phoneIn(cell: Cell): CellRead<string> & { more?: true } {
	if (isBlank(cell)) return { ok: false, reason: 'blank' };
	const text = latinDigits(textIn(cell));
	const parts = partsOf(text);
	if (parts.length === 1) return numberIn(text);
	const first = numberIn(parts[0]!);
	return first.ok ? { ...first, more: true } : first;
}

/** `3123456 / 70987654` are two; `03/123456` and `70 98 76 54` are one. */
function partsOf(text: string): string[] {
	const areWhole = (parts: string[]) =>
		parts.length > 1 && parts.every((part) => part.replace(/\D/g, '').length >= WHOLE_NUMBER);
	const found = BETWEEN.map((between) => text.split(between)).find(areWhole);
	return found ?? [text];
}

function numberIn(text: string): CellRead<string> {
	const number = text.replace(/^(?:tel|phone|mob|هاتف)[.:\s]*/i, '').replace(/[\s().\-/‐–_]/g, '');
	const plain = number.replace(/^00/, '+');
	return /^\+?\d{6,15}$/.test(plain)
		? { ok: true, value: plain }
		: { ok: false, reason: 'not_a_phone' };
}
