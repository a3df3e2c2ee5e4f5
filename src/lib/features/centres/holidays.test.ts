import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, weekdayOf } from '../../platform/clock/days.ts';
import { easternEaster, lebaneseHolidays, westernEaster } from './holidays.rules.ts';

const SUNDAY = 7;
const years = fc.integer({ min: 1990, max: 2070 });

function named(year: number, name: string): string[] {
	return lebaneseHolidays(year)
		.filter((holiday) => holiday.names.en === name)
		.map((holiday) => holiday.date);
}

describe('Lebanese holidays', () => {
	it('gives both Good Fridays their own day when the Easters differ', () => {
		expect(named(2026, 'Good Friday (Western)')).toEqual(['2026-04-03']);
		expect(named(2026, 'Good Friday (Eastern)')).toEqual(['2026-04-10']);
		expect(named(2026, 'Saturday after Good Friday')).toEqual([]);
	});

	it('closes Friday and Saturday when both Good Fridays are the same day', () => {
		expect(named(2025, 'Good Friday')).toEqual(['2025-04-18']);
		expect(named(2025, 'Saturday after Good Friday')).toEqual(['2025-04-19']);
	});

	it('expects the Hijri days of 2026 and 2027 where the Umm al-Qura calendar puts them', () => {
		expect(named(2026, 'Eid al-Fitr')).toEqual(['2026-03-20', '2026-03-21']);
		expect(named(2026, 'Eid al-Adha')).toEqual(['2026-05-27', '2026-05-28']);
		expect(named(2026, 'Hijri New Year')).toEqual(['2026-06-16']);
		expect(named(2026, 'Ashura')).toEqual(['2026-06-25']);
		expect(named(2026, 'Prophet’s Birthday')).toEqual(['2026-08-25']);
		expect(named(2027, 'Eid al-Fitr')[0]).toBe('2027-03-09');
		expect(named(2027, 'Eid al-Adha')[0]).toBe('2027-05-16');
	});

	it('finds a Hijri day once in most civil years and twice in some, never missing one', () => {
		expect(named(2030, 'Eid al-Fitr')).toHaveLength(2);
		expect(named(2033, 'Eid al-Fitr')).toHaveLength(4);
		const counts = Array.from({ length: 70 }, (_, i) => named(2000 + i, 'Hijri New Year').length);
		expect(new Set(counts)).toEqual(new Set([1, 2]));
	});

	it('closes the day after 1 May when that is a Sunday or another holiday, and only then', () => {
		expect(named(2022, 'Day after Labour Day')).toEqual(['2022-05-02']);
		expect(named(2043, 'Good Friday (Eastern)')).toEqual(['2043-05-01']);
		expect(named(2043, 'Day after Labour Day')).toEqual(['2043-05-02']);
		expect(named(2026, 'Day after Labour Day')).toEqual([]);
	});

	it('leaves other holidays on a Sunday where they are', () => {
		expect(weekdayOf('2026-11-22')).toBe(SUNDAY);
		const around = lebaneseHolidays(2026).filter(({ date }) => date.startsWith('2026-11-'));
		expect(around.map(({ date }) => date)).toEqual(['2026-11-22']);
	});

	it('marks every moon-dependent day as expected and every other as confirmed', () => {
		const byMoon = /Eid|Hijri|Ashura|Prophet/;
		for (const { names, certainty } of lebaneseHolidays(2026))
			expect(certainty, names.en).toBe(byMoon.test(names.en) ? 'expected' : 'confirmed');
	});

	it('lists only days of the year asked for, in order, named in three languages', () => {
		fc.assert(
			fc.property(years, (year) => {
				const holidays = lebaneseHolidays(year);
				const dates = holidays.map((holiday) => holiday.date);
				expect(dates).toEqual([...dates].sort());
				for (const { date, names } of holidays) {
					expect(date.slice(0, 4)).toBe(String(year));
					expect([names.en, names.fr, names.ar].every((name) => name.length > 2)).toBe(true);
				}
			})
		);
	});
});

describe('Easter', () => {
	it('matches known years', () => {
		expect(westernEaster(1961)).toBe('1961-04-02');
		expect(westernEaster(2000)).toBe('2000-04-23');
		expect(westernEaster(2008)).toBe('2008-03-23');
		expect(westernEaster(2038)).toBe('2038-04-25');
		expect(easternEaster(2008)).toBe('2008-04-27');
		expect(easternEaster(2024)).toBe('2024-05-05');
		expect(easternEaster(2026)).toBe('2026-04-12');
		expect(easternEaster(2100)).toBe('2100-05-02');
	});

	it('is always a Sunday, and the eastern one never comes first', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1900, max: 2199 }), (year) => {
				const western = westernEaster(year);
				const eastern = easternEaster(year);
				expect(weekdayOf(western)).toBe(SUNDAY);
				expect(weekdayOf(eastern)).toBe(SUNDAY);
				expect([0, 7, 28, 35]).toContain(daysBetween(western, eastern));
				expect(western >= `${year}-03-22` && western <= addDays(`${year}-03-22`, 34)).toBe(true);
			})
		);
	});
});
