import type { Centre, ClosedDay } from '#lib/features/centres/types.ts';
import type { SessionPlan } from '#lib/features/curricula/types.ts';
import type { PlanRequest } from '#lib/features/sessions/clashes.rules.ts';
import type { Booking } from '#lib/features/sessions/types.ts';

/** A centre in Lebanon, open from eight to six, Monday to Friday. */
export function aCentre(given: Partial<Centre> = {}): Centre {
	return {
		id: 'centre',
		name: 'Centre',
		zone: 'Asia/Beirut',
		closedWeekdays: [6, 7],
		opensAt: '08:00',
		closesAt: '18:00',
		...given
	};
}

/** A confirmed holiday of the whole country. */
export function aClosedDay(date: string, given: Partial<ClosedDay> = {}): ClosedDay {
	return {
		id: `day ${date}`,
		centreId: null,
		date,
		name: `Holiday ${date}`,
		certainty: 'confirmed',
		source: 'test',
		...given
	};
}

/** The session plans of a curriculum, an hour each unless said otherwise. */
export function somePlans(count: number, minutes = 60): SessionPlan[] {
	return Array.from({ length: count }, (_, i) => ({
		id: `plan ${i + 1}`,
		position: i + 1,
		module: 'Module',
		title: `Title ${i + 1}`,
		minutes,
		strand: ''
	}));
}

/**
 * Four Tuesdays and Thursdays at 15:00 from Tuesday 5 May 2026 in the blue room with two adults, asked
 * for on 1 May at noon; nothing in the way.
 */
export function aWish(given: Partial<PlanRequest> = {}): PlanRequest {
	return {
		centre: aCentre(),
		closedDays: [],
		plans: somePlans(4),
		weekdays: [2, 4],
		startsOn: '2026-05-05',
		time: '15:00',
		roomId: 'blue',
		mothers: { time: given.time ?? '15:00', roomId: given.roomId ?? 'blue' },
		moves: [],
		cohort: { id: 'butterflies', memberCount: 12 },
		rooms: [
			{ id: 'blue', name: 'Blue room', capacity: 20 },
			{ id: 'green', name: 'Green room', capacity: 20 },
			{ id: 'tiny', name: 'Tiny room', capacity: 5 }
		],
		facilitators: [
			{ id: 'rana', name: 'Rana' },
			{ id: 'karim', name: 'Karim' }
		],
		mothersFacilitators: [],
		halfCounts: { girls: 12, mothers: 12 },
		occupied: [],
		doubts: [],
		lastHolidayYear: 2027,
		today: '2026-05-01',
		now: '12:00',
		...given
	};
}

/** Another cohort's session in another room with other people, in nobody's way. */
export function anOccupied(date: string, given: Partial<Booking> = {}): Booking {
	return {
		sessionId: `other ${date}`,
		cohort: 'Cedars',
		cohortId: 'cedars',
		strand: '',
		roomId: 'yellow',
		facilitatorIds: ['layla'],
		sharedNames: [],
		date,
		time: '15:00',
		minutes: 60,
		...given
	};
}
