import { expect, it } from 'vitest';
import { datesOn, PAPER_SIGNS, SHEETS, sheetOf } from './paper.rules.ts';

it('prints eight dates unless the address names another sheet', () => {
	expect([null, '', '5', '-4', '8', '12', 'names'].map(sheetOf)).toEqual(
		['8', '8', '8', '8', '8', '12', 'names'] // five is no sheet
	);
});

it('knows how many dates a sheet holds', () => {
	expect(SHEETS.map(datesOn)).toEqual([4, 8, 12, 0]);
});

it('draws no two marks alike', () => {
	const signs = Object.values(PAPER_SIGNS);
	expect(new Set(signs).size).toBe(signs.length);
});
