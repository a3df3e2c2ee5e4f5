import type { RetentionKind } from '#lib/platform/db/vocabularies.ts';

/** What a section keeps by default, in months (`domain.md` 6.7, proposed there); nothing goes until it is switched on. */
export const PROPOSED_MONTHS: Readonly<Record<RetentionKind, number>> = {
	contacts: 6,
	attendance: 12,
	answers: 60,
	audit: 24
};

/** The same day so many months earlier, or the last of that month where it has none. Civil dates. */
export function monthsBefore(date: string, months: number): string {
	const [year, month, day] = date.split('-').map(Number) as [number, number, number];
	const first = new Date(Date.UTC(year, month - 1 - months, 1));
	const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
	first.setUTCDate(Math.min(day, last));
	return first.toISOString().slice(0, 10);
}

/**
 * The last day whose data are too old today: contacts from the end of a cohort, attendance from the end of the year it
 * was reported in, all else from the day itself.
 */
export function lastDayOf(kind: RetentionKind, months: number, today: string): string {
	const limit = monthsBefore(today, months);
	if (kind !== 'attendance') return limit;
	const isYearEnd = limit.endsWith('-12-31');
	return isYearEnd ? limit : `${Number(limit.slice(0, 4)) - 1}-12-31`;
}
