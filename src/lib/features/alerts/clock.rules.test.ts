import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ALERT_PLANS } from '#lib/platform/db/vocabularies.ts';
import {
	isConfirmed,
	isOnTime,
	lateAt,
	pauseAfter,
	planOf,
	rung,
	type Clock
} from './clock.rules.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 4, 1, 9);
const wish = (more: Partial<Clock> = {}): Clock => ({
	...{ plan: 'wish', startedAt: START, stepCount: 0, ringAt: START },
	...more
});

it('tells the focal points at once, the deputy after an hour, somebody outside after two', () => {
	const first = rung(wish(), START);
	expect(first).toMatchObject({ stepCount: 1, ringAt: START + HOUR });
	const second = rung(first, START + HOUR);
	expect(second).toMatchObject({ stepCount: 2, ringAt: START + 2 * HOUR });
	expect(rung(second, START + 2 * HOUR)).toMatchObject({ stepCount: 3, ringAt: START + 3 * HOUR });
});

it('catches up at once when nobody looked for hours, or the clock was set forward', () => {
	expect(rung(wish(), START + 5 * HOUR)).toMatchObject({ stepCount: 3, ringAt: START + 6 * HOUR });
});

it('waits no longer than one step when the clock was set back, and takes no step back', () => {
	const early = START - 240 * HOUR;
	expect(rung(wish(), early)).toMatchObject({ stepCount: 1, ringAt: early + HOUR });
	const told = wish({ stepCount: 2, ringAt: START + 2 * HOUR });
	expect(rung(told, early)).toMatchObject({ stepCount: 2, ringAt: early + HOUR });
});

it('moves ahead whatever the clock does, so that no ring is repeated for ever', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...ALERT_PLANS),
			fc.integer({ min: 0, max: 3 }),
			fc.integer({ min: -500, max: 500 }),
			(plan, stepCount, hours) => {
				const now = START + hours * HOUR;
				const after = rung({ plan, stepCount, startedAt: START, ringAt: START }, now);
				expect(after.stepCount).toBeGreaterThanOrEqual(Math.max(1, stepCount));
				expect(after.ringAt).toBeGreaterThan(now);
				expect(after.startedAt).toBeLessThanOrEqual(Math.max(now, START));
			}
		)
	);
});

it('gives an hour to a child’s wish, and to staff’s concerns what the field gives them', () => {
	const hours = (kind: 'child' | 'staff', urgency: 'imminent' | 'urgent' | 'routine') =>
		(lateAt(planOf({ kind, urgency }), START) - START) / HOUR;
	expect(hours('child', 'urgent')).toBe(1);
	expect(hours('staff', 'imminent')).toBe(24);
	expect(hours('staff', 'urgent')).toBe(24);
	expect(hours('staff', 'routine')).toBe(72);
});

it('is on time up to the last minute, and late after it, whether or not somebody came since', () => {
	const at = (actedAt: number | null, now: number) =>
		isOnTime('wish', { noticedAt: START, actedAt }, now);
	expect(at(START + HOUR, START + 9 * HOUR)).toBe(true);
	expect(at(START + HOUR + 1, START + 9 * HOUR)).toBe(false);
	expect(at(null, START + HOUR)).toBe(true);
	expect(at(null, START + HOUR + 1)).toBe(false);
});

it('tries again after pauses that double up to an hour', () => {
	expect([1, 2, 5, 6, 30].map((n) => pauseAfter(n) / 60_000)).toEqual([2, 4, 32, 60, 60]);
});

it('relies on a confirmation for ninety days, and on none from later than it is', () => {
	const day = 24 * HOUR;
	expect(isConfirmed(START, START + 90 * day - 1)).toBe(true);
	expect(isConfirmed(START, START + 90 * day)).toBe(false);
	expect(isConfirmed(START, START - day)).toBe(false);
});
