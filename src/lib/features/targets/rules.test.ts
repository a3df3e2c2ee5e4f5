import { describe, expect, it } from 'vitest';
import { amountOf, readPasted } from './paste.rules.ts';
import { leftBy, offeredPeriods, sameNumbers, sumsOf } from './rules.ts';
import type { GroupPart, TargetNumbers } from './types.ts';

const opening = { amount: 21_600, asOf: null, source: { en: 'The organisation’s page' } };
const numbers: TargetNumbers = {
	...{ startsOn: '2020-01-01', endsOn: '2025-12-31', amount: 28_000 },
	opening
};

function aGroup(said: Partial<GroupPart> & { amount: number }): GroupPart {
	return { id: '', sex: null, ageFrom: null, ageTo: null, populationGroup: null, ...said };
}

describe('the numbers of a target', () => {
	it('are the same however their source is written down, and others when anything differs', () => {
		const source = { ar: 'صفحة', en: 'Page' };
		const other = { en: 'Page', ar: 'صفحة' };
		const withSource = (texts: typeof source) => ({
			...numbers,
			opening: { ...opening, source: texts }
		});
		expect(sameNumbers(withSource(source), withSource(other))).toBe(true);
		for (const change of [
			{ amount: 1 },
			{ endsOn: '2026-12-31' },
			{ opening: null },
			{ opening: { ...opening, asOf: '2025-01-01' } }
		])
			expect(sameNumbers(numbers, { ...numbers, ...change })).toBe(false);
	});
});

describe('parts', () => {
	it('of centres leave what none was given, the opening balance aside, or promise too much', () => {
		expect(leftBy(numbers, [{ amount: 6000 }, { amount: null }])).toBe(400);
		expect(leftBy({ amount: 10, opening: null }, [{ amount: 12 }])).toBe(-2);
	});

	it('of population groups that do not add up keep both numbers and show the difference (himaya 2018)', () => {
		const himaya = { SYR: 1411, LEB: 473, PRL: 31, PRS: 7, OTH: 17 };
		const groups = Object.entries(himaya).map(([populationGroup, amount]) =>
			aGroup({ populationGroup, amount })
		);
		expect(sumsOf(1778, groups)).toEqual([{ dimensions: ['group'], sum: 1939, difference: -161 }]);
	});

	it('told apart by other things are sums of their own', () => {
		const groups = [
			aGroup({ sex: 'f', amount: 60 }),
			aGroup({ sex: 'm', amount: 40 }),
			aGroup({ sex: 'f', ageFrom: 6, ageTo: 11, amount: 30 }),
			aGroup({ ageFrom: 18, amount: 20 })
		];
		expect(sumsOf(100, groups)).toEqual([
			{ dimensions: ['sex'], sum: 100, difference: 0 },
			{ dimensions: ['sex', 'age'], sum: 30, difference: 70 },
			{ dimensions: ['age'], sum: 20, difference: 80 }
		]);
	});
});

describe('offered periods', () => {
	it('are the year, this quarter and the next, and a year that begins with the quarter', () => {
		expect(offeredPeriods('2026-11-28')).toEqual({
			year: { startsOn: '2026-01-01', endsOn: '2026-12-31' },
			quarter: { startsOn: '2026-10-01', endsOn: '2026-12-31' },
			next_quarter: { startsOn: '2027-01-01', endsOn: '2027-03-31' },
			shifted_year: { startsOn: '2026-10-01', endsOn: '2027-09-30' }
		});
		expect(offeredPeriods('2024-02-29').quarter.endsOn).toBe('2024-03-31');
	});

	it('offer a shifted year that is not the year', () => {
		expect(offeredPeriods('2026-02-01').shifted_year).toEqual({
			startsOn: '2026-04-01',
			endsOn: '2027-03-31'
		});
	});
});

describe('a pasted table', () => {
	const known = [
		{ id: 'saida', names: ['Saida', 'صيدا'] },
		{ id: 'tyre', names: ['Tyre', 'صور'] }
	];

	it('is read with or without a header, in any writing of numbers', () => {
		const parts = [
			{ centreId: 'saida', name: 'Saida', amount: 1200 },
			{ centreId: 'tyre', name: 'صور', amount: 350 }
		];
		for (const table of [
			'Saida\t1,200\nصور\t350',
			'Centre\tTarget\nSaida\t1 200\nصور\t٣٥٠',
			'Saida;1200\n\nصور;350\n'
		])
			expect(readPasted(table, known)).toEqual({ ok: true, parts });
	});

	it('names every wrong cell by its line, and sets nothing', () => {
		const table = 'Centre\tTarget\nSaida\t0\nSidon\t5\n\t7\nSaida\t8\nTyre\t9\textra';
		expect(readPasted(table, known)).toEqual({
			ok: false,
			problems: [
				{ line: 2, column: 2, fault: 'not_a_number', typed: '0' },
				{ line: 3, column: 1, fault: 'centre_unknown', typed: 'Sidon' },
				{ line: 4, column: 1, fault: 'centre_missing', typed: '' },
				{ line: 5, column: 1, fault: 'centre_twice', typed: 'Saida' },
				{ line: 6, column: 3, fault: 'cell_extra', typed: 'extra' }
			]
		});
		expect(readPasted('', known)).toMatchObject({ problems: [{ fault: 'nothing' }] });
	});

	it('takes whole numbers alone', () => {
		for (const typed of ['', '-5', '1.5', '12 people', '1,20', '9999999999'])
			expect(amountOf(typed)).toBeUndefined();
		expect(['28,000', '28.000', '28’000', '٢٨٬٠٠٠'].map(amountOf)).toEqual(Array(4).fill(28_000));
	});
});
