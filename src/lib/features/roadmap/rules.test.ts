import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#lib/platform/clock/days.ts';
import type { SessionStatus } from '#lib/platform/db/schema.ts';
import {
	countStates,
	horizonOf,
	needsYou,
	overdueByPartner,
	percentOf,
	stateOf,
	tallyOf
} from './rules.ts';
import type { Milestone, Standing, Tally } from './types.ts';

const TODAY = '2026-05-05';
const NOTHING: Tally = {
	heldCount: 0,
	missingCount: 0,
	comingCount: 0,
	cancelledCount: 0,
	forecastOn: null
};

/** A milestone of sessions that began in April and is due at the end of June. */
function standing(given: Partial<Standing> = {}, tally: Partial<Tally> = {}): Standing {
	return {
		kind: 'sessions',
		startsOn: '2026-04-01',
		dueOn: '2026-06-30',
		reachedOn: null,
		tally: { ...NOTHING, ...tally },
		...given
	};
}

function milestone(given: Partial<Milestone> & { id: string }): Milestone {
	return {
		...standing(),
		name: given.id,
		partner: null,
		fromChildren: false,
		isExample: false,
		source: null,
		state: 'on_time',
		activities: [],
		slip: null,
		...given
	};
}

const sessions = fc.array(
	fc.record({
		status: fc.constantFrom<SessionStatus>('planned', 'held', 'cancelled'),
		date: fc.integer({ min: -30, max: 30 }).map((days) => addDays(TODAY, days)),
		count: fc.integer({ min: 1, max: 5 })
	}),
	{ maxLength: 40 }
);

describe('the tally', () => {
	it('tells held, missing, coming and cancelled sessions apart', () => {
		const tally = tallyOf(
			[
				{ status: 'held', date: '2026-05-01', count: 3 },
				{ status: 'planned', date: '2026-05-04' },
				{ status: 'planned', date: TODAY },
				{ status: 'planned', date: '2026-05-12' },
				{ status: 'cancelled', date: '2026-05-30' }
			],
			TODAY
		);
		expect(tally).toEqual({
			heldCount: 3,
			missingCount: 1,
			comingCount: 2,
			cancelledCount: 1,
			forecastOn: '2026-05-12'
		});
	});

	it('forecasts nothing when no session is to come', () => {
		expect(tallyOf([{ status: 'planned', date: '2026-05-04' }], TODAY).forecastOn).toBe(null);
	});

	it('counts every session exactly once', () => {
		fc.assert(
			fc.property(sessions, (linked) => {
				const tally = tallyOf(linked, TODAY);
				const { heldCount, missingCount, comingCount, cancelledCount } = tally;
				expect(heldCount + missingCount + comingCount + cancelledCount).toBe(
					linked.reduce((sum, { count }) => sum + count, 0)
				);
				expect(tally.forecastOn !== null).toBe(comingCount > 0);
			})
		);
	});
});

describe('the percent', () => {
	it('is held over linked, rounded down', () => {
		expect(percentOf({ ...NOTHING, heldCount: 5, missingCount: 1, comingCount: 6 })).toBe(41);
		expect(percentOf({ ...NOTHING, heldCount: 199, comingCount: 1 })).toBe(99);
	});

	it('is none where nothing counts, also when every session was cancelled', () => {
		expect(percentOf(NOTHING)).toBe(null);
		expect(percentOf({ ...NOTHING, cancelledCount: 4 })).toBe(null);
	});

	it('never leaves 0 … 100, is 100 only when all are held, and does not know cancelled ones', () => {
		fc.assert(
			fc.property(sessions, (linked) => {
				const tally = tallyOf(linked, TODAY);
				const percent = percentOf(tally);
				expect(percentOf({ ...tally, cancelledCount: tally.cancelledCount + 7 })).toBe(percent);
				if (percent === null) return;
				expect(percent).toBeGreaterThanOrEqual(0);
				expect(percent === 100).toBe(tally.missingCount + tally.comingCount === 0);
				expect(percent).toBeLessThanOrEqual(100);
			})
		);
	});

	it('never falls when a planned session is held, and never rises when one more is linked', () => {
		fc.assert(
			fc.property(sessions, (linked) => {
				const before = percentOf(tallyOf(linked, TODAY)) ?? 0;
				const planned = linked.findIndex(({ status }) => status === 'planned');
				if (planned >= 0) {
					const held = linked.with(planned, { ...linked[planned]!, status: 'held' });
					expect(percentOf(tallyOf(held, TODAY))).toBeGreaterThanOrEqual(before);
				}
				const more = [...linked, { status: 'planned' as const, date: TODAY, count: 1 }];
				expect(percentOf(tallyOf(more, TODAY))).toBeLessThanOrEqual(before);
			})
		);
	});
});

