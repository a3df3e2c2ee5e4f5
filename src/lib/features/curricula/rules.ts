import { minutesOf, timeAt } from '#lib/platform/clock/days.ts';
import type { CountingRule } from './types.ts';

/** domain.md 3.4, proposed: no published threshold of the sector was found. */
export const DEFAULT_RULE: CountingRule = {
	reachedCount: 1,
	engagedCount: 3,
	engagedPct: 50,
	completedPct: 75,
	droppedCount: 3
};

/** When each activity begins, as wall times, one after the other from the beginning of a session. */
export function beginnings(start: string, activities: readonly { minutes: number }[]): string[] {
	let spent = 0;
	return activities.map(({ minutes }) => {
		const begins = timeAt((minutesOf(start) + spent) % (24 * 60));
		spent += minutes;
		return begins;
	});
}

/** The oldest of the youngest children, and the youngest of the oldest (`domain.md` 2.3). */
const YOUNGER_TO = 9;
const OLDER_FROM = 14;

/** Which ways of doing an activity concern a cohort of these ages, in years; all of them where it has none. */
export function variantsFor(ages: { from: number; to: number } | null): ('younger' | 'older')[] {
	return (['younger', 'older'] as const).filter((variant) =>
		ages === null ? true : variant === 'younger' ? ages.from <= YOUNGER_TO : ages.to >= OLDER_FROM
	);
}

/** Minutes that activities take more (above zero) or less than the session has; 0 where there are none. */
export function overrun(plan: {
	minutes: number;
	activities: readonly { minutes: number }[];
}): number {
	const taken = plan.activities.reduce((sum, { minutes }) => sum + minutes, 0);
	return taken === 0 ? 0 : taken - plan.minutes;
}
