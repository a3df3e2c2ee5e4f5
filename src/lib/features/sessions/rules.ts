import { dayState } from '#lib/features/centres/rules.ts';
import type { Centre, ClosedDay } from '#lib/features/centres/types.ts';
import type { SessionPlan } from '#lib/features/curricula/types.ts';
import { addDays, daysBetween, minutesOf, weekdayOf } from '#lib/platform/clock/days.ts';
import { clockNotice } from '#lib/platform/clock/zone.ts';
import { keyOf, meetingsOf } from './strands.rules.ts';
import type { LaidSession, Move, Booking, SkippedDay } from './types.ts';

/** Longest a pattern is followed; a curriculum of 200 weekly sessions fits. */
const MOST_DAYS = 1500;
/** A double booking is a second unique row for the same five minutes. */
export const SLOT_MINUTES = 5;
const SLOTS_A_DAY = (24 * 60) / SLOT_MINUTES;

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
	/** Where and when mothers meet while girls meet apart from them. */
	mothers: { time: string; roomId: string };
	moves: readonly Move[];
}

export interface Layout {
	sessions: LaidSession[];
	skipped: SkippedDay[];
	closedWeekdays: number[];
}

/**
 * Lays every session of a curriculum out on the chosen weekdays from the start on, two halves on one day. Confirmed holidays
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
	const meetings = meetingsOf(plans);
	let position = 1;
	for (let date = startsOn; position <= meetings.length && date < last; date = addDays(date, 1)) {
		if (!weekdays.includes(weekdayOf(date))) continue;
		const day = dayState(centre, closedDays, date);
		if (day.state === 'skipped') layout.skipped.push({ date, name: day.day.name });
		else {
			for (const plan of meetings[position - 1]!)
				layout.sessions.push(lay(sentence, { plan, position }, date));
			position += 1;
		}
	}
	return layout;
}

function lay(
	sentence: Sentence,
	{ plan, position }: { plan: SessionPlan; position: number },
	date: string
): LaidSession {
	const { centre, closedDays, moves } = sentence;
	const { strand } = plan;
	const key = keyOf({ position, strand });
	const usual = strand === 'mothers' ? sentence.mothers : sentence;
	const move = moves.find((move) => move.key === key);
	const when = { date: move?.date ?? date, time: move?.time ?? usual.time };
	const day = dayState(centre, closedDays, when.date);
	return {
		...{ key, position, strand },
		planId: plan.id,
		title: plan.title,
		...when,
		minutes: plan.minutes,
		roomId: move?.roomId ?? usual.roomId,
		moved: move !== undefined,
		doubtful: day.state === 'doubtful' ? day.day.name : null,
		clock: clockNotice(when.date, when.time, centre.zone)
	};
}

export interface Span {
	date: string;
	time: string;
	minutes: number;
}

/** True when two spans of wall time share a five-minute slot; one that runs past midnight goes on on the next date. */
export function overlaps(a: Span, b: Span): boolean {
	if (a.date !== b.date && lastSlot(a) < SLOTS_A_DAY && lastSlot(b) < SLOTS_A_DAY) return false;
	const later = daysBetween(a.date, b.date) * SLOTS_A_DAY;
	return firstSlot(a) <= lastSlot(b) + later && firstSlot(b) + later <= lastSlot(a);
}

/** The five-minute slots a span touches, each with the date it lies on: past midnight that is the next one. */
export function slotsOf(span: Span): { date: string; slot: number }[] {
	const first = firstSlot(span);
	const nextDate = lastSlot(span) < SLOTS_A_DAY ? span.date : addDays(span.date, 1);
	return Array.from({ length: lastSlot(span) - first + 1 }, (_, i) => {
		const slot = first + i;
		return slot < SLOTS_A_DAY
			? { date: span.date, slot }
			: { date: nextDate, slot: slot - SLOTS_A_DAY };
	});
}

/** Everything a session holds for its time: its room, where it is in one, its cohort, and who runs it. */
export function resourcesOf({
	roomId,
	cohortId,
	facilitatorIds
}: {
	roomId: string | null;
	cohortId: string | null;
	facilitatorIds: readonly string[];
}): string[] {
	return [
		...(roomId === null ? [] : [`room:${roomId}`]),
		...(cohortId === null ? [] : [`cohort:${cohortId}`]),
		...facilitatorIds.map((id) => `staff:${id}`)
	];
}

function firstSlot({ time }: Span): number {
	return Math.floor(minutesOf(time) / SLOT_MINUTES);
}

/** Counted on from the midnight a span's date begins with. */
function lastSlot({ time, minutes }: Span): number {
	return Math.ceil((minutesOf(time) + minutes) / SLOT_MINUTES) - 1;
}

/** A laid session as something other sessions of the same plan collide with. */
export function asOccupied(laid: LaidSession, cohortId: string, facilitatorIds: string[]): Booking {
	return {
		sessionId: `laid ${laid.key}`,
		cohort: null,
		cohortId,
		strand: laid.strand,
		roomId: laid.roomId,
		facilitatorIds,
		sharedNames: [],
		date: laid.date,
		time: laid.time,
		minutes: laid.minutes
	};
}
