import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#lib/platform/clock/days.ts';
import { extentOf, LABEL_WIDTH, placeOf, rowsOf, ticksOf, timelineOf } from './timeline.rules.ts';
import type { Activity, Milestone, Roadmap } from './types.ts';

const SPAN = { startsOn: '2026-01-01', endsOn: '2026-12-31' };
const day = fc.integer({ min: 0, max: 364 }).map((days) => addDays(SPAN.startsOn, days));
const days = fc.tuple(day, day).map((two) => two.sort() as [string, string]);

function milestone(startsOn: string, dueOn: string, activities: Activity[] = []): Milestone {
	return {
		id: `${startsOn} ${dueOn}`,
		name: 'Milestone',
		kind: 'checkpoint',
		startsOn,
		dueOn,
		reachedOn: null,
		tally: { heldCount: 0, missingCount: 0, comingCount: 0, cancelledCount: 0, forecastOn: null },
		partner: null,
		fromChildren: false,
		isExample: false,
		source: null,
		state: 'on_time',
		activities,
		slip: null
	};
}

function activity([startsOn, endsOn]: [string, string]): Activity {
	return {
		...{ id: startsOn + endsOn, name: 'Activity', startsOn, endsOn, partner: null },
		...{ action: null, status: 'planned' }
	};
}

function roadmap(milestones: Milestone[], today = '2026-05-05'): Roadmap {
	return {
		id: 'roadmap',
		section: 'Lebanon',
		name: 'Roadmap',
		...SPAN,
		isExample: true,
		zone: 'Asia/Beirut',
		today,
		outcomes: [{ id: 'lane', name: 'Lane', milestones, elsewhere: [] }],
		partners: []
	};
}

const milestones = fc.array(
	fc
		.tuple(days, fc.array(days.map(activity), { maxLength: 3 }))
		.map(([[from, to], activities]) => milestone(from, to, activities)),
	{ maxLength: 8 }
);

describe('a place on the timeline', () => {
	it('is 0 on the first morning, one half in the middle, 1 after the last evening and never outside', () => {
		expect(placeOf('2026-01-01', SPAN)).toBe(0);
		expect(placeOf('2027-01-01', SPAN)).toBe(1);
		expect(placeOf('2026-07-02', SPAN)).toBeCloseTo(0.5, 2);
		expect(placeOf('2020-01-01', SPAN)).toBe(0);
		expect(placeOf('2030-01-01', SPAN)).toBe(1);
	});

	it('keeps the order of dates', () => {
		fc.assert(
			fc.property(days, ([earlier, later]) => {
				expect(placeOf(earlier, SPAN)).toBeLessThanOrEqual(placeOf(later, SPAN));
			})
		);
	});
});

describe('the ticks', () => {
	it('stand at the beginning and at each quarter, and name each year', () => {
		const ticks = ticksOf({ startsOn: '2024-06-01', endsOn: '2025-06-30' });
		expect(ticks.map(({ year, quarter, namesYear }) => [year, quarter, namesYear])).toEqual([
			[2024, 2, true],
			[2024, 3, false],
			[2024, 4, false],
			[2025, 1, true],
			[2025, 2, false]
		]);
		expect(ticks[0]!.at).toBe(0);
	});

	it('leave the first year out where the next one would write over it', () => {
		expect(ticksOf({ startsOn: '2024-11-01', endsOn: '2025-12-31' })[0]).toMatchObject({
			year: 2024,
			namesYear: false
		});
	});
});

describe('the timeline', () => {
	it('has a line for today only when today is on it', () => {
		expect(timelineOf(roadmap([])).today).toBeCloseTo(124 / 365);
		expect(timelineOf(roadmap([], '2027-01-01')).today).toBe(null);
		expect(timelineOf(roadmap([], '2026-01-01')).today).toBe(0);
	});

	it('puts labels where there is room: after the mark, before it, or below a bar that fills the width', () => {
		const [lane] = timelineOf(
			roadmap([
				milestone('2026-01-01', '2026-03-01'),
				milestone('2026-06-01', '2026-12-20', [activity(['2026-01-02', '2026-12-20'])])
			])
		).lanes;
		expect(lane!.milestones.map(({ side }) => side)).toEqual(['after', 'before']);
		expect(lane!.milestones[1]!.activities[0]!.side).toBe('below');
	});

	it('never lets two milestones of a row meet, labels and bars included, nor leave the picture', () => {
		fc.assert(
			fc.property(milestones, (some) => {
				const { milestones } = timelineOf(roadmap(some)).lanes[0]!;
				for (const [i, one] of milestones.entries()) {
					const { from, to } = extentOf(one);
					expect(from).toBeGreaterThanOrEqual(0);
					expect(to).toBeLessThanOrEqual(1);
					expect(to - from).toBeGreaterThanOrEqual(LABEL_WIDTH);
					for (const other of milestones.slice(i + 1)) {
						if (other.row !== one.row) continue;
						const extent = extentOf(other);
						expect(to < extent.from || extent.to < from).toBe(true);
					}
				}
			})
		);
	});

	it('keeps the order of the milestones and uses no row it does not need', () => {
		fc.assert(
			fc.property(milestones, (some) => {
				const { milestones } = timelineOf(roadmap(some)).lanes[0]!;
				expect(milestones.map(({ id }) => id)).toEqual(some.map(({ id }) => id));
				const rows = [...new Set(milestones.map(({ row }) => row))].sort();
				expect(rows).toEqual(rows.map((_, i) => i));
			})
		);
	});

	it('takes the next free row, and an earlier one as soon as it is free again', () => {
		expect(
			rowsOf([
				{ from: 0, to: 0.4 },
				{ from: 0.3, to: 0.6 },
				{ from: 0.5, to: 0.9 },
				{ from: 0.5, to: 0.7 }
			])
		).toEqual([0, 1, 0, 2]);
	});
});
