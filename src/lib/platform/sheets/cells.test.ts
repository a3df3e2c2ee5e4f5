import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phoneIn, wholeNumberIn } from './cells.ts';
import { folded, isBlank, textIn } from './texts.ts';
import { cellAddress, type Cell } from './types.ts';

describe('cellAddress', () => {
	it.each([
		[0, 0, 'A1'],
		[13, 2, 'C14'],
		[0, 25, 'Z1'],
		[0, 26, 'AA1'],
		[59_999, 499, 'SF60000'],
		[0, 701, 'ZZ1'],
		[0, 702, 'AAA1']
	])('names row %i, column %i: %s', (row, column, address) => {
		expect(cellAddress(row, column)).toBe(address);
	});
});

describe('textIn', () => {
	it.each([
		[null, ''],
		['  أمل \u200f\n خليل ', 'أمل خليل'],
		['e\u0301', 'é'],
		[2015, '2015'],
		[{ date: '2015-03-01', time: '14:30' }, '2015-03-01 14:30']
	])('%j is "%s"', (cell, text) => {
		expect(textIn(cell)).toBe(text);
	});

	it('is blank for what shows nothing', () => {
		expect(['', ' \u200e', '\u00a0', null].map(isBlank)).toEqual([true, true, true, true]);
		expect(isBlank(0)).toBe(false);
	});
});

it.each([
	['Née À', 'nee a'],
	['آذَار', 'اذار'],
	['أنثى', 'انثي'],
	['فتاة', 'فتاه'],
	['مـحـمـد', 'محمد'],
	['١٢ ۳', '12 3']
])('%s is folded to %s', (text, expected) => {
	expect(folded(text)).toBe(expected);
});

describe('wholeNumberIn', () => {
	it.each<[Cell, number]>([
		[12, 12],
		['12', 12],
		['١٢', 12],
		['۱۲', 12],
		['12 years', 12],
		['عمره ١٢ سنة', 12],
		['12 ans', 12],
		['12.0', 12],
		['1,200', 1200],
		['1 200', 1200],
		['١٬٢٠٠', 1200],
		['-3', -3],
		['Grade-5', 5],
		[0, 0]
	])('%j is %i', (cell, value) => {
		expect(wholeNumberIn(cell)).toEqual({ ok: true, value });
	});

	it.each<[Cell, string]>([
		[null, 'blank'],
		[' ', 'blank'],
		['twelve', 'not_a_number'],
		[12.5, 'not_a_number'],
		['12.5', 'not_a_number'],
		['12½', 'not_a_number'],
		['10-12', 'not_a_number'],
		['٢٠١٥/٣/١', 'not_a_number'],
		[true, 'not_a_number'],
		[{ date: '2015-03-01' }, 'not_a_number'],
		['9'.repeat(40), 'not_a_number']
	])('%j is none: %s', (cell, reason) => {
		expect(wholeNumberIn(cell)).toEqual({ ok: false, reason });
	});

	it('reads every number in the digits of three scripts', () => {
		const script = fc.constantFrom(0x30, 0x660, 0x6f0);
		fc.assert(
			fc.property(fc.nat(), script, (value, zero) => {
				const text = String(value).replace(/\d/g, (digit) =>
					String.fromCharCode(zero + Number(digit))
				);
				expect(wholeNumberIn(text)).toEqual({ ok: true, value });
			})
		);
	});
});

describe('phoneIn', () => {
	it.each<[Cell, string]>([
		['03/123 456', '03123456'],
		['٠٣-١٢٣٤٥٦', '03123456'],
		['+961 3 123 456', '+9613123456'],
		['00961 (3) 123456', '+9613123456'],
		['Tel: 70 123 456', '70123456'],
		[3_123_456, '3123456']
	])('%j is %s', (cell, value) => {
		expect(phoneIn(cell)).toEqual({ ok: true, value });
	});

	it.each<[Cell, string]>([
		['3123456 / 70987654', '3123456'],
		['3123456 - 3987654', '3123456'],
		['03/123456 - 70/654321', '03123456'],
		['70987654 71234567', '70987654'],
		['03 123456 et 70 987654', '03123456']
	])('of the numbers in %j the first is %s', (cell, value) => {
		expect(phoneIn(cell)).toEqual({ ok: true, value, more: true });
	});

	it.each<[Cell, string]>([
		[null, 'blank'],
		['none', 'not_a_phone'],
		['03/123456-70/654321', 'not_a_phone'],
		['9.61701E+11', 'not_a_phone'],
		['12', 'not_a_phone']
	])('%j is none: %s', (cell, reason) => {
		expect(phoneIn(cell)).toEqual({ ok: false, reason });
	});
});
