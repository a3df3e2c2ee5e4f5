import { dateIn, instantOf } from '#lib/platform/clock/zone.ts';
import type { FormLength, SessionStatus } from '#lib/platform/db/schema.ts';
import { BANDS, type Band } from './bank.ts';

/**
 * The band most of a cohort's ages belong to, the younger of two that are equal: an easy form excludes
 * nobody. Null when no child between six and seventeen is in it.
 */
export function bandOf(ageFrom: number, ageTo: number): Band | null {
	const years = BANDS.map((band) => {
		const [from, to] = band.split('-').map(Number) as [number, number];
		return Math.min(to, ageTo) - Math.max(from, ageFrom) + 1;
	});
	const most = Math.max(...years);
	return most > 0 ? BANDS[years.indexOf(most)]! : null;
}

/** The full form in the middle and at the end of a cycle, else the pulse. `nth` is 1 for the first. */
export function lengthOf(nth: number, sessionCount: number): FormLength {
	return nth === sessionCount || nth === Math.ceil(sessionCount / 2) ? 'full' : 'pulse';
}

interface Meeting {
	status: SessionStatus;
	/** Civil date and wall time in `zone`. */
	date: string;
	time: string;
	zone: string;
}

/** Whether children may answer at `now`: from the session's start until its day ends where it is held. */
export function answeringTime(
	{ status, date, time, zone }: Meeting,
	now: number
): 'now' | 'too_early' | 'over' | 'cancelled' {
	if (status === 'cancelled') return 'cancelled';
	if (now < instantOf(date, time, zone)) return 'too_early';
	return dateIn(zone, now) > date ? 'over' : 'now';
}
