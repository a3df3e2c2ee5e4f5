import { expect, it } from 'vitest';
import type { TargetReach } from '#lib/features/reach/types.ts';
import { seenFromOutside, type SnapshotWithTotals } from './outside.rules.ts';

const live: TargetReach = {
	...{ id: 'target', name: 'Target', startsOn: '2026-01-01', endsOn: '2026-12-31' },
	...{ closed: false, isExample: false, targetPeople: 100, peopleCount: 777, adultCount: 777 },
	...{ participationCount: 1234, sessionsHeldCount: 3, mergedCount: 2, published: undefined },
	opening: { peopleCount: 21_600, asOf: null, source: 'The organisation’s page' },
	centres: [
		{
			...{ centreId: 'a', name: 'A', targetPeople: 10, peopleCount: 3, adultCount: 777 },
			...{ participationCount: 5, missingCount: 0, dueCount: 777, pace: null }
		}
	],
	...{ measure: 'reached', definition: 'Who came', indicator: null },
	projects: [],
	note: { state: 'unconfirmed', reason: '1234', proposedAt: 0 },
	pace: {
		...{ from: '2026-01-01', dueCount: 777, state: 'green', newPerWeek: 777, weekCount: 8 },
		...{ neededPerWeek: 1234, forecast: { least: 777, likely: 777, most: 777 } },
		points: [{ on: '2026-02-01', people: 777 }]
	},
	groups: [
		{
			...{ id: 'girls', sex: 'f', ageFrom: null, ageTo: null, populationGroup: null },
			...{ amount: 1, peopleCount: 777 }
		}
	]
};

const snapshot = (
	number: number,
	peopleCount: number,
	totals: Record<number, number>
): SnapshotWithTotals => ({
	...{ number, peopleCount, period: `2026-0${number}`, frozenOn: `2026-0${number + 1}-04` },
	totals: Object.entries(totals).map(([year, people]) => ({
		...{ sinceYear: Number(year), peopleCount: people, isCarried: false }
	}))
});
const SNAPSHOTS = [
	snapshot(1, 40, { 2025: 90, 2026: 40 }),
	snapshot(2, 0, { 2025: 90, 2026: 40 }),
	snapshot(3, 12, { 2025: 100, 2026: 52 })
];
const seen = (target: Partial<TargetReach>, snapshots = SNAPSHOTS) =>
	seenFromOutside({ ...live, ...target }, snapshots);

it('says nothing of people that is live, and of nobody before a month is published', () => {
	const nothing = seen({}, []);
	expect(nothing).toMatchObject({ peopleCount: null, published: null, sessionsHeldCount: 3 });
	for (const target of [nothing, seen({})]) {
		expect(target).toMatchObject({ participationCount: null, mergedCount: 0, centres: [] });
		expect(JSON.stringify(target)).not.toMatch(/777|1234/);
	}
});

it('says nothing of a target that counts some people only: what is published counts everybody', () => {
	for (const measure of ['children', 'caregivers', 'completed'] as const)
		expect(seen({ measure })).toMatchObject({ peopleCount: null, published: null });
	const projects = [{ id: 'grant', name: 'Grant' }];
	expect(seen({ projects })).toMatchObject({ peopleCount: null, published: null });
});

it('counts everybody once since a period began with a year, as the last month in it says', () => {
	expect(seen({})).toMatchObject({
		peopleCount: 52,
		published: { period: '2026-03', number: 3, frozenOn: '2026-04-04', basis: 'once' }
	});
	expect(seen({ startsOn: '2025-01-01' })).toMatchObject({ peopleCount: 100 });
	expect(seen({ startsOn: '2025-01-01', endsOn: '2026-02-28' })).toMatchObject({ peopleCount: 90 });
	expect(seen({ startsOn: '2024-01-01' })).toMatchObject({ peopleCount: null, published: null });
});

it('counts who was newly reached in the whole months of any other period', () => {
	expect(seen({ startsOn: '2026-02-01', endsOn: '2026-03-31' })).toMatchObject({
		peopleCount: 12,
		published: { basis: 'newly' }
	});
	expect(seen({ startsOn: '2026-01-02', endsOn: '2026-03-30' })).toMatchObject({
		peopleCount: null,
		published: { period: '2026-02' }
	});
});

it('says no opening balance that is small itself', () => {
	expect(seen({}).opening).toEqual(live.opening);
	expect(seen({ opening: { ...live.opening!, peopleCount: 9 } }).opening).toBe(null);
});
