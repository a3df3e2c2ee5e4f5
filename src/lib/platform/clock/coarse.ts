const STEP_MS = 5 * 60_000;

/**
 * An instant rounded down to five minutes of UTC: exact enough for a clock of hours, too coarse to tell from a
 * door or a camera which child had the tablet. In UTC milliseconds.
 */
export function toFiveMinutes(now: number): number {
	return now - (now % STEP_MS);
}
