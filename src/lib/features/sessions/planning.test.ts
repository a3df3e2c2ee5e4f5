import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayState } from '#lib/features/centres/rules.ts';
import { addDays, daysBetween, minutesOf, timeAt, weekdayOf } from '#lib/platform/clock/days.ts';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { aCentre, aClosedDay, aWish, somePlans } from '#tests/factories/plan-request.ts';
import { layOut, overlaps, slotsOf } from './rules.ts';

function datesOf(given: Parameters<typeof aWish>[0]): string[] {
	return layOut(aWish(given)).sessions.map(({ date }) => date);
}

describe('laying a cycle out', () => {
	it('puts every session on the chosen weekdays in the order of the curriculum', () => {
		const { sessions, skipped } = layOut(aWish());
		expect(
			sessions.map(({ position, planId, date, time }) => [position, planId, date, time])
		).toEqual([
			[1, 'plan 1', '2026-05-05', '15:00'],
			[2, 'plan 2', '2026-05-07', '15:00'],
			[3, 'plan 3', '2026-05-12', '15:00'],
			[4, 'plan 4', '2026-05-14', '15:00']
		]);
		expect(skipped).toEqual([]);
	});

	it('starts on the first chosen weekday on or after the start', () => {
		expect(datesOf({ startsOn: '2026-05-06', plans: somePlans(1) })).toEqual(['2026-05-07']);
	});

	it('skips confirmed holidays and closures of the centre, names them, and extends the end', () => {
		const { sessions, skipped } = layOut(
			aWish({
				closedDays: [
					aClosedDay('2026-05-07', { name: 'Martyrs' }),
					aClosedDay('2026-05-12', { name: 'Repairs', centreId: 'centre' })
				]
			})
		);
		expect(sessions.map(({ date }) => date)).toEqual([
			'2026-05-05',
			'2026-05-14',
			'2026-05-19',
			'2026-05-21'
		]);
		expect(skipped).toEqual([
			{ date: '2026-05-07', name: 'Martyrs' },
			{ date: '2026-05-12', name: 'Repairs' }
		]);
	});

	it('does not name closed days on which the cohort would not meet anyway', () => {
		expect(layOut(aWish({ closedDays: [aClosedDay('2026-05-06')] })).skipped).toEqual([]);
	});

	it('leaves the closures of other centres alone', () => {
		const closedDays = [aClosedDay('2026-05-07', { centreId: 'another' })];
		expect(datesOf({ closedDays })).toContain('2026-05-07');
	});

	it('keeps sessions on an expected holiday and a day either side, and marks them', () => {
		const { sessions, skipped } = layOut(
			aWish({
				weekdays: [1, 2, 3, 4, 5],
				plans: somePlans(5),
				startsOn: '2026-05-25',
				closedDays: [aClosedDay('2026-05-27', { name: 'Eid al-Adha', certainty: 'expected' })]
			})
		);
		expect(sessions.map(({ date, doubtful }) => [date, doubtful])).toEqual([
			['2026-05-25', null],
			['2026-05-26', 'Eid al-Adha'],
			['2026-05-27', 'Eid al-Adha'],
			['2026-05-28', 'Eid al-Adha'],
			['2026-05-29', null]
		]);
		expect(skipped).toEqual([]);
	});

	it('leaves out the weekdays on which the centre never works, and says which', () => {
		const { sessions, closedWeekdays } = layOut(aWish({ weekdays: [5, 6, 7] }));
		expect(sessions.every(({ date }) => weekdayOf(date) === 5)).toBe(true);
		expect(sessions).toHaveLength(4);
		expect(closedWeekdays).toEqual([6, 7]);
	});

	it('lays nothing out when the centre works on none of the weekdays', () => {
		expect(layOut(aWish({ weekdays: [6, 7] })).sessions).toEqual([]);
	});

	it('ends, however many days are closed', () => {
		const closedDays = Array.from({ length: 3000 }, (_, i) => aClosedDay(addDays('2026-05-05', i)));
		expect(layOut(aWish({ closedDays })).sessions).toEqual([]);
	});

	it('takes a moved session to its own date, time and room, and leaves the others', () => {
		const moves = [{ key: '2', date: '2026-05-08', time: '10:00', roomId: 'green' }];
		const { sessions } = layOut(aWish({ moves }));
		expect(sessions[1]).toMatchObject({ ...moves[0], planId: 'plan 2', moved: true });
		expect(sessions.filter(({ moved }) => moved)).toHaveLength(1);
		expect(sessions.map(({ date }) => date)).toEqual([
			'2026-05-05',
			'2026-05-08',
			'2026-05-12',
			'2026-05-14'
		]);
	});

	it('holds for any calendar: chosen open days only, ascending, nothing open left out', () => {
		const day = fc.integer({ min: 0, max: 120 }).map((n) => addDays('2026-05-01', n));
		fc.assert(
			fc.property(
				fc.uniqueArray(day, { maxLength: 40 }),
				fc.uniqueArray(day, { maxLength: 20 }),
				fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
				fc.integer({ min: 0, max: 30 }),
				(confirmed, expected, weekdays, count) => {
					const centre = aCentre();
					const closedDays = [
						...confirmed.map((date) => aClosedDay(date)),
						...expected.map((date) => aClosedDay(date, { certainty: 'expected' }))
					];
					const wish = aWish({ closedDays, weekdays, plans: somePlans(count) });
					const { sessions, skipped } = layOut(wish);
					const dates = sessions.map(({ date }) => date);
					const end = dates.at(-1) ?? wish.startsOn;
					const open: string[] = [];
					for (let date = wish.startsOn; date <= end; date = addDays(date, 1)) {
						const { state } = dayState(centre, closedDays, date);
						if (weekdays.includes(weekdayOf(date)) && (state === 'open' || state === 'doubtful'))
							open.push(date);
					}
					const works = weekdays.some((weekday) => weekday < 6);
					expect(dates).toEqual(works && count > 0 ? open : []);
					expect(dates).toHaveLength(works ? count : 0);
					expect(skipped.every(({ date }) => confirmed.includes(date))).toBe(true);
				}
			)
		);
	});
});

