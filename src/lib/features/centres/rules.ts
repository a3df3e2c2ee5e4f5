import { weekdayOf } from '#lib/platform/clock/days.ts';
import type { Centre, ClosedDay } from './types.ts';

/**
 * Whether a centre works on a date: `open`, `closed` by weekday, `skipped` for a confirmed holiday or
 * closure, `doubtful` for an expected one (moon-sighted days move by a day; they warn and never cancel:
 * `domain.md` 9.3).
 */
export type DayState =
	{ state: 'open' } | { state: 'closed' } | { state: 'skipped' | 'doubtful'; day: ClosedDay };

export function dayState(centre: Centre, closedDays: readonly ClosedDay[], date: string): DayState {
	if (centre.closedWeekdays.includes(weekdayOf(date))) return { state: 'closed' };
	const here = closedDays.filter((day) => day.centreId === null || day.centreId === centre.id);
	const confirmed = here.find((day) => day.date === date && day.certainty === 'confirmed');
	if (confirmed) return { state: 'skipped', day: confirmed };
	const expected = here.find(
		(day) => day.certainty === 'expected' && isWithinOneDay(day.date, date)
	);
	return expected ? { state: 'doubtful', day: expected } : { state: 'open' };
}

/** The confirmed holiday or closure that keeps all of these centres shut on a date; null when one of them works. */
export function closedEverywhere(
	centres: readonly Centre[],
	closedDays: readonly ClosedDay[],
	date: string
): ClosedDay | null {
	const states = centres.map((centre) => dayState(centre, closedDays, date));
	const [first] = states;
	return first?.state === 'skipped' && states.every(({ state }) => state === 'skipped')
		? first.day
		: null;
}

function isWithinOneDay(a: string, b: string): boolean {
	return Math.abs(Date.parse(a) - Date.parse(b)) <= 86_400_000;
}
