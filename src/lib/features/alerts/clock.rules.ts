import { TOLERANCE_MS } from '#lib/platform/clock/watch.ts';
import type { AlertPlan, Urgency } from '#lib/platform/db/vocabularies.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** After the last step is looked so often whether somebody was named since; nobody is told twice. */
const LOOK_AGAIN_MS = HOUR_MS;
/** A test alert that was confirmed is relied on for so long. */
export const CONFIRMED_MS = 90 * DAY_MS;
/** The link of a test alert may be used for so long. */
export const TEST_MS = 7 * DAY_MS;
/** From one test alert to the next. */
export const TEST_PAUSE_MS = 10 * 60_000;
/** So many who may read a wish and confirmed a test make the promise that somebody comes. */
export const FEWEST_CONFIRMED = 2;
/** An attempt that failed is tried again after minutes that double, at most an hour apart, and at last not again. */
export const MOST_ATTEMPTS = 30;

interface Plan {
	/** From the start to each step: focal points, deputy, outside; a step with nobody lets the next move up. */
	stepsMs: readonly [number, number, number];
	/** From when it was noticed to when it is late. */
	withinMs: number;
}

/**
 * `domain.md` 6.4: imminent now, told on at 1 h, late at 24 h; urgent 24 h; routine 72 h; the further steps before
 * that, at a half and at five sixths. A child's wish is late after an hour (A4).
 */
export const PLANS: Readonly<Record<AlertPlan, Plan>> = {
	wish: { stepsMs: [0, HOUR_MS, 2 * HOUR_MS], withinMs: HOUR_MS },
	imminent: { stepsMs: [0, HOUR_MS, 2 * HOUR_MS], withinMs: DAY_MS },
	urgent: { stepsMs: [0, 12 * HOUR_MS, 20 * HOUR_MS], withinMs: DAY_MS },
	routine: { stepsMs: [0, 36 * HOUR_MS, 60 * HOUR_MS], withinMs: 3 * DAY_MS },
	words: { stepsMs: [0, DAY_MS, 2 * DAY_MS], withinMs: DAY_MS }
};

/** The plan of a concern: a child's wish has its own. */
export function planOf(concern: { kind: 'child' | 'staff'; urgency: Urgency }): AlertPlan {
	return concern.kind === 'child' ? 'wish' : concern.urgency;
}

/** A clock as it runs. */
export interface Clock {
	plan: AlertPlan;
	startedAt: number;
	/** Steps that were told. */
	stepCount: number;
	ringAt: number;
}

/**
 * The clock after a ring at `now`: how many steps are to be told by now, and when the next is due. One that began
 * later than it is, since a clock was set back, counts from the step it is at, so that the next is one gap away; no step
 * is taken back. In UTC milliseconds.
 */
export function rung({ plan, startedAt, stepCount }: Clock, now: number): Clock {
	const { stepsMs } = PLANS[plan];
	const since = wasSetBack(startedAt, now) ? now - (stepsMs[stepCount - 1] ?? 0) : startedAt;
	const due = stepsMs.filter((ms) => since + ms <= now).length;
	const told = Math.max(due, stepCount, 1);
	const next = stepsMs[told];
	return {
		plan,
		startedAt: since,
		stepCount: told,
		ringAt: next === undefined ? now + LOOK_AGAIN_MS : since + next
	};
}

/** Whether something that is written down to begin has begun later than it is. */
export function wasSetBack(startedAt: number, now: number): boolean {
	return startedAt > now + TOLERANCE_MS;
}

/** When something noticed then is late, in UTC milliseconds. */
export function lateAt(plan: AlertPlan, noticedAt: number): number {
	return noticedAt + PLANS[plan].withinMs;
}

/** Whether somebody acted, or still can, in time; `actedAt` null: nobody did yet. */
export function isOnTime(
	plan: AlertPlan,
	{ noticedAt, actedAt }: { noticedAt: number; actedAt: number | null },
	now: number
): boolean {
	return (actedAt ?? now) <= lateAt(plan, noticedAt);
}

/** How long after the attempt of this number, from 1, the next may be made; in milliseconds. */
export function pauseAfter(attempt: number): number {
	return Math.min(2 ** attempt * 60_000, HOUR_MS);
}

/** Whether a confirmation is recent enough to promise by; one from later than it is, is none. */
export function isConfirmed(confirmedAt: number, now: number): boolean {
	return confirmedAt > now - CONFIRMED_MS && confirmedAt <= now + TOLERANCE_MS;
}
