import { dayState } from '#lib/features/centres/rules.ts';
import {
	clashesOf,
	isBlocking,
	sameWarning,
	type Placed,
	type Setting
} from '#lib/features/sessions/clashes.rules.ts';
import type { Booking, Clash } from '#lib/features/sessions/types.ts';
import { addDays, daysBetween, minutesOf, timeAt } from '#lib/platform/clock/days.ts';
import type { Changeable, ChangeRequest, OfferedSlot, Place, Target, Wish } from './types.ts';

const MINUTES_A_DAY = 24 * 60;
/** Free times are offered for two weeks, one a day at most, on the quarter hour. */
export const OFFERED_DAYS = 14;
const MOST_OFFERED = 6;
const STEP_MINUTES = 15;

/** How far one session is to move, which the others of a set follow. A time that is the same is no wish. */
export function shiftOf(
	session: Pick<Changeable, 'date' | 'time'>,
	to: { date: string; time: string }
): Pick<Wish, 'days' | 'minutesLater'> {
	return {
		days: daysBetween(session.date, to.date),
		minutesLater: minutesOf(to.time) - minutesOf(session.time)
	};
}

/** What sessions become by one wish. Past midnight a session goes on to the date it reaches. */
export function targetsOf(sessions: readonly Changeable[], wish: Wish): Target[] {
	return sessions.map((session) => {
		const minute = minutesOf(session.time) + wish.minutesLater;
		return {
			session,
			date: addDays(session.date, wish.days + Math.floor(minute / MINUTES_A_DAY)),
			time: timeAt((minute + MINUTES_A_DAY) % MINUTES_A_DAY),
			minutes: wish.minutes ?? session.minutes,
			place: wish.place ?? session.place,
			facilitators: swapped(session.facilitators, wish.swap)
		};
	});
}

/** Whether a session becomes another at all. */
export function isChange({ session, ...target }: Target): boolean {
	return (
		session.status === 'cancelled' ||
		session.date !== target.date ||
		session.time !== target.time ||
		session.minutes !== target.minutes ||
		!samePlace(session.place, target.place) ||
		isRestaffed({ session, ...target })
	);
}

/** Whether others run a session than before, or fewer of them. */
export function isRestaffed({ session, facilitators }: Target): boolean {
	const before = new Set(session.facilitators.map(({ id }) => id));
	return before.size !== facilitators.length || facilitators.some(({ id }) => !before.has(id));
}

function samePlace(a: Place, b: Place): boolean {
	return a.mode === b.mode && a.roomId === b.roomId && a.texts === b.texts;
}

function swapped(facilitators: Changeable['facilitators'], swap: Wish['swap']) {
	if (!swap || facilitators.every(({ id }) => id !== swap.from)) return facilitators;
	const others = facilitators.filter(({ id }) => id !== swap.from && id !== swap.to.id);
	return [...others, swap.to];
}

/**
 * Every clash of what sessions would become, numbered from 1 in their order: with what is booked, with each other, with
 * the centre's days and hours. Warnings that hold already where a session is now are left out: nobody is asked twice.
 */
export function judge(request: ChangeRequest, targets: readonly Target[]): Clash[] {
	const ids = new Set(targets.map(({ session }) => session.id));
	const occupied = occupiedFor(request, ids);
	return targets.flatMap((target, index) => {
		const key = String(index + 1);
		const others = targets.filter((one) => one !== target).map(asBooking);
		const setting = settingOf(request, target, [...occupied(target), ...others]);
		const clashes = [
			...clashesOf(setting, [], placed(target, key)),
			...holidays(request, target, key)
		];
		const held = warningsNow(request, target.session, key, occupied(target));
		return clashes.filter(
			(clash) => isBlocking(clash) || !held.some((one) => sameWarning(one, clash))
		);
	});
}

/** What is booked besides the sessions that are to change, once for each cohort. */
function occupiedFor({ bookings }: ChangeRequest, ids: ReadonlySet<string>) {
	const known = new Map<string | null, Booking[]>();
	return ({ session: { cohortId } }: Target): Booking[] => {
		const all =
			known.get(cohortId) ?? bookings.for(cohortId).filter((one) => !ids.has(one.sessionId));
		known.set(cohortId, all);
		return all;
	};
}

