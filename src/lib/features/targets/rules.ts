import type { Dimension } from '#lib/platform/db/vocabularies.ts';
import { addDays } from '#lib/platform/clock/days.ts';
import type { ChangeState, GroupPart, GroupSum, PeopleGroup, TargetNumbers } from './types.ts';

/** Whether two versions of a target's numbers say the same. */
export function sameNumbers(a: TargetNumbers, b: TargetNumbers): boolean {
	return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

function ordered({ startsOn, endsOn, amount, opening }: TargetNumbers) {
	const source = Object.entries(opening?.source ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
	return [startsOn, endsOn, amount, opening && [opening.amount, opening.asOf, source]];
}

/** Where a change stands, by what is stored of it. */
export function stateOf(row: {
	took_effect_at: number | null;
	confirmed_at: number | null;
	dropped_at: number | null;
}): ChangeState {
	if (row.dropped_at !== null) return 'dropped';
	if (row.took_effect_at === null) return 'waiting';
	return row.confirmed_at === null ? 'unconfirmed' : 'confirmed';
}

/** What the parts of the centres leave of a target, the opening balance aside; negative when they promise more. */
export function leftBy(
	{ amount, opening }: Pick<TargetNumbers, 'amount' | 'opening'>,
	parts: readonly { amount: number | null }[]
): number {
	return amount - (opening?.amount ?? 0) - parts.reduce((sum, part) => sum + (part.amount ?? 0), 0);
}

/** What a group is told apart by. */
export function dimensionsOf(group: PeopleGroup): Dimension[] {
	return [
		...(group.sex !== null ? (['sex'] as const) : []),
		...(group.ageFrom !== null || group.ageTo !== null ? (['age'] as const) : []),
		...(group.populationGroup !== null ? (['group'] as const) : [])
	];
}

/**
 * The parts by what they are told apart by, each sum beside the whole target: boys and girls are one sum, SYR and LEB
 * another, and neither need be the target (`domain.md` REQ-B3).
 */
export function sumsOf(amount: number, groups: readonly GroupPart[]): GroupSum[] {
	const sums = new Map<string, GroupSum>();
	for (const group of groups) {
		const dimensions = dimensionsOf(group);
		const key = dimensions.join();
		// Old browsers read this too: no `getOrInsertComputed`.
		const sum = sums.get(key) ?? { dimensions, sum: 0, difference: amount };
		sums.set(key, sum);
		sum.sum += group.amount;
		sum.difference -= group.amount;
	}
	return [...sums.values()];
}

/** Whether two parts are for the same people, so that one of them is too many. */
export function isSameGroup(a: PeopleGroup, b: PeopleGroup): boolean {
	return (
		a.sex === b.sex &&
		a.ageFrom === b.ageFrom &&
		a.ageTo === b.ageTo &&
		a.populationGroup === b.populationGroup
	);
}

export interface Period {
	startsOn: string;
	endsOn: string;
}

/**
 * Periods that are offered: the year of `today`, the quarter it lies in and the next, and a year that begins with
 * the quarter, as the years of many funders do. Any other dates can be typed.
 */
export function offeredPeriods(
	today: string
): Record<'year' | 'quarter' | 'next_quarter' | 'shifted_year', Period> {
	const year = Number(today.slice(0, 4));
	const quarter = Math.floor((Number(today.slice(5, 7)) - 1) / 3);
	return {
		year: between(year, 0, 12),
		quarter: between(year, quarter * 3, 3),
		next_quarter: between(year, quarter * 3 + 3, 3),
		shifted_year: between(year, quarter * 3 || 3, 12)
	};
}

/** So many months from the month counted from January of a year, 0 being January. */
function between(year: number, month: number, months: number): Period {
	const first = (count: number) =>
		`${year + Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}-01`;
	return { startsOn: first(month), endsOn: addDays(first(month + months), -1) };
}
