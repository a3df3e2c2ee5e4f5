import { describe, expect, it } from 'vitest';
import { formatPercent } from '#lib/platform/i18n/format.ts';
import { byGap, countedTwice, sharesOf, shown, unassigned } from './rules.ts';
import type { CentreReach, TargetReach } from './types.ts';

function aCentre(name: string, targetPeople: number | null, peopleCount: number): CentreReach {
	return {
		centreId: name,
		name,
		targetPeople,
		peopleCount,
		adultCount: null,
		participationCount: 0,
		missingCount: 1,
		dueCount: targetPeople,
		pace: null
	};
}

const opening = { peopleCount: 21_600, asOf: null, source: 'The organisation’s page' };

describe('the share of a target', () => {
	it('is never capped at a hundred per cent', () => {
		const { counted } = sharesOf({ targetPeople: 17_000, peopleCount: 25_845, opening: null })!;
		expect(counted).toBeCloseTo(1.520294, 6);
		expect(formatPercent(counted, 'en')).toBe('152%');
	});

	it('is given with and without the opening balance', () => {
		const { counted, withOpening } = sharesOf({
			targetPeople: 28_000,
			peopleCount: 0,
			opening
		})!;
		expect(counted).toBe(0);
		expect(formatPercent(withOpening!, 'en')).toBe('77.1%');
		expect(sharesOf({ targetPeople: 100, peopleCount: 1, opening: null })!.withOpening).toBe(null);
	});
});

describe('the centres', () => {
	it('come with the largest gap first and those without a part last', () => {
		const centres = [
			aCentre('No part', null, 500),
			aCentre('Over', 10, 15),
			aCentre('Small gap', 10, 5),
			aCentre('B large gap', 100, 5),
			aCentre('A large gap', 100, 5)
		];
		expect(centres.sort(byGap('en')).map(({ name }) => name)).toEqual([
			'A large gap',
			'B large gap',
			'Small gap',
			'Over',
			'No part'
		]);
		const alike = ['Tyre', 'صور', 'عاليه', 'Aley'].map((name) => aCentre(name, 10, 5));
		expect(alike.sort(byGap('ar')).map(({ name }) => name)).toEqual([
			'صور',
			'عاليه',
			'Aley',
			'Tyre'
		]);
	});

	it('leave what no centre was given, the opening balance aside, or promise too much', () => {
		const centres = [aCentre('A', 3000, 0), aCentre('B', 3300, 0), aCentre('C', null, 0)];
		expect(unassigned({ targetPeople: 28_000, opening, centres })).toBe(100);
		expect(unassigned({ targetPeople: 6000, opening: null, centres })).toBe(-300);
	});

	it('add up to more than the country by those who came to two of them', () => {
		const centres = [aCentre('A', null, 10), aCentre('B', null, 7)];
		expect(countedTwice({ peopleCount: 15, centres })).toBe(2);
		expect(countedTwice({ peopleCount: 17, centres })).toBe(0);
	});

	it('are five unasked, all when asked, none unasked of an ended period; what is said of all stays', () => {
		const centres = Array.from({ length: 7 }, (_, at) => aCentre(`${at}`, 100 - at, 10));
		const target: TargetReach = {
			...{ id: 'target', name: 'Target', startsOn: '2026-01-01', endsOn: '2026-12-31' },
			...{ closed: false, isExample: false, targetPeople: 1000, peopleCount: 60, adultCount: null },
			...{ participationCount: 70, sessionsHeldCount: 9, mergedCount: 0, opening: null, centres },
			published: undefined,
			...{ measure: 'reached', definition: null, indicator: null, note: null },
			projects: [],
			...{ pace: null, groups: [] }
		};
		const rest = {
			...{ centreCount: 7, missingCount: 7, scale: 100 },
			...{ unassignedCount: 1000 - 679, countedTwiceCount: 10 }
		};
		const ended = { ...target, closed: true };
		const unasked = { centresOf: null, missingOf: null };
		const registersOf = (centreId: string) => ({ targetId: 'target', centreId });
		for (const [seen, count] of [
			[shown(target, unasked), 5],
			[shown(target, { ...unasked, centresOf: 'another' }), 5],
			[shown(target, { ...unasked, centresOf: 'target' }), 7],
			[shown(target, { ...unasked, missingOf: registersOf('4') }), 5],
			[shown(target, { ...unasked, missingOf: registersOf('5') }), 7],
			[shown(ended, unasked), 0],
			[shown(ended, { ...unasked, centresOf: 'target' }), 7],
			[shown(ended, { ...unasked, missingOf: registersOf('0') }), 7]
		] as const) {
			expect(seen).toMatchObject(rest);
			expect(seen.centres).toEqual(centres.slice(0, count));
		}
	});
});
