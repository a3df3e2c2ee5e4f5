import type { Place } from '#lib/features/centres/types.ts';
import type { Sex } from '#lib/platform/db/schema.ts';
import type { Dimension } from '#lib/platform/db/vocabularies.ts';
import { withTotals } from './protect.rules.ts';
import {
	AGES,
	GROUPS,
	LAYOUTS,
	SEXES,
	type Category,
	type Layout,
	type NewlyReached,
	type SheetCell
} from './types.ts';

/** People newly reached in a month as ActivityInfo asks for them (`domain.md` 5.3), and coarser. */

const AGES_FROM = [0, 6, 12, 18];
const SEX_OF: Record<Sex, (typeof SEXES)[number]> = {
	f: 'female',
	m: 'male',
	other: 'other or not stated'
};

interface Shape {
	places: 'district' | 'governorate' | 'country';
	hasGroup: boolean;
	hasSexAndAge: boolean;
}

const SHAPES: Record<Layout, Shape> = {
	district_group_sex_age: { places: 'district', hasGroup: true, hasSexAndAge: true },
	district_sex_age: { places: 'district', hasGroup: false, hasSexAndAge: true },
	governorate_sex_age: { places: 'governorate', hasGroup: false, hasSexAndAge: true },
	country_group_sex_age: { places: 'country', hasGroup: true, hasSexAndAge: true },
	country_sex_age: { places: 'country', hasGroup: false, hasSexAndAge: true },
	total: { places: 'country', hasGroup: false, hasSexAndAge: false }
};

/** What a layout tells people apart by, besides where. */
export function dimensionsOf(layout: Layout): Dimension[] {
	const { hasGroup, hasSexAndAge } = SHAPES[layout];
	return [
		...(hasSexAndAge ? (['sex', 'age'] as const) : []),
		...(hasGroup ? (['group'] as const) : [])
	];
}

/** Numbers of a month with totals. */
export interface Sheet {
	/** A row for each place with a centre; null for the whole country. */
	places: (Place | null)[];
	categories: Category[];
	/** A row for each place, a column for each category; the last of both are the totals. */
	table: number[][];
}

/** What one month is laid out by. */
export interface SheetOf {
	layout: Layout;
	/** `YYYY-MM`. */
	month: string;
	country: string;
	/** Where each centre of the section is. */
	placeOf: ReadonlyMap<string, Place>;
}

/** The layouts a country has; only Lebanon asks for population groups. */
export function layoutsFor(country: string): Layout[] {
	return LAYOUTS.filter((layout) => country === 'LB' || !SHAPES[layout].hasGroup);
}

/** Age in full years in a month, `YYYY-MM`; without a month of birth, the age reached in that year. */
export function ageIn(month: string, birthYear: number, birthMonth: number | null): number {
	const [year, at] = month.split('-').map(Number) as [number, number];
	return year - birthYear - (birthMonth !== null && at < birthMonth ? 1 : 0);
}

export function ageBand(age: number): (typeof AGES)[number] {
	return AGES[AGES_FROM.findLastIndex((from) => Math.max(age, 0) >= from)]!;
}

/** Every category a layout has in a country, whether anybody belongs to it or not. */
export function categoriesOf(country: string, layout: Layout): Category[] {
	const { hasGroup, hasSexAndAge } = SHAPES[layout];
	const groups = hasGroup && country === 'LB' ? GROUPS : [null];
	if (!hasSexAndAge) return groups.map((group) => ({ group, sex: null, age: null }));
	return groups.flatMap((group) =>
		SEXES.flatMap((sex) => AGES.map((age) => ({ group, sex, age })))
	);
}

/** Lays people out over all places with a centre and all categories, with totals. */
export function layOut(newly: readonly NewlyReached[], of: SheetOf): Sheet {
	const { layout, month, country, placeOf } = of;
	const places = new Map(
		[...placeOf.values()].map((place) => placeIn(layout, place)).map((one) => [keyOf(one), one])
	);
	const rows = SHAPES[layout].places === 'country' ? [''] : [...places.keys()];
	rows.sort();
	const categories = categoriesOf(country, layout);
	const counts = rows.map(() => categories.map(() => 0));
	for (const one of newly) {
		const row = rows.indexOf(keyOf(placeIn(layout, placeOf.get(one.centreId)!)));
		const age = ageBand(ageIn(month, one.birthYear, one.birthMonth));
		const column = categories.findIndex(
			({ group, ...category }) =>
				(group === null || group === groupOf(one.populationGroup)) &&
				(category.sex === null || category.sex === SEX_OF[one.sex]) &&
				(category.age === null || category.age === age)
		);
		counts[row]![column]! += one.count;
	}
	return {
		places: rows.map((key) => places.get(key) ?? null),
		categories,
		table: withTotals(counts)
	};
}

/** Every number of a sheet with its place and category: those of the sheet itself, then all, each place, each category. */
export function cellsOf<Count>(
	{ places, categories }: Pick<Sheet, 'places' | 'categories'>,
	countAt: (row: number, column: number, isTotal: boolean) => Count | 'left out'
): (Omit<SheetCell, 'count'> & { count: Count })[] {
	const all = { group: null, sex: null, age: null };
	const [last, end] = [places.length, categories.length];
	const at = (rows: readonly number[], columns: readonly number[], isTotal: boolean) =>
		rows.flatMap((row) =>
			columns.flatMap((column) => {
				const count = countAt(row, column, isTotal);
				if (count === 'left out') return [];
				return [{ ...(categories[column] ?? all), place: places[row] ?? null, isTotal, count }];
			})
		);
	const [rows, columns] = [[...places.keys()], [...categories.keys()]];
	return [
		...at(rows, columns, false),
		...at([last], [end], true),
		...(last > 1 ? at(rows, [end], true) : []),
		...(last > 1 ? at([last], columns, true) : [])
	];
}

/** The exact numbers of a sheet, for use inside; nobody needs no row. */
export function exactCells(sheet: Sheet): SheetCell[] {
	return cellsOf(sheet, (row, column) => sheet.table[row]![column]! || 'left out');
}

/** The district's code, else the governorate's. */
export function codeOf({ adm1, adm2 }: Place): string {
	return adm2 ?? adm1;
}

function placeIn(layout: Layout, place: Place): Place | null {
	const level = SHAPES[layout].places;
	if (level === 'country') return null;
	return level === 'district' ? place : { ...place, adm2: null };
}

function keyOf(place: Place | null): string {
	return place ? codeOf(place) : '';
}

function groupOf(stored: string | null): (typeof GROUPS)[number] {
	return GROUPS.find((group) => group === stored) ?? 'not stated';
}
