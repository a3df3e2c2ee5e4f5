import type { Snapshot, WantedSnapshot } from './types.ts';

/** First and last day of a month `YYYY-MM`. */
export function daysOfMonth(month: string): { from: string; to: string } {
	const first = Temporal.PlainYearMonth.from(month);
	return { from: `${month}-01`, to: `${month}-${first.daysInMonth}` };
}

/** First and last day of the year a month is in. */
export function daysOfYear(month: string): { from: string; to: string } {
	const year = month.slice(0, 4);
	return { from: `${year}-01-01`, to: `${year}-12-31` };
}

/** The calendar year of a month or a day. */
export function yearOf(date: string): number {
	return Number(date.slice(0, 4));
}

/** Why a month cannot be published; null when it can. `latest` is the latest month that is, `today` a civil date. */
export function whyNot(
	month: string,
	{ latest, today }: { latest: string | null; today: string }
): 'published' | 'later_published' | 'not_begun' | null {
	if (month === latest) return 'published';
	if (latest !== null && month < latest) return 'later_published';
	return month > today.slice(0, 7) ? 'not_begun' : null;
}

/** A file's name: what, which month, its number and the day it was frozen. */
export function snapshotFileName(
	{ period, number, frozenOn }: Pick<Snapshot, 'period' | 'number' | 'frozenOn'>,
	{ format, tags }: Pick<WantedSnapshot, 'format' | 'tags'>
): string {
	const parts = ['activityinfo', tags === 'hxl' && 'hxl', period, `no-${number}`, frozenOn];
	return `${parts.filter(Boolean).join('-')}.${format}`;
}
