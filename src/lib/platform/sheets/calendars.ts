/** Calendars that years in lists are written in. */
export const CALENDARS = ['gregorian', 'buddhist', 'hijri', 'persian', 'kurdish'] as const;
export type Calendar = (typeof CALENDARS)[number];

const IDS = {
	gregorian: 'iso8601',
	buddhist: 'buddhist',
	hijri: 'islamic-umalqura',
	persian: 'persian',
	kurdish: 'persian'
} as const;
/** The Kurdish year 2726 has the days of the Persian year 1405. */
const KURDISH_AHEAD = 1321;

/** The calendars a year can have been written in, if it is about our time: a person says which. */
export function calendarsOf(year: number): Calendar[] {
	if (year >= 1900 && year < 2200) return ['gregorian'];
	if (year >= 2440 && year < 2640) return ['buddhist'];
	if (year >= 2640 && year < 2800) return ['kurdish'];
	if (year >= 1280 && year < 1320) return ['persian'];
	if (year >= 1320 && year < 1500) return ['hijri', 'persian'];
	return [];
}

/** A day of a calendar as the civil date `YYYY-MM-DD`; null when there is no such day. */
export function civilDate(
	calendar: Calendar,
	{ year, month, day }: { year: number; month: number; day: number }
): string | null {
	try {
		const date = Temporal.PlainDate.from(
			{ year: yearIn(calendar, year), month, day, calendar: IDS[calendar] },
			{ overflow: 'reject' }
		);
		return date.withCalendar('iso8601').toString();
	} catch {
		return null;
	}
}

/** The civil year most of a year of a calendar lies in. */
export function civilYear(calendar: Calendar, year: number): number {
	if (calendar === 'gregorian') return year;
	const middle = civilDate(calendar, { year, month: 6, day: 15 });
	return middle === null ? year : Number(middle.slice(0, 4));
}

function yearIn(calendar: Calendar, year: number): number {
	return calendar === 'kurdish' ? year - KURDISH_AHEAD : year;
}
