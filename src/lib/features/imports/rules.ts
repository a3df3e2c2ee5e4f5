import { addDays, daysBetween, weekdayOf } from '#lib/platform/clock/days.ts';
import { cellAddress } from '#lib/platform/sheets/types.ts';
import { dayOf, type Occasion } from './reading/occasions.ts';
import type { ComingCohort, Counts, Problem, ProblemGroup, Setup, Verdict } from './types.ts';

/** Where every count begins. */
export const NOTHING_COUNTED: Counts = {
	verdicts: {},
	problems: [],
	sessions: 0,
	unrecorded: 0,
	marks: 0,
	marksChanged: 0,
	cohorts: 0,
	stayed: 0
};

/** As many cells of a kind of problem are named; of the others only how many there are. */
const MOST_CELLS = 5;

/** A register whose last date is no longer ago than this is one of a group that still meets. */
const GOES_ON_DAYS = 56;

/** Places of a new group of fewer children. */
const LEAST_PLACES = 20;

/** Rows, and marks, of one step at most, within both databases' limits on parameters. */
const STEP_ROWS = 250;
const STEP_MARKS = 2500;

/** How many rows one step takes at most. */
export function stepRows({ sheets }: Setup): number {
	const dates = Math.max(1, ...sheets.map(({ date }) => date.filter((one) => one !== null).length));
	return Math.max(5, Math.min(STEP_ROWS, Math.floor(STEP_MARKS / dates)));
}

/** What one more row or step counts, added to what was counted before. */
export function addCounts(counts: Counts, more: Partial<Counts>): Counts {
	const verdicts = { ...counts.verdicts };
	for (const [verdict, count] of Object.entries(more.verdicts ?? {}) as [Verdict, number][])
		verdicts[verdict] = (verdicts[verdict] ?? 0) + count;
	return {
		verdicts,
		problems: joinProblems(counts.problems, more.problems ?? []),
		sessions: counts.sessions + (more.sessions ?? 0),
		unrecorded: counts.unrecorded + (more.unrecorded ?? 0),
		marks: counts.marks + (more.marks ?? 0),
		marksChanged: counts.marksChanged + (more.marksChanged ?? 0),
		cohorts: counts.cohorts + (more.cohorts ?? 0),
		stayed: counts.stayed + (more.stayed ?? 0)
	};
}

function joinProblems(one: readonly ProblemGroup[], other: readonly ProblemGroup[]) {
	const groups = new Map(one.map((group) => [group.code, group]));
	for (const { code, count, cells } of other) {
		const known = groups.get(code);
		groups.set(code, {
			code,
			count: count + (known?.count ?? 0),
			cells: [...(known?.cells ?? []), ...cells].slice(0, MOST_CELLS)
		});
	}
	return [...groups.values()];
}

/** Equal problems of many rows as one group each, in order of appearance. */
export function groupProblems(
	setup: Setup,
	rows: readonly { sheet: number; rowNumber: number; problems: readonly Problem[] }[]
): ProblemGroup[] {
	return joinProblems(
		[],
		rows.flatMap(({ sheet, rowNumber, problems }) =>
			problems.map(({ code, column }) => ({
				code,
				count: 1,
				cells: [addressOf(setup, sheet, rowNumber, column)]
			}))
		)
	);
}

/**
 * Where a cell stands as a spreadsheet names it, `E14`; the row alone, `14`, where the column lacks. With
 * the number of the sheet before it, `2!E14`, where more than one is read.
 */
export function addressOf(
	{ sheets }: Setup,
	sheet: number,
	row: number,
	column: number | null
): string {
	const cell = column === null ? String(row + 1) : cellAddress(row, column);
	return sheets.filter(({ chosen }) => chosen).length > 1 ? `${sheet + 1}!${cell}` : cell;
}

/** Every session of a register, those without a mark among them; sorted. */
export function datesOf({ dates, blankDates }: Pick<ComingCohort, 'dates' | 'blankDates'>) {
	return [...dates, ...blankDates].sort();
}

/** Whether a group of a register still meets: its children stay in it. `today` is the civil date there. */
export function goesOn(coming: ComingCohort, today: string): boolean {
	const last = datesOf(coming).at(-1);
	return last === undefined || daysBetween(dayOf(last), today) <= GOES_ON_DAYS;
}

/**
 * From when to when a child of a register was in the group: from the first date after the last recorded
 * one that does not know them yet, to the day after the last of all; without end where the group goes on.
 */
export function membershipOf(
	coming: ComingCohort,
	marked: readonly string[],
	{ isClosed, today }: { isClosed: boolean; today: string }
): { joinedOn: string; leftOn: string | null } {
	const all = datesOf(coming);
	const last = dayOf(all.at(-1) ?? today);
	const leftOn = goesOn(coming, today) && !isClosed ? null : addDays(last, 1);
	if (all.length === 0 || marked.length === 0) return { joinedOn: last, leftOn };
	const first = marked.reduce((one, other) => (other < one ? other : one));
	const unknown = coming.dates.findLast((date) => date < first);
	const known = all.find((one) => unknown === undefined || dayOf(one) > dayOf(unknown));
	return { joinedOn: dayOf(known ?? first), leftOn };
}

/** Places of a group that is made for so many. */
export function placesFor(count: number): number {
	return Math.max(LEAST_PLACES, count);
}

/** The weekdays of some sessions as a cycle keeps them, `"2,4"`. */
export function weekdaysOf(occasions: readonly Occasion[]): string {
	return [...new Set(occasions.map((one) => weekdayOf(dayOf(one))))]
		.sort((a, b) => a - b)
		.join(',');
}
