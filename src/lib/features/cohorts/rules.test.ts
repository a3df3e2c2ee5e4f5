import { expect, it } from 'vitest';
import { isOutsideAges } from './rules.ts';

const AGES = { ageFrom: 8, ageTo: 11 };
const outside = (birthYear: number, birthMonth?: number) =>
	isOutsideAges({ birthYear, birthMonth }, AGES, '2026-05-01');

it('asks about a man of 36 in a group of 8 to 11, and about a child much younger', () => {
	expect(outside(1990)).toBe(true);
	expect(outside(2021)).toBe(true);
});

it('asks about nobody who may be of the age, born early or late in the year', () => {
	expect([2014, 2015, 2016, 2017, 2018].map((year) => outside(year))).toEqual(Array(5).fill(false));
	expect(outside(2013)).toBe(true);
	expect(outside(2019)).toBe(true);
});

it('goes by the month where it is known', () => {
	expect(outside(2014, 1)).toBe(true);
	expect(outside(2014, 12)).toBe(false);
	expect(outside(2018, 12)).toBe(true);
});
