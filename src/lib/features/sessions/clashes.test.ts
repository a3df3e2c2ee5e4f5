import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayState } from '#lib/features/centres/rules.ts';
import { addDays, minutesOf, timeAt, timesOf } from '#lib/platform/clock/days.ts';
import {
	aCentre,
	aClosedDay,
	anOccupied,
	aWish,
	somePlans
} from '#tests/factories/plan-request.ts';
import {
	countBlocked,
	isBlocking,
	plan,
	sameWarning,
	warningsOfAll,
	type PlanRequest
} from './clashes.rules.ts';
import { slotsOf } from './rules.ts';
import type { Booking } from './types.ts';

const FIRST = '2026-05-05';

function clashesWith(occupied: Partial<Booking>, given: Partial<PlanRequest> = {}) {
	return plan(aWish({ occupied: [anOccupied(FIRST, occupied)], ...given })).clashes;
}

describe('what a plan collides with', () => {
	it('is nothing when everything is free', () => {
		expect(plan(aWish())).toMatchObject({ clashes: [], free: [] });
	});

	it('blocks a room that is taken, by whom and when', () => {
		expect(clashesWith({ roomId: 'blue', time: '14:30' })).toEqual([
			{
				key: '1',
				kind: 'room',
				level: 'block',
				who: ['Cedars'],
				time: timesOf({ time: '14:30', minutes: 60 })
			}
		]);
	});

	it('names nobody where the other cohort is out of reach', () => {
		expect(clashesWith({ roomId: 'blue', cohort: null })[0]!.who).toEqual([]);
	});

	it('blocks a facilitator who is elsewhere, by name, also at another centre', () => {
		expect(clashesWith({ facilitatorIds: ['layla', 'karim'], cohort: null })).toEqual([
			{
				key: '1',
				kind: 'facilitator',
				level: 'block',
				who: ['Karim'],
				time: timesOf({ time: '15:00', minutes: 60 })
			}
		]);
	});

	it('blocks the cohort when it meets already, once', () => {
		const own = { cohortId: 'butterflies', roomId: 'blue', facilitatorIds: ['rana'] };
		expect(clashesWith(own).map(({ kind, level }) => [kind, level])).toEqual([['cohort', 'block']]);
	});

	it('warns of a person who is in another cohort at that time', () => {
		expect(clashesWith({ sharedNames: ['Nour'] })).toEqual([
			{
				key: '1',
				kind: 'person',
				level: 'warn',
				who: ['Nour'],
				time: timesOf({ time: '15:00', minutes: 60 })
			}
		]);
	});

	it('warns outside the hours of the centre', () => {
		for (const time of ['07:55', '17:30'])
			expect(plan(aWish({ time, plans: somePlans(1) })).clashes).toEqual([
				{ key: '1', kind: 'hours', level: 'warn', who: ['08:00', '18:00'], time: null }
			]);
		expect(plan(aWish({ time: '08:00' })).clashes).toEqual([]);
		expect(plan(aWish({ time: '17:00' })).clashes).toEqual([]);
	});

	it('warns of a room that is smaller than the cohort', () => {
		const { clashes } = plan(aWish({ roomId: 'tiny', plans: somePlans(1) }));
		expect(clashes).toEqual([
			{ key: '1', kind: 'crowded', level: 'warn', who: ['Tiny room'], time: null }
		]);
	});

	it('warns of one adult alone', () => {
		const facilitators = [{ id: 'rana', name: 'Rana' }];
		const { clashes } = plan(aWish({ facilitators, plans: somePlans(1) }));
		expect(clashes.map(({ kind, level }) => [kind, level])).toEqual([['alone', 'warn']]);
	});

	it('blocks the past, but not today', () => {
		const request = { plans: somePlans(2), today: '2026-05-07', now: '16:00' };
		expect(plan(aWish(request)).clashes.map(({ key, kind }) => [key, kind])).toEqual([
			['1', 'past']
		]);
	});

	it('blocks a session moved to a weekday or a confirmed day without sessions', () => {
		const moved = (date: string) =>
			plan(
				aWish({
					closedDays: [aClosedDay('2026-05-06')],
					moves: [{ key: '1', date, time: '15:00', roomId: 'blue' }]
				})
			).clashes.map(({ key, kind, level }) => [key, kind, level]);
		expect(moved('2026-05-06')).toEqual([['1', 'closed', 'block']]);
		expect(moved('2026-05-09')).toEqual([['1', 'closed', 'block']]);
		expect(moved('2026-05-08')).toEqual([]);
	});

	it('blocks two sessions of the plan moved to one time', () => {
		const moves = [{ key: '1', date: '2026-05-07', time: '15:30', roomId: 'green' }];
		const { clashes } = plan(aWish({ moves }));
		expect(clashes.map(({ key, kind }) => [key, kind])).toEqual([
			['1', 'cohort'],
			['2', 'cohort']
		]);
	});

	it('does not mind neighbours in time, other days and other rooms', () => {
		expect(clashesWith({ roomId: 'blue', time: '16:00' })).toEqual([]);
		expect(clashesWith({ roomId: 'blue', time: '14:00' })).toEqual([]);
		expect(clashesWith({ roomId: 'blue', date: '2026-05-06' })).toEqual([]);
		expect(clashesWith({ roomId: 'green' })).toEqual([]);
	});
});

