import { PROTECTION, type Protection } from './freezing.rules.ts';
import type { RunningTotal } from './types.ts';

/** What has been published so far, a snapshot at a time. */
export interface Published {
	year: number;
	peopleCount: number;
	totals: readonly RunningTotal[];
}

/**
 * How many different people were published since 1 January of each of some years, as it is told with a new
 * snapshot. `counts` are the exact ones with it, that of its own year among them, `earlier` the snapshots before it, in order.
 *
 * Of the year of the snapshot it is the sum of its snapshots. Of a period of several years it says how many of a
 * month's people had been there in an earlier year and how many not, and two periods tell it of two: together they part
 * what was published since they last moved into classes. All move when each class is nobody or at
 * least ten, else none: each is carried forward as it was, until they are.
 */
export function runningTotals(
	{
		year,
		peopleCount,
		counts
	}: Omit<Published, 'totals'> & { counts: ReadonlyMap<number, number> },
	earlier: readonly Published[],
	{ isSafe }: Pick<Protection, 'isSafe'> = PROTECTION
): RunningTotal[] {
	const all = [...earlier, { year, peopleCount, totals: [] }];
	const since = [...counts.keys()].sort((a, b) => a - b);
	const moved = earlier.findLastIndex(({ totals }) => totals.every(({ isCarried }) => !isCarried));
	/** Everybody published until a snapshot, those before a period in full: what parts of it are taken from. */
	const allUntil = (at: number, sinceYear: number, own: number) =>
		own + sum(all.slice(0, at + 1).filter((one) => one.year < sinceYear));
	const before = (sinceYear: number): number | null => {
		if (moved < 0) return 0;
		if (sinceYear > earlier[moved]!.year) return sum(earlier.slice(0, moved + 1));
		const told = earlier[moved]!.totals.find((one) => one.sinceYear === sinceYear);
		return told ? allUntil(moved, sinceYear, told.peopleCount) : null;
	};
	const steps = since.map((sinceYear) => {
		const now = allUntil(all.length - 1, sinceYear, counts.get(sinceYear)!);
		return { sinceYear, now, then: before(sinceYear) };
	});
	const known = steps.filter(({ then }) => then !== null);
	const moves = differences(known.map(({ now, then }) => now - then!)).every(isSafe);
	const told = moves ? [...known] : known;
	// A period that is new tells of everything at once, when the others move and nothing small lies between them.
	for (const one of steps.filter(({ then }) => then === null)) {
		const joined = [...told, one].sort((a, b) => a.sinceYear - b.sinceYear);
		if (moves && differences(joined.map(({ now }) => now)).every(isSafe)) told.push(one);
	}
	return told
		.sort((a, b) => a.sinceYear - b.sinceYear)
		.flatMap(({ sinceYear }): RunningTotal[] => {
			const isCarried = !moves && sinceYear < year;
			if (!isCarried) return [{ sinceYear, peopleCount: counts.get(sinceYear)!, isCarried }];
			const last = earlier.at(-1)?.totals.find((one) => one.sinceYear === sinceYear);
			return last ? [{ ...last, isCarried }] : [];
		});
}

/**
 * The years a total was told since after they ended: they stay among the classes, also once no target begins with
 * them. In its own year a total tells nothing that its months do not.
 */
export function toldSince(earlier: readonly Omit<Published, 'peopleCount'>[]): number[] {
	return earlier.flatMap(({ year, totals }) =>
		totals.map(({ sinceYear }) => sinceYear).filter((sinceYear) => sinceYear < year)
	);
}

/** What each adds to the one before, of numbers that grow. */
function differences(growing: readonly number[]): number[] {
	return growing.map((one, at) => one - (growing[at - 1] ?? 0));
}

function sum(published: readonly Pick<Published, 'peopleCount'>[]): number {
	return published.reduce((all, { peopleCount }) => all + peopleCount, 0);
}
