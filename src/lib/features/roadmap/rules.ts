import { addDays, daysBetween } from '#lib/platform/clock/days.ts';
import type { SessionStatus } from '#lib/platform/db/schema.ts';
import {
	STATES,
	type Aim,
	type Milestone,
	type MilestoneState,
	type Override,
	type Standing,
	type Tally
} from './types.ts';

/** Open and due longer ago than this is late; up to it, at risk (`domain.md` 7). */
export const GRACE_DAYS = 14;
/** A quarter with fewer days left than this is too short to act in: the headline looks to the next. */
const LEAST_AHEAD_DAYS = 28;

/** Linked sessions counted; `today` is the civil date of the section. `count` rows may share a date. */
export function tallyOf(
	sessions: readonly { status: SessionStatus; date: string; count?: number }[],
	today: string
): Tally {
	const tally: Tally = {
		heldCount: 0,
		missingCount: 0,
		comingCount: 0,
		cancelledCount: 0,
		forecastOn: null
	};
	for (const { status, date, count = 1 } of sessions) {
		if (status === 'held') tally.heldCount += count;
		else if (status === 'cancelled') tally.cancelledCount += count;
		else if (date < today) tally.missingCount += count;
		else {
			tally.comingCount += count;
			if (tally.forecastOn === null || date > tally.forecastOn) tally.forecastOn = date;
		}
	}
	return tally;
}

/** The linked sessions that count: cancelled ones are in neither number. */
export function countedSessions({ heldCount, missingCount, comingCount }: Tally): number {
	return heldCount + missingCount + comingCount;
}

/**
 * Held ÷ linked in whole percent, 0 … 100, rounded down so that 100 means all; null when nothing counts.
 */
export function percentOf(tally: Tally): number | null {
	const linked = countedSessions(tally);
	return linked === 0 ? null : Math.floor((100 * tally.heldCount) / linked);
}

/** How far a milestone is in whole percent, over 100 where a target is exceeded; null where nothing says it. */
export function progressOf({ kind, tally, aim }: Standing): number | null {
	if (kind === 'sessions') return percentOf(tally);
	return aim ? Math.floor((100 * aim.reachedCount) / aim.wantedCount) : null;
}

/** Below this share of what a steady pace would have reached by today, a target is at risk (`domain.md` 7). */
export const STEADY_SHARE = 0.9;

/** True when a target is further behind a steady pace than its rule allows. */
export function isBehind(
	{ reachedCount, wantedCount, startsOn, endsOn }: Aim,
	today: string
): boolean {
	const passed = daysBetween(startsOn, today) / (daysBetween(startsOn, endsOn) + 1);
	const expected = wantedCount * Math.min(1, Math.max(0, passed));
	return reachedCount < STEADY_SHARE * expected;
}

/** What holds against the rule today; null when nobody said anything, it is over, or the milestone is closed. */
export function overrideOf({ override, reachedOn }: Standing, today: string): Override | null {
	return override && reachedOn === null && override.untilOn >= today ? override : null;
}

/** How a milestone stands: what somebody said as long as it holds, else what the rule says. */
export function stateOf(milestone: Standing, today: string): MilestoneState {
	return overrideOf(milestone, today)?.state ?? ruledState(milestone, today);
}

/**
 * How a milestone stands by the rule (`domain.md` 7). Closed is done, whenever. Open and past its due date it is at
 * risk for fourteen days, then late. Before that, at risk when a register is missing or the last planned
 * session is after the due date; not begun while nothing is held and it either starts later or, for
 * sessions, has none linked; else on time. A target is at risk when it falls behind a steady pace.
 */