describe('the warning of a whole plan', () => {
	it('is one that stands beside every session', () => {
		const all = plan(
			aWish({ facilitators: [], occupied: [anOccupied(FIRST, { sharedNames: ['Nour'] })] })
		);
		expect(warningsOfAll(all).map(({ kind }) => kind)).toEqual(['alone']);
	});

	it('is never one that blocks, nor one of some sessions', () => {
		const past = plan(aWish({ today: '2026-12-01' }));
		expect(past.clashes).toHaveLength(4);
		expect(warningsOfAll(past)).toEqual([]);
		expect(warningsOfAll(plan(aWish({ plans: [] })))).toEqual([]);
	});

	it('is told apart by kind, level, time and people', () => {
		const [one] = clashesWith({ sharedNames: ['Nour'] });
		expect(sameWarning(one!, { ...one!, key: '9' })).toBe(true);
		expect(sameWarning(one!, { ...one!, who: ['Rami'] })).toBe(false);
		expect(sameWarning(one!, { ...one!, time: '10:00' })).toBe(false);
	});
});

describe('a plan as a whole', () => {
	it('says how many sessions have how many clashes', () => {
		const occupied = [
			anOccupied(FIRST, { roomId: 'blue', facilitatorIds: ['rana'] }),
			anOccupied('2026-05-07', { facilitatorIds: ['karim'] })
		];
		const { clashes } = plan(aWish({ occupied }));
		expect(countBlocked(clashes)).toEqual({ sessions: 2, clashes: 3 });
		expect(countBlocked(plan(aWish({ facilitators: [] })).clashes)).toEqual({
			sessions: 0,
			clashes: 0
		});
	});

	it('says after which year no holidays are known, where it goes on after it', () => {
		const until = (given: Partial<PlanRequest>) => plan(aWish(given)).holidaysUntil;
		expect(until({ lastHolidayYear: 2026 })).toBe(undefined);
		expect(until({ lastHolidayYear: 2025 })).toBe(2025);
		expect(until({ lastHolidayYear: null })).toBe(null);
		const overNewYear = { startsOn: '2026-12-29', plans: somePlans(2) };
		expect(until({ ...overNewYear, lastHolidayYear: 2026 })).toBe(undefined);
		expect(until({ ...overNewYear, plans: somePlans(3), lastHolidayYear: 2026 })).toBe(2026);
		expect(until({ plans: [], lastHolidayYear: null })).toBe(undefined);
	});

	it('clashes with what lies around midnight of the day before and the day after', () => {
		const open = { centre: aCentre({ opensAt: '00:00', closesAt: '23:59' }), plans: somePlans(1) };
		const kinds = (time: string, date: string, other: string) =>
			plan(
				aWish({
					...open,
					time,
					occupied: [anOccupied(date, { roomId: 'blue', time: other })]
				})
			).clashes.flatMap((clash) => (isBlocking(clash) ? clash.kind : []));
		expect(kinds('00:15', '2026-05-04', '23:30')).toEqual(['room']);
		expect(kinds('23:30', '2026-05-06', '00:15')).toEqual(['room']);
		expect(kinds('00:30', '2026-05-04', '23:30')).toEqual([]);
	});
});

