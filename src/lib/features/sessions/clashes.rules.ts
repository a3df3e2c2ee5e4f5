import { dayState } from '#lib/features/centres/rules.ts';
import type { Room } from '#lib/features/centres/types.ts';
import type { Facilitator } from '#lib/features/staff/types.ts';
import { addDays, minutesOf, timeAt, timesOf } from '#lib/platform/clock/days.ts';
import { asOccupied, layOut, overlaps, type Sentence } from './rules.ts';
import { areHalves, isHalf } from './strands.rules.ts';
import type { Clash, FreeSlot, LaidSession, Booking, Plan, PlanDoubt } from './types.ts';

/** Times are offered on the quarter hour, and up to a week after the day they are wished for. */
const STEP_MINUTES = 15;
const DAYS_AHEAD = 7;

/** Everything sessions of a cohort are judged by, whatever laid them out. */
export interface Setting extends Pick<Sentence, 'centre' | 'closedDays'> {
	/** Of a session without one, its own id stands here: no other meets with it. */
	cohort: { id: string; memberCount: number };
	/** How many of its members a half is for: those of its strand, and those of none. */
	halfCounts: { girls: number; mothers: number };
	rooms: readonly Room[];
	facilitators: readonly Facilitator[];
	/** Who runs the mothers' half, and with the others what is joint; none: the same as all else. */
	mothersFacilitators: readonly Facilitator[];
	occupied: readonly Booking[];
	/** Civil date and wall time it is at the centre. */
	today: string;
	now: string;
}

/** Everything a plan is judged by. */
export interface PlanRequest extends Sentence, Setting {
	doubts: PlanDoubt[];
	/** The last year whose public holidays are known. */
	lastHolidayYear: number | null;
}

/** A session as it is judged: when and where; in no room of the centre where that is null. */
export interface Placed extends Pick<LaidSession, 'key' | 'strand' | 'date' | 'time' | 'minutes'> {
	roomId: string | null;
}

/**
 * Lays a request out, names every clash with its level, and offers a free slot beside each that blocks.
 * Blocks: room, facilitator or cohort twice at once, a day the centre is closed (where a session was
 * moved to it), and the past. Warns: a person in two cohorts, the centre's hours, a room smaller than
 * the cohort, one adult alone (`domain.md` 3.5). The free slots do not collide with each other.
 */
export function plan(request: PlanRequest): Plan {
	const layout = layOut(request);
	const clashes = layout.sessions.flatMap((laid) => clashesOf(request, layout.sessions, laid));
	const blocked = new Set(clashes.filter(isBlocking).map((clash) => clash.key));
	const free: FreeSlot[] = [];
	const taken = [...layout.sessions];
	for (const laid of layout.sessions) {
		const slot = blocked.has(laid.key) && freeSlot(request, taken, laid);
		if (!slot) continue;
		free.push(slot);
		taken.push({ ...laid, ...slot });
	}
	const { doubts, lastHolidayYear } = request;
	const last = layout.sessions
		.map(({ date }) => date)
		.sort()
		.at(-1);
	const isBeyond = last !== undefined && Number(last.slice(0, 4)) > (lastHolidayYear ?? 0);
	return { ...layout, clashes, free, doubts, ...(isBeyond && { holidaysUntil: lastHolidayYear }) };
}

/** How many sessions have how many clashes that block. */
export function countBlocked(clashes: readonly Clash[]): { sessions: number; clashes: number } {
	const blocking = clashes.filter(isBlocking);
	return {
		sessions: new Set(blocking.map(({ key }) => key)).size,
		clashes: blocking.length
	};
}

export function isBlocking(clash: Clash): boolean {
	return clash.level === 'block';
}

/** Warnings that hold for every session of a plan, to be said once instead of beside each. */
export function warningsOfAll({ sessions, clashes }: Plan): Clash[] {
	return clashes
		.filter(({ key }) => key === sessions[0]?.key)
		.filter(
			(first) =>
				!isBlocking(first) &&
				sessions.every(({ key }) =>
					clashes.some((clash) => clash.key === key && sameWarning(clash, first))
				)
		);
}

export function sameWarning(a: Clash, b: Clash): boolean {
	return (
		a.kind === b.kind && a.level === b.level && a.time === b.time && a.who.join() === b.who.join()
	);
}

/** Every clash of one session with what is booked, with `laid` ones, and with the centre's days and hours. */
export function clashesOf(
	request: Setting,
	laid: readonly LaidSession[],
	session: Placed
): Clash[] {
	const clashes = collisions(request, laid, session);
	const block = (kind: Clash['kind']) =>
		clashes.push({ key: session.key, kind, level: 'block', who: [], time: null });
	const warn = (kind: Clash['kind'], who: string[] = []) =>
		clashes.push({ key: session.key, kind, level: 'warn', who, time: null });
	if (session.date < request.today) block('past');
	const { state } = dayState(request.centre, request.closedDays, session.date);
	if (state === 'closed' || state === 'skipped') block('closed');
	if (!isWithinHours(request, session))
		warn('hours', [request.centre.opensAt, request.centre.closesAt]);
	const room = request.rooms.find((room) => room.id === session.roomId);
	if (room && room.capacity < peopleOf(request, session)) warn('crowded', [room.name]);
	if (staffOf(request, session).length < 2) warn('alone');
	return clashes;
}