export function ruledState(milestone: Standing, today: string): MilestoneState {
	const { kind, startsOn, dueOn, reachedOn, tally, aim } = milestone;
	if (reachedOn !== null) return 'done';
	const daysLate = daysBetween(dueOn, today);
	if (daysLate > GRACE_DAYS) return 'late';
	const slips = tally.forecastOn !== null && tally.forecastOn > dueOn;
	if (daysLate > 0 || tally.missingCount > 0 || slips) return 'at_risk';
	if (aim && isBehind(aim, today)) return 'at_risk';
	const isEmpty = kind === 'sessions' && countedSessions(tally) === 0;
	if (tally.heldCount === 0 && (today < startsOn || isEmpty)) return 'not_begun';
	return 'on_time';
}

/** True when nobody has linked a session although the milestone has begun. */
export function waitsForLink(
	{ kind, startsOn, reachedOn, tally }: Standing,
	today: string
): boolean {
	return (
		reachedOn === null && kind === 'sessions' && startsOn <= today && countedSessions(tally) === 0
	);
}

/** True when every linked session is held, or the target reached, and only the closing is left to do. */
export function waitsForClosing(milestone: Standing): boolean {
	return milestone.reachedOn === null && (progressOf(milestone) ?? 0) >= 100;
}

/** True when a milestone was closed although less than all of it is done. */
export function isClosedEarly(milestone: Standing): boolean {
	return milestone.reachedOn !== null && (progressOf(milestone) ?? 100) < 100;
}

/** What a lane adds up to: milestones done of all, and sessions held of those linked. */
export function sumOf(milestones: readonly Standing[]) {
	return {
		doneCount: milestones.filter(({ reachedOn }) => reachedOn !== null).length,
		milestoneCount: milestones.length,
		heldCount: milestones.reduce((sum, { tally }) => sum + tally.heldCount, 0),
		linkedCount: milestones.reduce((sum, { tally }) => sum + countedSessions(tally), 0)
	};
}

/**
 * A milestone needs someone when it is open and due by the horizon (a civil date), late or at risk,
 * without a linked session although it has begun, or complete and only to be closed.
 */
export function needsYou(milestone: Standing, today: string, horizonOn: string): boolean {
	const state = stateOf(milestone, today);
	if (state === 'done') return false;
	return (
		milestone.dueOn <= horizonOn ||
		state === 'late' ||
		state === 'at_risk' ||
		waitsForLink(milestone, today) ||
		waitsForClosing(milestone)
	);
}

/** The last day of the calendar quarter, or of the next one when less than four weeks of it are left. */
export function horizonOf(today: string): string {
	const end = quarterEnd(today);
	return daysBetween(today, end) < LEAST_AHEAD_DAYS ? quarterEnd(addDays(end, 1)) : end;
}

/** The last day of the calendar quarter that holds a date. */
export function quarterEnd(date: string): string {
	const year = Number(date.slice(0, 4));
	const quarter = quarterOf(date);
	const next = quarter === 4 ? `${year + 1}-01-01` : `${year}-${month(quarter * 3 + 1)}-01`;
	return addDays(next, -1);
}

/** 1 … 4 */
export function quarterOf(date: string): number {
	return Math.ceil(Number(date.slice(5, 7)) / 3);
}

function month(number: number): string {
	return String(number).padStart(2, '0');
}

/** How many milestones stand how. */
export function countStates(states: readonly MilestoneState[]): Record<MilestoneState, number> {
	const counts = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<
		MilestoneState,
		number
	>;
	for (const state of states) counts[state] += 1;
	return counts;
}

export interface Overdue {
	/** null: the section itself. */
	partner: string | null;
	milestones: (Milestone & { lateDays: number })[];
}

/** Open milestones past their due date by who owns them, the longest overdue first. */
export function overdueByPartner(milestones: readonly Milestone[], today: string): Overdue[] {
	const overdue = milestones
		.filter(({ reachedOn, dueOn }) => reachedOn === null && dueOn < today)
		.map((milestone) => ({ ...milestone, lateDays: daysBetween(milestone.dueOn, today) }))
		.sort((a, b) => b.lateDays - a.lateDays);
	return [...Map.groupBy(overdue, ({ partner }) => partner)].map(([partner, milestones]) => ({
		partner,
		milestones
	}));
}
