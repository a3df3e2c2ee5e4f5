import { addDays } from '#lib/platform/clock/days.ts';

/** Further ahead no working day is looked for: a centre that shuts for longer reads when it opens. */
const MOST_DAYS = 30;

/**
 * The date by which words are to be read: the next one, after that on which their code closed, on which somebody works.
 * Civil dates.
 */
export function readBy(closedOn: string, isWorkingDay: (date: string) => boolean): string {
	let date = addDays(closedOn, 1);
	for (let days = 1; days < MOST_DAYS && !isWorkingDay(date); days += 1) date = addDays(date, 1);
	return date;
}