/** Who or what would be in two places at once. */
function collisions(request: Setting, laid: readonly LaidSession[], session: Placed): Clash[] {
	const staff = staffOf(request, session);
	const clashes = halfAtOnce(request, laid, session);
	for (const other of othersThan(request, laid, session)) {
		if (!overlaps(session, other)) continue;
		const against = againstOf(session, other, clashes);
		const name = other.cohort === null ? [] : [other.cohort];
		if (other.cohortId === request.cohort.id && !areHalves(session.strand, other.strand)) {
			against('cohort', 'block', name); // its room and facilitators are the same clash
			continue;
		}
		if (session.roomId !== null && other.roomId === session.roomId) against('room', 'block', name);
		const both = staff.filter(({ id }) => other.facilitatorIds.includes(id));
		if (both.length > 0) against('facilitator', 'block', namesOf(both));
		if (other.sharedNames.length > 0) against('person', 'warn', other.sharedNames);
	}
	return clashes;
}

/** Girls and mothers meet at once, in two rooms and with two facilitators. */
function halfAtOnce(request: Setting, laid: readonly LaidSession[], session: Placed): Clash[] {
	const clashes: Clash[] = [];
	const staff = staffOf(request, session);
	for (const other of laid) {
		if (!areHalves(session.strand, other.strand) || !overlaps(session, other)) continue;
		const against = againstOf(session, other, clashes);
		if (other.roomId === session.roomId) against('half', 'block', []);
		const theirs = staffOf(request, other);
		const both = staff.filter(({ id }) => theirs.some((one) => one.id === id));
		if (both.length > 0) against('facilitator', 'block', namesOf(both));
	}
	return clashes;
}

function againstOf(
	session: Pick<Placed, 'key'>,
	other: Pick<Booking, 'time' | 'minutes'>,
	to: Clash[]
) {
	return (kind: Clash['kind'], level: Clash['level'], who: string[]) =>
		to.push({ key: session.key, kind, level, who, time: timesOf(other) });
}

function namesOf(staff: readonly Facilitator[]): string[] {
	return staff.map(({ name }) => name);
}

/** Who runs a laid session: each half its own, what is joint all of them. */
export function staffOf(
	{
		facilitators,
		mothersFacilitators: apart
	}: Pick<Setting, 'facilitators' | 'mothersFacilitators'>,
	{ strand }: Pick<LaidSession, 'strand'>
): readonly Facilitator[] {
	if (apart.length === 0 || strand === 'girls') return facilitators;
	if (strand === 'mothers') return apart;
	if (strand === '') return facilitators;
	return [...facilitators, ...apart.filter(({ id }) => !facilitators.some((one) => one.id === id))];
}

function peopleOf(request: Setting, { strand }: Pick<Placed, 'strand'>): number {
	return isHalf(strand) ? request.halfCounts[strand] : request.cohort.memberCount;
}

function othersThan(request: Setting, laid: readonly LaidSession[], session: Placed): Booking[] {
	return [
		...request.occupied,
		...laid
			.filter(({ key, strand }) => key !== session.key && !areHalves(strand, session.strand))
			.map((other) =>
				asOccupied(
					other,
					request.cohort.id,
					staffOf(request, other).map(({ id }) => id)
				)
			)
	];
}

/**
 * The nearest free time on the same day in the same room, else another room at the same time, else the
 * nearest following open day. Undefined when a week ahead holds none.
 */
function freeSlot(
	request: PlanRequest,
	laid: readonly LaidSession[],
	session: LaidSession
): FreeSlot | undefined {
	const isFree = (slot: Omit<FreeSlot, 'key'>) => {
		const there = { ...session, ...slot };
		return (
			(there.date > request.today || (there.date === request.today && there.time > request.now)) &&
			isWithinHours(request, there) &&
			!collisions(request, laid, there).some((clash) => clash.level === 'block')
		);
	};
	for (const slot of candidates(request, session))
		if (isFree(slot)) return { key: session.key, ...slot };
}

function* candidates(request: PlanRequest, session: LaidSession): Generator<Omit<FreeSlot, 'key'>> {
	const times = timesNear(request, session);
	const roomsBigEnough = request.rooms.filter(
		(room) => room.id !== session.roomId && room.capacity >= peopleOf(request, session)
	);
	for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
		const date = addDays(session.date, ahead);
		const { state } = dayState(request.centre, request.closedDays, date);
		if (state !== 'open') continue;
		for (const time of times) yield { date, time, roomId: session.roomId };
		for (const room of roomsBigEnough) yield { date, time: session.time, roomId: room.id };
	}
}

/** Start times within the centre's hours, the nearest to the wished one first. */
function timesNear({ centre }: PlanRequest, session: LaidSession): string[] {
	const wished = minutesOf(session.time);
	const last = minutesOf(centre.closesAt) - session.minutes;
	const times: number[] = [];
	for (let start = minutesOf(centre.opensAt); start <= last; start += STEP_MINUTES)
		times.push(start);
	return times.sort((a, b) => Math.abs(a - wished) - Math.abs(b - wished) || a - b).map(timeAt);
}

function isWithinHours(
	{ centre }: Pick<Setting, 'centre'>,
	{ time, minutes }: { time: string; minutes: number }
): boolean {
	return time >= centre.opensAt && minutesOf(time) + minutes <= minutesOf(centre.closesAt);
}
