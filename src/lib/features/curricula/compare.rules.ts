import type { FullPlan, FullVersion, Wording } from './types.ts';
import { wordingsOfPlan } from './wording.rules.ts';

/** A session plan in two versions; `moved`: it says the same at another place. */
export interface Comparison {
	older: FullPlan | null;
	newer: FullPlan | null;
	state: 'same' | 'changed' | 'moved' | 'added' | 'gone';
}

type Compared = Pick<FullVersion, 'plans'>;

/** Session plans of two versions side by side, told by where they come from: in the newer's order, those that are gone last. */
export function compareVersions(older: Compared, newer: Compared): Comparison[] {
	const before = new Map(older.plans.map((plan) => [plan.stemId, plan]));
	const known = new Set(newer.plans.map(({ stemId }) => stemId));
	return [
		...newer.plans.map((plan) => lineOf(before.get(plan.stemId) ?? null, plan)),
		...older.plans
			.filter(({ stemId }) => !known.has(stemId))
			.map((plan): Comparison => ({ older: plan, newer: null, state: 'gone' }))
	];
}

function lineOf(older: FullPlan | null, newer: FullPlan): Comparison {
	if (!older) return { older, newer, state: 'added' };
	if (contentOf(older) !== contentOf(newer)) return { older, newer, state: 'changed' };
	return { older, newer, state: older.position === newer.position ? 'same' : 'moved' };
}

function contentOf(plan: FullPlan): string {
	return JSON.stringify([
		...[plan.minutes, plan.strand, plan.picture, plan.ownPicture?.file],
		plan.activities.map(({ minutes }) => minutes),
		wordingsOfPlan(plan).map(sorted)
	]);
}

/** The same whatever order its languages were written in. */
function sorted({ texts }: Wording): [string, string | undefined][] {
	return Object.entries(texts).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
