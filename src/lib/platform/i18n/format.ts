import { dateTag, directionOf, numberTag, type Locale } from './locale.ts';

/**
 * Dates and numbers as people read them. Civil dates carry no zone, so they are written as UTC. In a language written
 * from the right every number and every date with one is kept apart from the text around it, wherever it stands (a
 * sentence, an attribute, a title, a message): marks inside it, as in a percentage, would move it about.
 */

const FORMATS = {
	day: { weekday: 'short', day: 'numeric', month: 'short' },
	dayYear: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
	dayLong: { weekday: 'long', day: 'numeric', month: 'long' },
	dayFull: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
	dayMonth: { day: 'numeric', month: 'short' },
	dayMonthLong: { day: 'numeric', month: 'long' },
	full: { day: 'numeric', month: 'long', year: 'numeric' },
	weekday: { weekday: 'long' },
	weekdayShort: { weekday: 'short' },
	month: { month: 'long', year: 'numeric' },
	monthAlone: { month: 'long' }
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const WITHOUT_NUMBER: readonly (keyof typeof FORMATS)[] = ['weekday', 'weekdayShort', 'monthAlone'];

const dates = new Map<string, Intl.DateTimeFormat>();

/** A civil date `YYYY-MM-DD` in words. */
export function formatDate(
	date: string,
	locale: Locale,
	format: keyof typeof FORMATS = 'day'
): string {
	const key = `${locale} ${format}`;
	let formatter = dates.get(key);
	if (!formatter) {
		formatter = new Intl.DateTimeFormat(dateTag(locale), { ...FORMATS[format], timeZone: 'UTC' });
		dates.set(key, formatter);
	}
	const words = formatter.format(new Date(`${date}T00:00:00Z`));
	return WITHOUT_NUMBER.includes(format) ? words : isolated(words, locale);
}

/** A civil date ahead of today as one says it: "tomorrow", else the day in words. */
export function formatDayAhead(date: string, today: string, locale: Locale): string {
	const isTomorrow = Date.parse(date) - Date.parse(today) === 86_400_000;
	return isTomorrow
		? new Intl.RelativeTimeFormat(dateTag(locale), { numeric: 'auto' }).format(1, 'day')
		: formatDate(date, locale, 'dayLong');
}

/** The name of an ISO weekday, 1 = Monday. */
export function formatWeekday(
	weekday: number,
	locale: Locale,
	format: 'weekday' | 'weekdayShort' = 'weekday'
): string {
	return formatDate(`2024-01-0${weekday}`, locale, format); // 1 January 2024 was a Monday
}

/** A number as messages write it themselves, not kept apart: to find it in their text. */
export function plainNumber(value: number, locale: Locale): string {
	return new Intl.NumberFormat(numberTag(locale)).format(value);
}

export function formatNumber(value: number, locale: Locale): string {
	return isolated(plainNumber(value, locale), locale);
}

/** A share of one as a percentage with at most one decimal; more than 100 % stays more. */
export function formatPercent(share: number, locale: Locale): string {
	const percent = new Intl.NumberFormat(numberTag(locale), {
		style: 'percent',
		maximumFractionDigits: 1
	}).format(share);
	return isolated(percent, locale);
}

/** Kept apart from the text around it in a language written from the right. Formatted numbers and dates are already. */
export function isolated(text: string, locale: Locale): string {
	return directionOf(locale) === 'rtl' ? `\u2068${text}\u2069` : text;
}

/** "a, b and c" in the language. */
export function formatList(parts: readonly string[], locale: Locale): string {
	return new Intl.ListFormat(dateTag(locale), { type: 'conjunction' }).format(parts);
}

const AGES = [
	['day', 24 * 60 * 60_000],
	['hour', 60 * 60_000],
	['minute', 60_000]
] as const;

/** How long something has lasted, in the largest unit of which it is one at least, rounded down: "3 days". Never below nothing. */
export function formatAge(ms: number, locale: Locale): string {
	const [unit, unitMs] = AGES.find(([, one]) => ms >= one) ?? AGES[2];
	const age = new Intl.NumberFormat(numberTag(locale), {
		style: 'unit',
		unit,
		unitDisplay: 'long'
	}).format(Math.max(0, Math.floor(ms / unitMs)));
	return isolated(age, locale);
}

/** The time of an instant in a zone, where it lies on the same date as `now`; else undefined. */
export function formatTimeToday(
	instant: number,
	now: number,
	zone: string,
	locale: Locale
): string | undefined {
	const [then, today] = [instant, now].map((at) =>
		new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: zone }).format(at)
	);
	if (then !== today) return undefined;
	const time = new Intl.DateTimeFormat(dateTag(locale), {
		timeStyle: 'short',
		hourCycle: 'h23',
		timeZone: zone
	}).format(instant);
	return isolated(time, locale);
}

/** An instant as date and time in a zone. */
export function formatInstant(instant: number, zone: string, locale: Locale): string {
	const moment = new Intl.DateTimeFormat(dateTag(locale), {
		dateStyle: 'medium',
		timeStyle: 'short',
		hourCycle: 'h23',
		timeZone: zone
	}).format(instant);
	return isolated(moment, locale);
}