describe('the free slot offered', () => {
	const freeWith = (occupied: Booking[], given: Partial<PlanRequest> = {}) =>
		plan(aWish({ occupied, plans: somePlans(1), ...given })).free;

	it('is the nearest time of the same day in the same room', () => {
		expect(freeWith([anOccupied(FIRST, { roomId: 'blue' })])).toEqual([
			{ key: '1', date: FIRST, time: '14:00', roomId: 'blue' }
		]);
	});

	it('is another room, big enough, at the same time when the room is full all day', () => {
		const allDay = anOccupied(FIRST, { roomId: 'blue', time: '08:00', minutes: 600 });
		expect(freeWith([allDay])).toEqual([{ key: '1', date: FIRST, time: '15:00', roomId: 'green' }]);
	});

	it('is on the next open day when a facilitator is away all day, past closed and doubtful days', () => {
		const away = anOccupied(FIRST, { facilitatorIds: ['rana'], time: '08:00', minutes: 600 });
		const closedDays = [
			aClosedDay('2026-05-06'),
			aClosedDay('2026-05-08', { certainty: 'expected' })
		];
		expect(freeWith([away], { closedDays })).toEqual([
			{ key: '1', date: '2026-05-11', time: '15:00', roomId: 'blue' }
		]);
	});

	it('is not offered when a week ahead holds none', () => {
		const busy = Array.from({ length: 8 }, (_, i) =>
			anOccupied(addDays(FIRST, i), { facilitatorIds: ['rana'], time: '08:00', minutes: 600 })
		);
		expect(freeWith(busy)).toEqual([]);
	});

	it('is later than now when it is today', () => {
		const taken = anOccupied(FIRST, { roomId: 'blue', time: '14:00', minutes: 120 });
		expect(freeWith([taken], { today: FIRST, now: '13:30' })).toEqual([
			{ key: '1', date: FIRST, time: '16:00', roomId: 'blue' }
		]);
	});

	it('is not offered twice to two sessions that both need one', () => {
		const busy = ['2026-05-05', '2026-05-06'].map((date) =>
			anOccupied(date, { facilitatorIds: ['rana'], time: '08:00', minutes: 600 })
		);
		const { free } = plan(aWish({ weekdays: [2, 3], plans: somePlans(2), occupied: busy }));
		expect(free).toEqual([
			{ key: '1', date: '2026-05-07', time: '15:00', roomId: 'blue' },
			{ key: '2', date: '2026-05-07', time: '14:00', roomId: 'blue' }
		]);
	});
});

