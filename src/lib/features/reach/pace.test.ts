import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#lib/platform/clock/days.ts';
import {
	dueOf,
	middleOf,
	paceOf,
	reasonsOf,
	stateOf,
	weeklyNew,
	type Paced
} from './pace.rules.ts';

/** A year of 364 days, so that a week is a fifty-second of it. */
const YEAR = { startsOn: '2026-01-01', endsOn: '2026-12-30' };
const day = (count: number) => addDays(YEAR.startsOn, count);

function aTarget(given: Partial<Paced> = {}): Paced {
	return { ...YEAR, amount: 520, peopleCount: 0, opening: null, firsts: [], ...given };
}

/** So many new people in each week, all on its third day. */
function weekly(counts: readonly number[]) {
	return counts.map((count, week) => ({ on: day(week * 7 + 2), count }));
}

describe('an even pace', () => {
	it('spreads the target over its days: nothing on the first, all after the last', () => {
		const due = (today: string) => dueOf(520, YEAR.startsOn, YEAR.endsOn, today);
		expect([0, 7, 182, 364, 400].map((count) => due(day(count)))).toEqual([0, 10, 260, 520, 520]);
		expect(due('2025-06-01')).toBe(0);
	});

	it('is kept from nine tenths of what is due, nearly from seven, and never judged before a person is', () => {
		const cases = [90, 89, 70, 69, 0].map((people) => stateOf(people, 100, 1000));
		expect(cases).toEqual(['green', 'amber', 'amber', 'red', 'red']);
		expect(stateOf(0, 0, 10)).toBe('too_early');
		expect(stateOf(11, 5, 10)).toBe('done');
	});

	it('begins after the opening balance: the day after its date, or with the registers where it has none', () => {
		const from = (opening: Paced['opening'], firsts = weekly([0, 0, 5])) =>
			paceOf(aTarget({ opening, firsts }), day(100)).from;
		expect(from(null)).toBe(YEAR.startsOn);
		expect(from({ asOf: '2026-02-28' })).toBe('2026-03-01');
		expect(from({ asOf: '2019-12-31' })).toBe(YEAR.startsOn);
		expect(from({ asOf: null }, [{ on: day(30), count: 1 }])).toBe(day(30));
		expect(from({ asOf: null }, [])).toBe(day(100));
	});
});

describe('the last full weeks', () => {
	it('end yesterday, are eight at most, and none that began before counting did', () => {
		const firsts = weekly([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
		expect(weeklyNew(firsts, YEAR.startsOn, day(70))).toEqual([10, 9, 8, 7, 6, 5, 4, 3]);
		expect(weeklyNew(firsts, YEAR.startsOn, day(20))).toEqual([3, 2]);
		expect(weeklyNew(firsts, YEAR.startsOn, day(6))).toEqual([]);
		const edges = [day(6), day(7), day(13), day(14)].map((on) => ({ on, count: 1 }));
		expect(weeklyNew(edges, YEAR.startsOn, day(14))).toEqual([2, 1]);
	});
});

describe('the forecast', () => {
	const forecast = (counts: readonly number[], today: string) =>
		paceOf(
			aTarget({
				firsts: weekly(counts),
				peopleCount: counts.reduce((sum, count) => sum + count, 0)
			}),
			today
		).forecast;

	it('goes on as the weeks went, with a range that is as wide as they differ', () => {
		expect(forecast(Array(8).fill(10), day(56))).toEqual({ least: 520, likely: 520, most: 520 });
		const uneven = forecast([0, 20, 0, 20, 0, 20, 0, 20], day(56))!;
		expect(uneven.likely).toBe(520);
		expect(uneven.most - 520).toBe(520 - uneven.least);
		// By hand: variance 800/7, 44 weeks left: 1.415 · √(114.29 · 44 + 114.29 · 44² / 8) = 256.
		expect(uneven.most).toBe(776);
	});

	it('needs four weeks, and is none when the period is over', () => {
		expect(forecast([10, 10, 10], day(21))).toBeNull();
		expect(forecast([10, 10, 10, 10], day(28))).toMatchObject({ likely: 520 });
		expect(forecast(Array(52).fill(10), day(364))).toBeNull();
	});

	it('never says fewer than are there, and least ≤ likely ≤ most', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(60), { minLength: 4, maxLength: 51 }), (counts) => {
				const people = counts.reduce((sum, count) => sum + count, 0);
				const { least, likely, most } = forecast(counts, day(counts.length * 7))!;
				expect(least).toBeGreaterThanOrEqual(people);
				expect(likely).toBeGreaterThanOrEqual(least);
				expect(most).toBeGreaterThanOrEqual(likely);
			})
		);
	});
});

it('draws at most some sixty points, the last of them what is reached today', () => {
	const firsts = Array.from({ length: 300 }, (_, count) => ({ on: day(count), count: 1 }));
	const { points } = paceOf(aTarget({ firsts, peopleCount: 300 }), day(300));
	expect(points.length).toBeLessThan(63);
	expect(points[0]).toEqual({ on: YEAR.startsOn, people: 1 });
	expect(points.at(-1)).toEqual({ on: day(300), people: 300 });
});

it('says why a centre is behind: registers it owes, half as many sessions as usual, too few new people', () => {
	const centre = {
		...{ missingCount: 0, sessionCount: 8, usualSessionCount: 8 },
		...{ newPerWeek: 5, neededPerWeek: 4 }
	};
	expect(reasonsOf(centre)).toEqual([]);
	expect(reasonsOf({ ...centre, missingCount: 1, sessionCount: 3, newPerWeek: 3 })).toEqual([
		'missing_registers',
		'few_sessions',
		'low_pace'
	]);
	expect([middleOf([]), middleOf([3]), middleOf([9, 1]), middleOf([9, 1, 5])]).toEqual([
		0, 3, 1, 5
	]);
});