describe('the clocks of Lebanon', () => {
	it('keeps 16:00 on the wall over the change in March, an hour earlier by universal time', () => {
		const { sessions } = layOut(
			aWish({ startsOn: '2026-03-24', weekdays: [2], time: '16:00', plans: somePlans(2) })
		);
		expect(sessions.map(({ date, time, clock }) => [date, time, clock])).toEqual([
			['2026-03-24', '16:00', null],
			['2026-03-31', '16:00', null]
		]);
		const [before, after] = sessions.map(({ date, time }) => instantOf(date, time, 'Asia/Beirut'));
		expect(after! - before!).toBe(7 * 86_400_000 - 3_600_000);
	});

	it('warns of a time that does not exist and of one that comes twice', () => {
		const everyDay = { centre: aCentre({ closedWeekdays: [] }), weekdays: [6, 7] };
		const clockOn = (startsOn: string, time: string) =>
			layOut(aWish({ ...everyDay, startsOn, time, plans: somePlans(1) })).sessions[0]!.clock;
		expect(clockOn('2026-03-29', '00:30')).toBe('missing');
		expect(clockOn('2026-10-24', '23:30')).toBe('twice');
		expect(clockOn('2026-03-29', '01:00')).toBe(null);
		expect(clockOn('2026-10-24', '22:59')).toBe(null);
	});

	it('carries no instant in a laid session, so that a new rule for the zone moves none', () => {
		const [laid] = layOut(aWish()).sessions;
		expect(Object.values(laid!).filter((value) => typeof value === 'number')).toEqual([
			laid!.position,
			laid!.minutes
		]);
	});
});

describe('five-minute slots', () => {
	const span = fc.record({
		date: fc.constantFrom('2026-05-05', '2026-05-06', '2026-05-07'),
		time: fc.integer({ min: 0, max: 1439 }).map(timeAt),
		minutes: fc.integer({ min: 5, max: 720 })
	});

	it('are shared by two spans exactly when they overlap, also past midnight', () => {
		fc.assert(
			fc.property(span, span, (a, b) => {
				const keys = new Set(slotsOf(a).map(({ date, slot }) => `${date} ${slot}`));
				const shared = slotsOf(b).some(({ date, slot }) => keys.has(`${date} ${slot}`));
				expect(overlaps(a, b)).toBe(shared);
				expect(overlaps(b, a)).toBe(overlaps(a, b));
			}),
			{ numRuns: 500 }
		);
	});

	it('cover every minute of a span, on the next date after midnight, and are never none', () => {
		fc.assert(
			fc.property(span, (one) => {
				const slots = slotsOf(one).map(
					({ date, slot }) => daysBetween(one.date, date) * 288 + slot
				);
				const start = minutesOf(one.time);
				expect(slots[0]! * 5).toBeLessThanOrEqual(start);
				expect(slots.at(-1)! * 5 + 5).toBeGreaterThanOrEqual(start + one.minutes);
				expect(slots).toEqual(slots.map((_, i) => slots[0]! + i));
				expect(slotsOf(one).every(({ slot }) => slot >= 0 && slot < 288)).toBe(true);
			})
		);
	});

	it('of a session around midnight are the next day’s as well', () => {
		const late = { date: '2026-12-31', time: '23:30', minutes: 60 };
		const early = (time: string) => ({ date: '2027-01-01', time, minutes: 30 });
		expect(overlaps(late, early('00:00'))).toBe(true);
		expect(overlaps(early('00:25'), late)).toBe(true);
		expect(overlaps(late, early('00:30'))).toBe(false);
		expect(overlaps(late, { ...early('00:00'), date: '2026-12-31' })).toBe(false);
		expect(slotsOf(late).at(-1)).toEqual({ date: '2027-01-01', slot: 5 });
	});

	it('let one session end when the next begins', () => {
		const at = (time: string, minutes: number) => ({ date: '2026-05-05', time, minutes });
		expect(overlaps(at('15:00', 60), at('16:00', 60))).toBe(false);
		expect(overlaps(at('15:00', 61), at('16:00', 60))).toBe(true);
		expect(overlaps(at('15:00', 60), { ...at('15:00', 60), date: '2026-05-06' })).toBe(false);
	});
});
