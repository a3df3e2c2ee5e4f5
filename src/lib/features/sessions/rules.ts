import { dayState } from '#lib/features/centres/rules.ts';
import type { Centre, ClosedDay } from '#lib/features/centres/types.ts';
import type { SessionPlan } from '#lib/features/curricula/types.ts';
import { addDays, minutesOf, weekdayOf } from '#lib/platform/clock/days.ts';
import { clockNotice } from '#lib/platform/clock/zone.ts';
import type { LaidSession, Move, Booking, SkippedDay } from './types.ts';

/** Longest a pattern is followed; a curriculum of 200 weekly sessions fits. */
const MOST_DAYS = 1500;
/** A double booking is a second unique row for the same five minutes. */
export const SLOT_MINUTES = 5;

/** The planner's sentence: who does what, when, where and from when. */
export interface Sentence {
	centre: Centre;
	closedDays: readonly ClosedDay[];
	plans: readonly SessionPlan[];
	/** ISO weekdays. */
	weekdays: readonly number[];
	startsOn: string;
	time: string;
	roomId: string;
	moves: readonly Move[];
}

export interface Layout {
	sessions: LaidSession[];
	skipped: SkippedDay[];
	closedWeekdays: number[];
}

/**
 * Lays every session of a curriculum out on the chosen weekdays from the start on. Confirmed holidays
 * and closures are skipped, named, and extend the end; expected ones stay and are marked. Empty when
 * the centre works on none of the weekdays.
 */
export function layOut(sentence: Sentence): Layout {
	const { centre, closedDays, plans, startsOn } = sentence;
	const weekdays = sentence.weekdays.filter((day) => !centre.closedWeekdays.includes(day));
	const layout: Layout = {
		sessions: [],
		skipped: [],
		closedWeekdays: sentence.weekdays.filter((day) => centre.closedWeekdays.includes(day))
	};
	if (weekdays.length === 0) return layout;
	const last = addDays(startsOn, MOST_DAYS);
	for (
		let date = startsOn;
		layout.sessions.length < plans.length && date < last;
		date = addDays(date, 1)
	) {
		if (!weekdays.includes(weekdayOf(date))) continue;
		const day = dayState(centre, closedDays, date);
		if (day.state === 'skipped') layout.skipped.push({ date, name: day.day.name });
		else layout.sessions.push(lay(sentence, layout.sessions.length, date));
	}
	return layout;
}

function lay(
	{ centre, closedDays, plans, roomId, time, moves }: Sentence,
	index: number,
	date: string
): LaidSession {
	const plan = plans[index]!;
	const move = moves.find((move) => move.position === index + 1);
	const when = { date: move?.date ?? date, time: move?.time ?? time };
	const day = dayState(centre, closedDays, when.date);
	return {
		position: index + 1,
		planId: plan.id,
		title: plan.title,
		...when,
		minutes: plan.minutes,
		roomId: move?.roomId ?? roomId,
		moved: move !== undefined,
		doubtful: day.state === 'doubtful' ? day.day.name : null,
		clock: clockNotice(when.date, when.time, centre.zone)
	};
}

interface Span {
	date: string;
	time: string;
	minutes: number;
}

/** True when two spans of wall time on the same date share a five-minute slot. */
export function overlaps(a: Span, b: Span): boolean {
	return a.date === b.date && firstSlot(a) <= lastSlot(b) && firstSlot(b) <= lastSlot(a);
}

/** The five-minute slots of its date that a span touches; past midnight they end with the day. */
export function slotsOf(span: Span): number[] {
	const first = firstSlot(span);
	return Array.from({ length: lastSlot(span) - first + 1 }, (_, i) => first + i);
}

function firstSlot({ time }: Span): number {
	return Math.floor(minutesOf(time) / SLOT_MINUTES);
}

function lastSlot({ time, minutes }: Span): number {
	return Math.min(Math.ceil((minutesOf(time) + minutes) / SLOT_MINUTES), 288) - 1;
}

/** A laid session as something other sessions of the same plan collide with. */
export function asOccupied(laid: LaidSession, cohortId: string, facilitatorIds: string[]): Booking {
	return {
		sessionId: `laid ${laid.position}`,
		cohort: null,
		cohortId,
		roomId: laid.roomId,
		facilitatorIds,
		sharedNames: [],
		date: laid.date,
		time: laid.time,
		minutes: laid.minutes
	};
}