function warningsNow(
	request: ChangeRequest,
	session: Changeable,
	key: string,
	occupied: readonly Booking[]
): Clash[] {
	if (session.status === 'cancelled') return [];
	const now = { ...session, session };
	return clashesOf(settingOf(request, now, occupied), [], placed(now, key));
}

function settingOf(request: ChangeRequest, target: Target, occupied: readonly Booking[]): Setting {
	const { cohortId, id, memberCount } = target.session;
	return {
		...request,
		cohort: { id: cohortId ?? id, memberCount },
		halfCounts: { girls: memberCount, mothers: memberCount },
		mothersFacilitators: [],
		facilitators: target.facilitators,
		occupied
	};
}

function placed({ session, date, time, minutes, place }: Target, key: string): Placed {
	return { key, strand: session.strand, date, time, minutes, roomId: place.roomId };
}

function asBooking({ session, date, time, minutes, place, facilitators }: Target): Booking {
	return {
		sessionId: session.id,
		cohort: session.cohort,
		cohortId: session.cohortId,
		strand: session.strand,
		roomId: place.roomId,
		facilitatorIds: facilitators.map(({ id }) => id),
		sharedNames: [],
		date,
		time,
		minutes
	};
}

/** An expected holiday warns and never moves anything (`domain.md` 9.3). */
function holidays(request: ChangeRequest, target: Target, key: string): Clash[] {
	const day = dayState(request.centre, request.closedDays, target.date);
	if (day.state !== 'doubtful' || target.date === target.session.date) return [];
	return [{ key, kind: 'holiday', level: 'warn', who: [day.day.name], time: null }];
}

/**
 * Times to which sessions can move together without any clash, the first of them by date: one a day, the nearest to
 * the hour it has now, in its place or else in another room that holds the cohort. Several sessions keep their hours.
 */
export function freeSlots(
	request: ChangeRequest,
	sessions: readonly Changeable[],
	{ from }: { from: string }
): OfferedSlot[] {
	const [first] = sessions;
	if (!first) return [];
	const offered: OfferedSlot[] = [];
	for (let ahead = 0; ahead < OFFERED_DAYS && offered.length < MOST_OFFERED; ahead += 1) {
		const date = addDays(from, ahead);
		if (dayState(request.centre, request.closedDays, date).state !== 'open') continue;
		for (const slot of candidates(request, sessions, date)) {
			const wish = {
				...shiftOf(first, slot),
				minutes: null,
				place: slot.roomId === first.place.roomId ? null : inRoom(slot.roomId),
				swap: null
			};
			const targets = targetsOf(sessions, wish);
			if (!targets.every(isChange) || judge(request, targets).length > 0) continue;
			offered.push(slot);
			break;
		}
	}
	return offered;
}

/** A room of the centre as the place of a session; null: it stays without one. */
export function inRoom(roomId: string | null): Place | null {
	return roomId === null ? null : { mode: 'centre', roomId, texts: null };
}

function* candidates(
	request: ChangeRequest,
	sessions: readonly Changeable[],
	date: string
): Generator<OfferedSlot> {
	const [first] = sessions as [Changeable];
	const { roomId } = first.place;
	const times = sessions.length > 1 ? [first.time] : timesNear(request, first);
	const ahead = times.filter((time) => date > request.today || time > request.now);
	for (const time of ahead) yield { date, time, roomId };
	const others = roomId === null ? [] : request.rooms.filter(({ id }) => id !== roomId);
	for (const room of others)
		if (room.capacity >= first.memberCount && ahead.includes(first.time))
			yield { date, time: first.time, roomId: room.id };
}

/** Quarter hours within the centre's day, the nearest to the session's own hour first. */
function timesNear({ centre }: ChangeRequest, session: Changeable): string[] {
	const wished = minutesOf(session.time);
	const first = minutesOf(centre.opensAt);
	const count = Math.floor((minutesOf(centre.closesAt) - session.minutes - first) / STEP_MINUTES);
	const times = Array.from({ length: Math.max(0, count + 1) }, (_, i) => first + i * STEP_MINUTES);
	return [...new Set([wished, ...times])]
		.sort((a, b) => Math.abs(a - wished) - Math.abs(b - wished) || a - b)
		.map(timeAt);
}
