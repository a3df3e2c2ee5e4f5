import { daysBetween } from '#lib/platform/clock/days.ts';

/** A change of dates as it was made, the latest last. */
export interface DateChange {
	/** Due, or the end, before and after. */
	before: string;
	after: string;
}

/** How often a due date was put off and by how many days it is later now than it was first. */
export interface Slip {
	count: number;
	/** 0 when it was brought forward as far again. */
	days: number;
}

/** How far a date has slipped; null when it was never put off. A change to an earlier day is no slip. */
export function slipOf(changes: readonly DateChange[]): Slip | null {
	const count = changes.filter(({ before, after }) => after > before).length;
	if (count === 0) return null;
	const [first, last] = [changes[0]!, changes.at(-1)!];
	return { count, days: Math.max(0, daysBetween(first.before, last.after)) };
}
