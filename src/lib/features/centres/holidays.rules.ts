/** Lebanon's public holidays by Decree 15215 of 27/9/2005 as amended (domain.md 9.3). Server only: Temporal. */
import { addDays, weekdayOf } from '../../platform/clock/days.ts';
import type { Certainty } from '../../platform/db/schema.ts';
import {
	DAY_AFTER_LABOUR_DAY,
	DECREE,
	DECREE_BY_MOON,
	FIXED,
	GOOD_FRIDAY_BOTH,
	GOOD_FRIDAY_EASTERN,
	GOOD_FRIDAY_WESTERN,
	HIJRI,
	HOLY_SATURDAY
} from './holidays-lebanon.rules.ts';

export interface Texts {
	en: string;
	fr: string;
	ar: string;
}

export interface Holiday {
	/** Civil date `YYYY-MM-DD`. */
	date: string;
	names: Texts;
	/** `expected`: by calculation, a day earlier or later once the moon is seen. */
	certainty: Certainty;
	source: string;
}

/**
 * The public holidays of a civil year, by date. Two may fall on one day; a Hijri one comes once or
 * twice, since its year is eleven days shorter. A holiday on a Sunday is not moved, except for the two rules the decree
 * names: both Good Fridays on one day, and 1 May on a Sunday or on another holiday.
 */
export function lebaneseHolidays(year: number): Holiday[] {
	const holidays = [...fixedDays(year), ...goodFridays(year), ...hijriDays(year)];
	return [...holidays, ...dayAfterLabourDay(year, holidays)].sort((a, b) =>
		a.date < b.date ? -1 : a.date > b.date ? 1 : 0
	);
}

/** Easter Sunday of the Western churches, as a civil date (Meeus, Jones, Butcher). */
export function westernEaster(year: number): string {
	const golden = year % 19;
	const century = Math.floor(year / 100);
	const solar = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
	const moon = (19 * golden + century - Math.floor(century / 4) - solar + 15) % 30;
	const inCentury = year % 100;
	const toSunday =
		(32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - moon - (inCentury % 4)) % 7;
	const late = Math.floor((golden + 11 * moon + 22 * toSunday) / 451);
	return addDays(`${year}-03-22`, moon + toSunday - 7 * late);
}

/** Easter Sunday of the Eastern churches, as a civil (Gregorian) date (Meeus, Julian computus). */
export function easternEaster(year: number): string {
	const moon = (19 * (year % 19) + 15) % 30;
	const toSunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
	const julianLag = Math.floor(year / 100) - Math.floor(year / 400) - 2;
	return addDays(`${year}-03-22`, moon + toSunday + julianLag);
}

function fixedDays(year: number): Holiday[] {
	return FIXED.map(({ day, names }) => confirmed(`${year}-${day}`, names));
}

function goodFridays(year: number): Holiday[] {
	const western = addDays(westernEaster(year), -2);
	const eastern = addDays(easternEaster(year), -2);
	if (western === eastern)
		return [confirmed(western, GOOD_FRIDAY_BOTH), confirmed(addDays(western, 1), HOLY_SATURDAY)];
	return [confirmed(western, GOOD_FRIDAY_WESTERN), confirmed(eastern, GOOD_FRIDAY_EASTERN)];
}

function hijriDays(year: number): Holiday[] {
	const first = hijriYearOf(`${year}-01-01`);
	const last = hijriYearOf(`${year}-12-31`);
	const days: Holiday[] = [];
	for (let hijri = first; hijri <= last; hijri += 1)
		for (const { month, day, days: count, names } of HIJRI)
			for (let nth = 0; nth < count; nth += 1)
				days.push({
					date: civilDateOf(hijri, month, day + nth),
					names,
					certainty: 'expected',
					source: DECREE_BY_MOON
				});
	return days.filter(({ date }) => date.startsWith(`${year}-`));
}

/** 1 May on a Sunday or another holiday: the private sector closes the next day. */
function dayAfterLabourDay(year: number, holidays: Holiday[]): Holiday[] {
	const labourDay = `${year}-05-01`;
	const alsoThatDay = holidays.filter((other) => other.date === labourDay).slice(1);
	const next = confirmed(addDays(labourDay, 1), DAY_AFTER_LABOUR_DAY);
	if (weekdayOf(labourDay) === 7 || alsoThatDay.some((other) => other.certainty === 'confirmed'))
		return [next];
	if (alsoThatDay.length > 0) return [{ ...next, certainty: 'expected', source: DECREE_BY_MOON }];
	return [];
}

function confirmed(date: string, names: Texts): Holiday {
	return { date, names, certainty: 'confirmed', source: DECREE };
}

function hijriYearOf(date: string): number {
	return Temporal.PlainDate.from(date).withCalendar('islamic-umalqura').year;
}

function civilDateOf(year: number, month: number, day: number): string {
	return Temporal.PlainDate.from({ calendar: 'islamic-umalqura', year, month, day })
		.withCalendar('iso8601')
		.toString();
}
