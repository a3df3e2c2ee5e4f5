const DAY_MS = 24 * 3_600_000;
/** Where nobody else may confirm an erasure, whoever asked for it does after so long: a slip of the hand is seen until then. */
export const ALONE_AFTER_MS = 7 * DAY_MS;

/** Whether an erasure may take effect now, and if not why. `hasOther`: somebody else could confirm it. */
export function confirmation(
	{ isOwn, askedAt }: { isOwn: boolean; askedAt: number },
	hasOther: boolean,
	now: number
): 'free' | 'needs_other' | 'too_early' {
	if (!isOwn) return 'free';
	if (hasOther) return 'needs_other';
	return now >= askedAt + ALONE_AFTER_MS ? 'free' : 'too_early';
}

/** A birth without its month, where no age on any of these days depends on it. Days are `YYYY-MM-DD`. */
export function coarseBirthMonth(birthMonth: number | null, days: readonly string[]): number | null {
	if (birthMonth === null) return null;
	return days.some((day) => Number(day.slice(5, 7)) < birthMonth) ? birthMonth : null;
}