describe('how a milestone stands', () => {
	const running = { heldCount: 3, comingCount: 3, forecastOn: '2026-06-30' };

	it('is done once it is closed, however late', () => {
		const closed = standing({ dueOn: '2025-01-01', reachedOn: '2026-05-01' }, { missingCount: 2 });
		expect(stateOf(closed, TODAY)).toBe('done');
	});

	it('is at risk for fourteen days after its due date, then late', () => {
		for (const kind of ['sessions', 'checkpoint'] as const) {
			const due = (days: number) => standing({ kind, dueOn: addDays(TODAY, -days) }, running);
			expect(stateOf({ ...due(0), tally: { ...NOTHING, heldCount: 1 } }, TODAY)).toBe('on_time');
			expect(stateOf(due(1), TODAY)).toBe('at_risk');
			expect(stateOf(due(14), TODAY)).toBe('at_risk');
			expect(stateOf(due(15), TODAY)).toBe('late');
		}
	});

	it('is at risk while a register is missing or the last session comes after the due date', () => {
		expect(stateOf(standing({}, running), TODAY)).toBe('on_time');
		expect(stateOf(standing({}, { ...running, missingCount: 1 }), TODAY)).toBe('at_risk');
		expect(stateOf(standing({}, { ...running, forecastOn: '2026-07-01' }), TODAY)).toBe('at_risk');
	});

	it('has not begun before its start, or while no session is linked', () => {
		expect(stateOf(standing(), TODAY)).toBe('not_begun');
		expect(stateOf(standing({}, { cancelledCount: 3 }), TODAY)).toBe('not_begun');
		const checkpoint = (startsOn: string) => standing({ kind: 'checkpoint', startsOn });
		expect(stateOf(checkpoint('2026-05-06'), TODAY)).toBe('not_begun');
		expect(stateOf(checkpoint(TODAY), TODAY)).toBe('on_time');
	});

	it('has begun with the first session held, even before its start', () => {
		expect(stateOf(standing({ startsOn: '2026-06-01' }, running), TODAY)).toBe('on_time');
	});

	it('never gets better by waiting', () => {
		const order = ['not_begun', 'on_time', 'at_risk', 'late'];
		fc.assert(
			fc.property(sessions, fc.nat(60), (linked, days) => {
				const later = addDays(TODAY, days);
				const at = (today: string) =>
					order.indexOf(stateOf({ ...standing(), tally: tallyOf(linked, today) }, today));
				expect(at(later)).toBeGreaterThanOrEqual(at(TODAY));
			})
		);
	});

	it('is counted state by state', () => {
		expect(countStates(['late', 'done', 'late'])).toEqual({
			done: 1,
			on_time: 0,
			at_risk: 0,
			late: 2,
			not_begun: 0
		});
	});
});

describe('a milestone that needs someone', () => {
	const needs = (one: Standing) => needsYou(one, TODAY, '2026-06-30');
	const farAhead = { dueOn: '2026-12-31' };
	const running = { heldCount: 3, comingCount: 3, forecastOn: '2026-06-30' };

	it('is open and due by the horizon', () => {
		expect(needs(standing({}, running))).toBe(true);
		expect(needs(standing({ dueOn: '2026-07-01' }, running))).toBe(false);
		expect(needs(standing({ reachedOn: '2026-05-01' }, running))).toBe(false);
	});

	it('or at risk, whenever it is due', () => {
		expect(needs(standing(farAhead, { ...running, missingCount: 1 }))).toBe(true);
	});

	it('or has begun without a linked session', () => {
		expect(needs(standing(farAhead))).toBe(true);
		expect(needs(standing({ ...farAhead, startsOn: '2026-05-06' }))).toBe(false);
		expect(needs(standing({ ...farAhead, kind: 'checkpoint' }))).toBe(false);
	});

	it('or only has to be closed', () => {
		expect(needs(standing(farAhead, { heldCount: 6 }))).toBe(true);
		expect(needs(standing({ ...farAhead, reachedOn: '2026-05-01' }, { heldCount: 6 }))).toBe(false);
	});
});

describe('the horizon', () => {
	it('is the end of the quarter, or of the next one in the last four weeks', () => {
		expect(horizonOf('2026-04-01')).toBe('2026-06-30');
		expect(horizonOf('2026-06-02')).toBe('2026-06-30');
		expect(horizonOf('2026-06-03')).toBe('2026-09-30');
		expect(horizonOf('2026-11-23')).toBe('2026-12-31');
		expect(horizonOf('2026-12-31')).toBe('2027-03-31');
	});
});

describe('what is overdue', () => {
	it('is told by partner, the longest overdue first, closed ones left out', () => {
		const found = overdueByPartner(
			[
				milestone({ id: 'a', partner: 'CRIC', dueOn: '2026-05-01' }),
				milestone({ id: 'b', dueOn: '2026-03-01' }),
				milestone({ id: 'c', partner: 'CRIC', dueOn: '2026-04-01' }),
				milestone({ id: 'd', dueOn: '2026-04-01', reachedOn: '2026-04-20' }),
				milestone({ id: 'e', dueOn: TODAY })
			],
			TODAY
		);
		expect(
			found.map(({ partner, milestones }) => [
				partner,
				milestones.map(({ id, lateDays }) => [id, lateDays])
			])
		).toEqual([
			[null, [['b', 65]]],
			[
				'CRIC',
				[
					['c', 34],
					['a', 4]
				]
			]
		]);
	});
});