describe('any request among any other sessions', () => {
	const date = fc.integer({ min: 0, max: 20 }).map((n) => addDays('2026-05-04', n));
	const occupied = fc
		.record({
			sessionId: fc.uuid(),
			cohort: fc.constant(null),
			cohortId: fc.constantFrom('butterflies', 'cedars', 'rivers'),
			strand: fc.constant('' as const),
			roomId: fc.constantFrom('blue', 'green', 'tiny', 'elsewhere'),
			facilitatorIds: fc.subarray(['rana', 'karim', 'layla']),
			sharedNames: fc.subarray(['Nour']),
			date,
			time: fc.integer({ min: 0, max: 287 }).map((slot) => timeAt(slot * 5)),
			minutes: fc.integer({ min: 5, max: 600 })
		})
		.map((one): Booking => one);
	const request = fc
		.record({
			occupied: fc.array(occupied, { maxLength: 25 }),
			weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
			plans: fc
				.integer({ min: 1, max: 6 })
				.chain((n) => fc.constantFrom(45, 60, 90, 125).map((minutes) => somePlans(n, minutes))),
			time: fc.integer({ min: 84, max: 216 }).map((slot) => timeAt(slot * 5)),
			closedDays: fc.array(
				fc
					.tuple(date, fc.constantFrom('confirmed' as const, 'expected' as const))
					.map(([on, certainty]) => aClosedDay(on, { certainty })),
				{ maxLength: 6 }
			),
			roomId: fc.constantFrom('blue', 'green', 'tiny'),
			today: date,
			now: fc.integer({ min: 0, max: 1439 }).map(timeAt)
		})
		.map((given) => aWish(given));

	it('clashes no more, as far as blocking goes, wherever the free slot is taken', () => {
		fc.assert(
			fc.property(request, (wished) => {
				const { free } = plan(wished);
				const after = plan({ ...wished, moves: free });
				const settled = free.map(({ key }) => key);
				expect(
					after.clashes.filter((clash) => isBlocking(clash) && settled.includes(clash.key))
				).toEqual([]);
			}),
			{ numRuns: 300 }
		);
	});

	it('clashes no more when only one of the free slots is taken', () => {
		fc.assert(
			fc.property(request, fc.nat(), (wished, n) => {
				const { free } = plan(wished);
				const one = free[n % Math.max(free.length, 1)];
				if (!one) return;
				const after = plan({ ...wished, moves: [one] });
				expect(after.clashes.filter((clash) => isBlocking(clash) && clash.key === one.key)).toEqual(
					[]
				);
			})
		);
	});

	it('is offered slots within the hours, not in the past and on days that are certain', () => {
		fc.assert(
			fc.property(request, (wished) => {
				const { sessions, free } = plan(wished);
				for (const slot of free) {
					const { minutes } = sessions.find(({ key }) => key === slot.key)!;
					expect(slot.time >= '08:00').toBe(true);
					expect(minutesOf(slot.time) + minutes).toBeLessThanOrEqual(minutesOf('18:00'));
					expect(`${slot.date} ${slot.time}` > `${wished.today} ${wished.now}`).toBe(true);
					expect(dayState(aCentre(), wished.closedDays, slot.date).state).toBe('open');
				}
			})
		);
	});

	it('takes no room, facilitator or cohort twice once nothing blocks', () => {
		fc.assert(
			fc.property(request, (wished) => {
				const settled = plan({ ...wished, moves: plan(wished).free });
				const blocked = new Set(settled.clashes.filter(isBlocking).map(({ key }) => key));
				const taken = [
					...wished.occupied.flatMap((other) =>
						keysOf({ ...other, roomId: other.roomId! }, other.cohortId!, other.facilitatorIds).map(
							(key) => ({ key, own: false })
						)
					),
					...settled.sessions
						.filter(({ key }) => !blocked.has(key))
						.flatMap((laid) =>
							keysOf(laid, 'butterflies', ['rana', 'karim']).map((key) => ({ key, own: true }))
						)
				];
				const own = taken.filter((one) => one.own).map(({ key }) => key);
				const others = new Set(taken.filter((one) => !one.own).map(({ key }) => key));
				expect(new Set(own).size).toBe(own.length);
				expect(own.filter((key) => others.has(key))).toEqual([]);
			}),
			{ numRuns: 300 }
		);
	});

	function keysOf(
		span: { roomId: string; date: string; time: string; minutes: number },
		cohortId: string,
		staff: string[]
	): string[] {
		return [`room ${span.roomId}`, `cohort ${cohortId}`, ...staff].flatMap((resource) =>
			slotsOf(span).map(({ date, slot }) => `${resource} ${date} ${slot}`)
		);
	}
});
