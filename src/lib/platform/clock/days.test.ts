import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
	addDays,
	daysBetween,
	isDate,
	isTime,
	minutesOf,
	timeAt,
	timesOf,
	weekdayOf,
	weekdaysFrom,
	weekOf
} from './days.ts';

const date = fc
	.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
	.map((instant) => instant.toISOString().slice(0, 10));

it('knows the dates of the calendar', () => {
	for (const good of ['2026-05-04', '2028-02-29', '2000-02-29', '0001-01-01'])
		expect(isDate(good)).toBe(true);
	for (const bad of [
		'2026-02-29',
		'2100-02-29',
		'2026-13-01',
		'2026-00-10',
		'2026-04-31',
		'2026-5-4',
		'2026-05-04T00:00',
		' 2026-05-04',
		'٢٠٢٦-٠٥-٠٤',
		''
	])
		expect(isDate(bad), bad).toBe(false);
});

it('knows the times of the day', () => {
	for (const good of ['00:00', '09:05', '23:59']) expect(isTime(good)).toBe(true);
	for (const bad of ['24:00', '9:05', '12:60', '12:5', '12:05:00', '', 'noon'])
		expect(isTime(bad), bad).toBe(false);
});

it('adds days over months, leap days and years, and back again', () => {
	expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
	expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
	expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
	expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
	fc.assert(
		fc.property(date, fc.integer({ min: -2000, max: 2000 }), (from, days) => {
			const to = addDays(from, days);
			expect(isDate(to)).toBe(true);
			expect(daysBetween(from, to)).toBe(days);
			expect(addDays(to, -days)).toBe(from);
		})
	);
});

it('counts a day on which the clocks change as one day', () => {
	expect(addDays('2026-03-28', 1)).toBe('2026-03-29');
	expect(addDays('2026-03-29', 1)).toBe('2026-03-30');
	expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
	expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
});

it('numbers the weekdays from Monday, 1, to Sunday, 7', () => {
	expect(weekdayOf('2026-05-04')).toBe(1);
	expect(weekdayOf('2026-05-10')).toBe(7);
});

it('gives the seven days of a week that starts on Monday or on Sunday', () => {
	expect(weekOf('2026-05-06', 1)).toEqual([
		'2026-05-04',
		'2026-05-05',
		'2026-05-06',
		'2026-05-07',
		'2026-05-08',
		'2026-05-09',
		'2026-05-10'
	]);
	expect(weekOf('2026-05-09', 7)[0]).toBe('2026-05-03');
	expect(weekOf('2026-05-10', 7)[0]).toBe('2026-05-10');
	fc.assert(
		fc.property(date, fc.integer({ min: 1, max: 7 }), (day, startsOn) => {
			const week = weekOf(day, startsOn);
			expect(week).toContain(day);
			expect(week.map(weekdayOf)[0]).toBe(startsOn);
			expect(daysBetween(week[0]!, week[6]!)).toBe(6);
		})
	);
});

it('turns a wall time into minutes and back', () => {
	expect(minutesOf('15:45')).toBe(945);
	for (let minutes = 0; minutes < 1440; minutes += 1) {
		expect(isTime(timeAt(minutes))).toBe(true);
		expect(minutesOf(timeAt(minutes))).toBe(minutes);
	}
});

it('says from when until when, over midnight too', () => {
	expect(timesOf({ time: '15:00', minutes: 90 })).toBe('\u206615:00–16:30\u2069');
	expect(timesOf({ time: '23:30', minutes: 60 })).toBe('\u206623:30–00:30\u2069');
});

it('reads stored weekdays, none included', () => {
	expect(weekdaysFrom('6,7')).toEqual([6, 7]);
	expect(weekdaysFrom('')).toEqual([]);
});
