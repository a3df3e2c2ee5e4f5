import { expect, it } from 'vitest';
import { birthIn } from './births.ts';
import type { Cell } from './types.ts';

const ON = '2026-05-04';

it.each<[Cell, number, number | null, string]>([
	[2015, 2015, null, 'year'],
	['٢٠١٥', 2015, null, 'year'],
	['born 2015', 2015, null, 'year'],
	[11, 2015, null, 'age'],
	['11 سنة', 2015, null, 'age'],
	[5.5, 2020, null, 'age'],
	['8,5', 2017, null, 'age'],
	['8½', 2017, null, 'age'],
	['7 years 6 months', 2018, null, 'age'],
	['7 ans et 6 mois', 2018, null, 'age'],
	['7 سنوات و 6 أشهر', 2018, null, 'age'],
	['9 años', 2017, null, 'age'],
	['18 months', 2024, null, 'age'],
	['٦ أشهر', 2025, null, 'age'],
	[0, 2026, null, 'age'],
	['1/9/2015', 2015, 9, 'date'],
	['1/9/15', 2015, 9, 'date'],
	['Dec 2013', 2013, 12, 'date'],
	['12/2013', 2013, 12, 'date'],
	[{ date: '2015-09-01' }, 2015, 9, 'date'],
	[42_248, 2015, 9, 'date']
])('%j is a birth of %i, month %j, from its %s', (cell, year, month, from) => {
	expect(birthIn(cell, { on: ON })).toEqual({ ok: true, value: { year, month, from } });
});

it('counts an age from the day of the list', () => {
	const read = birthIn(8, { on: '2023-10-03' });
	expect(read).toMatchObject({ ok: true, value: { year: 2015 } });
});

it.each([
	['5/3/2557', 'buddhist', 2014, 3],
	['2557', 'buddhist', 2014, null],
	['5/3/1447', 'hijri', 2025, 8],
	['1392/6/15', 'persian', 2013, 9],
	['15/6/2714', 'kurdish', 2014, 9]
] as const)('%s in the %s calendar is %i', (cell, calendar, year, month) => {
	expect(birthIn(cell, { on: ON, calendar })).toMatchObject({ ok: true, value: { year, month } });
});

it.each<[Cell, string]>([
	[null, 'blank'],
	[2027, 'not_a_year_of_birth'],
	['1/9/2027', 'not_a_year_of_birth'],
	['5/3/2557', 'not_a_year_of_birth'],
	[1900, 'not_a_year_of_birth'],
	[-3, 'not_a_year_of_birth'],
	['young', 'not_a_year_of_birth'],
	['10-12', 'not_a_year_of_birth'],
	['#REF!', 'not_a_year_of_birth']
])('%j is none: %s', (cell, reason) => {
	expect(birthIn(cell, { on: ON })).toEqual({ ok: false, reason });
});
