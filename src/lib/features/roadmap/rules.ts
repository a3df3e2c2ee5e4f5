import { addDays, daysBetween } from '#lib/platform/clock/days.ts';
import type { SessionStatus } from '#lib/platform/db/schema.ts';
import { STATES, type Milestone, type MilestoneState, type Standing, type Tally } from './types.ts';

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

/**
 * How a milestone stands (`domain.md` 7). Closed is done, whenever. Open and past its due date it is at
 * risk for fourteen days, then late. Before that, at risk when a register is missing or the last planned
 * session is after the due date; not begun while nothing is held and it either starts later or, for
 * sessions, has none linked; else on time.
 */
export function stateOf(milestone: Standing, today: string): MilestoneState {
	const { kind, startsOn, dueOn, reachedOn, tally } = milestone;
	if (reachedOn !== null) return 'done';
	const daysLate = daysBetween(dueOn, today);
	if (daysLate > GRACE_DAYS) return 'late';
	const slips = tally.forecastOn !== null && tally.forecastOn > dueOn;
	if (daysLate > 0 || tally.missingCount > 0 || slips) return 'at_risk';
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

/** True when every linked session is held and only the closing is left to do. */
export function waitsForClosing({ reachedOn, tally }: Standing): boolean {
	return reachedOn === null && percentOf(tally) === 100;
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
