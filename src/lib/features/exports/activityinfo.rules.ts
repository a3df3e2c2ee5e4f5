import type { Place } from '#lib/features/centres/types.ts';
import type { Sex } from '#lib/platform/db/schema.ts';
import type { NewlyReached } from './newly.queries.server.ts';
import { withTotals } from './protect.rules.ts';

/** People newly reached in a month as ActivityInfo asks for them (`domain.md` 5.3): by place, group, sex and age. */

/** Displaced Syrian, Lebanese, Palestine refugee from Syria and in Lebanon, other (`domain.md` 5.1), and not stated. */
export const GROUPS = ['SYR', 'LEB', 'PRS', 'PRL', 'OTH', 'not stated'] as const;
export const SEXES = ['female', 'male', 'other or not stated'] as const;
/** With an en dash: a spreadsheet takes 6-11 for a day in November. */
export const AGES = ['0–5', '6–11', '12–17', '18+'] as const;
const AGES_FROM = [0, 6, 12, 18];

const SEX_OF: Record<Sex, (typeof SEXES)[number]> = {
	f: 'female',
	m: 'male',
	other: 'other or not stated'
};

/** What people are told apart by. */
export interface Category {
	/** null outside Lebanon: other countries have no such list. */
	group: (typeof GROUPS)[number] | null;
	sex: (typeof SEXES)[number];
	age: (typeof AGES)[number];
}

export interface MonthSheet {
	places: Place[];
	categories: Category[];
	/** A row for each place, a column for each category; the last of both are the totals. */
	table: number[][];
}

/** Age in full years in a month, `YYYY-MM`; without a month of birth, the age reached in that year. */
export function ageIn(month: string, birthYear: number, birthMonth: number | null): number {
	const [year, at] = month.split('-').map(Number) as [number, number];
	return year - birthYear - (birthMonth !== null && at < birthMonth ? 1 : 0);
}

export function ageBand(age: number): (typeof AGES)[number] {
	return AGES[AGES_FROM.findLastIndex((from) => Math.max(age, 0) >= from)]!;
}

/** Every category there is in a country, whether anybody belongs to it or not. */
export function categoriesOf(country: string): Category[] {
	const groups = country === 'LB' ? GROUPS : [null];
	return groups.flatMap((group) =>
		SEXES.flatMap((sex) => AGES.map((age) => ({ group, sex, age })))
	);
}

/** Lays those newly reached out over all places with a centre and all categories, with totals. */
export function monthSheet(
	newly: readonly NewlyReached[],
	{
		month,
		country,
		placeOf
	}: { month: string; country: string; placeOf: ReadonlyMap<string, Place> }
): MonthSheet {
	const places = new Map([...placeOf.values()].map((place) => [codeOf(place), place]));
	const codes = [...places.keys()].sort();
	const categories = categoriesOf(country);
	const counts = codes.map(() => categories.map(() => 0));
	for (const one of newly) {
		const row = codes.indexOf(codeOf(placeOf.get(one.centreId)!));
		const group = country === 'LB' ? groupOf(one.populationGroup) : null;
		const age = ageBand(ageIn(month, one.birthYear, one.birthMonth));
		const column = categories.findIndex(
			(category) =>
				category.group === group && category.sex === SEX_OF[one.sex] && category.age === age
		);
		counts[row]![column]! += one.count;
	}
	return {
		places: codes.map((code) => places.get(code)!),
		categories,
		table: withTotals(counts)
	};
}

/** The district's code, else the governorate's. */
export function codeOf({ adm1, adm2 }: Place): string {
	return adm2 ?? adm1;
}

function groupOf(stored: string | null): (typeof GROUPS)[number] {
	return GROUPS.find((group) => group === stored) ?? 'not stated';
}
