import { toFiveMinutes } from '#lib/platform/clock/coarse.ts';
import { dateIn, instantOf } from '#lib/platform/clock/zone.ts';

/** When something was noticed, as somebody says it in a few taps. */
export const NOTICED = ['now', 'today', 'before'] as const;
export interface Noticed {
	noticed: (typeof NOTICED)[number];
	/** Wall time, of earlier today. */
	time?: string | undefined;
	/** Civil date, of a day before; nobody is asked for its hour. */
	date?: string | undefined;
}

/** A concern that was noticed longer ago than this is a slip of the hand. */
const LONGEST_AGO_MS = 366 * 24 * 3_600_000;

/**
 * When that was, to five minutes, in UTC milliseconds; noon of a day before. null: later than it is, or no time this
 * could be.
 */
export function noticedAt(
	{ noticed, time, date }: Noticed,
	zone: string,
	now: number
): number | null {
	if (noticed === 'now') return toFiveMinutes(now);
	const today = dateIn(zone, now);
	const said =
		noticed === 'today'
			? time && instantOf(today, time, zone)
			: date && instantOf(date, '12:00', zone);
	if (!said || said > now || said < now - LONGEST_AGO_MS) return null;
	return noticed === 'before' && date! >= today ? null : toFiveMinutes(said);
}
