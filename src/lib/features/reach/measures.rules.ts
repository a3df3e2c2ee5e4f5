import { ADULT_AGE, ageOn } from '#lib/features/people/rules.ts';
import type { PeopleGroup } from '#lib/features/targets/types.ts';
import type { Measure } from '#lib/platform/db/vocabularies.ts';
import type { ReachedPerson } from './types.ts';

/**
 * Those among the people reached whom a measure counts. Age is that of their first day in the period, at whichever
 * centre: a child who turns eighteen in it is a child. `completed` is counted from other rows.
 */
export function measuredBy(measure: Measure, rows: readonly ReachedPerson[]): ReachedPerson[] {
	if (measure === 'reached' || measure === 'completed') return [...rows];
	const ages = agesOf(rows);
	return rows.filter((row) => {
		const isAdult = ages.get(row.personId)! >= ADULT_AGE;
		return measure === 'children' ? !isAdult : isAdult && row.caresForChild;
	});
}

/** How many people there are of a group, each once. */
export function countGroup(group: PeopleGroup, rows: readonly ReachedPerson[]): number {
	const ages = agesOf(rows);
	return countPeople(
		rows.filter(({ personId, sex, populationGroup }) => {
			const age = ages.get(personId)!;
			return (
				(group.sex === null || group.sex === sex) &&
				(group.ageFrom === null || age >= group.ageFrom) &&
				(group.ageTo === null || age <= group.ageTo) &&
				(group.populationGroup === null || group.populationGroup === populationGroup)
			);
		})
	);
}

export function countPeople(rows: readonly ReachedPerson[]): number {
	return new Set(rows.map(({ personId }) => personId)).size;
}

/** How many people came for the first time on a day, at whichever centre, in order. */
export function firstsOf(rows: readonly ReachedPerson[]): { on: string; count: number }[] {
	const counts = new Map<string, number>();
	for (const on of firstDays(rows).values()) counts.set(on, (counts.get(on) ?? 0) + 1);
	return [...counts].map(([on, count]) => ({ on, count })).sort((a, b) => (a.on < b.on ? -1 : 1));
}

function agesOf(rows: readonly ReachedPerson[]): Map<string, number> {
	const days = firstDays(rows);
	return new Map(rows.map((row) => [row.personId, ageOn(row, days.get(row.personId)!)]));
}

function firstDays(rows: readonly ReachedPerson[]): Map<string, string> {
	const days = new Map<string, string>();
	for (const { personId, firstOn } of rows) {
		const known = days.get(personId);
		if (known === undefined || firstOn < known) days.set(personId, firstOn);
	}
	return days;
}
