import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ageBand, ageIn, categoriesOf, layOut, layoutsFor } from './layouts.rules.ts';
import { LAYOUTS, type NewlyReached } from './types.ts';
import { hxlTags, SHEET_COLUMNS } from './hxl.rules.ts';

const AKKAR = { adm1: 'LB7', adm2: 'LB51' };
const TYRE = { adm1: 'LB6', adm2: 'LB63' };
const girl: NewlyReached = {
	centreId: 'halba',
	sex: 'f',
	birthYear: 2016,
	birthMonth: null,
	populationGroup: 'SYR',
	count: 1
};

it('counts years that are full in the month, and of who has only a year of birth those of that year', () => {
	expect(ageIn('2026-04', 2014, 5)).toBe(11);
	expect(ageIn('2026-04', 2014, 4)).toBe(12);
	expect(ageIn('2026-04', 2014, null)).toBe(12);
});

it('puts every age into one band', () => {
	expect([0, 5, 6, 11, 12, 17, 18, 90].map(ageBand)).toEqual(
		['0–5', '0–5', '6–11', '6–11', '12–17', '12–17', '18+', '18+'] //
	);
	expect(ageBand(-1)).toBe('0–5'); // a year of birth that was mistyped
});

it('lays people out by place and category, centres of one district together', () => {
	const { places, categories, table } = layOut(
		[
			{ ...girl, count: 2 },
			{ ...girl, centreId: 'bebnine', birthMonth: 3 },
			{ ...girl, centreId: 'sour', sex: 'm', populationGroup: null, birthYear: 2010 },
			{ ...girl, centreId: 'sour', populationGroup: 'XXX', birthYear: 1980, sex: 'other' }
		],
		{
			layout: 'district_group_sex_age',
			month: '2026-04',
			country: 'LB',
			placeOf: new Map([
				['halba', AKKAR],
				['bebnine', AKKAR],
				['sour', TYRE]
			])
		}
	);
	expect(places).toEqual([AKKAR, TYRE]);
	const of = (row: number) =>
		categories.flatMap(({ group, sex, age }, at) => {
			const count = table[row]![at]!;
			return count > 0 ? [`${group} ${sex} ${age}: ${count}`] : [];
		});
	expect(of(0)).toEqual(['SYR female 6–11: 3']);
	expect(of(1)).toEqual(['not stated male 12–17: 1', 'not stated other or not stated 18+: 1']);
	expect(table.map((row) => row.at(-1))).toEqual([3, 2, 5]);
});

it('asks for no population group outside Lebanon', () => {
	expect(layoutsFor('LB')).toEqual(LAYOUTS);
	expect(layoutsFor('TG').filter((layout) => layout.includes('group'))).toEqual([]);
	expect(categoriesOf('TG', 'district_group_sex_age')).toHaveLength(12);
	expect(categoriesOf('LB', 'district_group_sex_age')).toHaveLength(72);
	expect(categoriesOf('LB', 'total')).toHaveLength(1);
});

it('loses and doubles nobody', () => {
	const people = fc.array(
		fc.record({
			centreId: fc.constantFrom('halba', 'sour'),
			sex: fc.constantFrom('f' as const, 'm' as const, 'other' as const),
			birthYear: fc.integer({ min: 1930, max: 2027 }),
			birthMonth: fc.option(fc.integer({ min: 1, max: 12 })),
			populationGroup: fc.option(fc.constantFrom('SYR', 'LEB', 'PRS', 'PRL', 'OTH', '?')),
			count: fc.integer({ min: 1, max: 50 })
		})
	);
	fc.assert(
		fc.property(
			people,
			fc.constantFrom(...LAYOUTS),
			fc.constantFrom('LB', 'TG'),
			(newly, layout, country) => {
				const { table } = layOut(newly, {
					layout,
					month: '2026-04',
					country,
					placeOf: new Map([
						['halba', AKKAR],
						['sour', TYRE]
					])
				});
				expect(table.at(-1)!.at(-1)).toBe(newly.reduce((sum, { count }) => sum + count, 0));
			}
		)
	);
});

it('has a tag for each column, and one that says which level a code is of', () => {
	expect(hxlTags([AKKAR])).toHaveLength(SHEET_COLUMNS.length);
	const code = (...places: Parameters<typeof hxlTags>[0]) => hxlTags(places)[4];
	expect(code(AKKAR)).toBe('#adm2+code');
	expect(code({ adm1: 'TG01', adm2: null })).toBe('#adm1+code');
	expect(code(AKKAR, { adm1: 'LB6', adm2: null })).toBe('#loc+code');
});
