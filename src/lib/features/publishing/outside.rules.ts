import { SMALLEST_SHOWN } from '#lib/features/reach/rules.ts';
import type { TargetReach } from '#lib/features/reach/types.ts';
import { daysOfMonth, yearOf } from './periods.rules.ts';
import type { RunningTotal, Snapshot } from './types.ts';

/** A snapshot with what it tells of periods longer than its own. */
export type SnapshotWithTotals = Pick<
	Snapshot,
	'period' | 'number' | 'frozenOn' | 'peopleCount'
> & {
	totals: readonly RunningTotal[];
};

/**
 * A target as readers outside the section see it: its people as far as they are published and of nobody since. Of a
 * period that begins with a calendar year everybody once; of any other those newly reached in its
 * published months, who are counted once a year. Sessions held are live; centres, participations and merges are not
 * shown. `snapshots` are the section's, in order.
 */
export function seenFromOutside<Target extends TargetReach>(
	target: Target,
	snapshots: readonly SnapshotWithTotals[]
): Target {
	const within = snapshots.filter(
		({ period }) =>
			daysOfMonth(period).from >= target.startsOn && daysOfMonth(period).to <= target.endsOn
	);
	const last = within.at(-1);
	const beginsAYear = target.startsOn.endsWith('-01-01');
	const total = last?.totals.find(({ sinceYear }) => sinceYear === yearOf(target.startsOn));
	const people = beginsAYear
		? total?.peopleCount
		: within.reduce((sum, { peopleCount }) => sum + peopleCount, 0);
	/** What is published counts everybody: of children alone, of those who completed, or of a project it says nothing. */
	const countsAll = target.measure === 'reached' && target.projects.length === 0;
	const isKnown = last !== undefined && people !== undefined && countsAll;
	const { opening } = target;
	return {
		...target,
		peopleCount: isKnown && people >= SMALLEST_SHOWN ? people : null,
		published: isKnown
			? {
					period: last.period,
					number: last.number,
					frozenOn: last.frozenOn,
					basis: beginsAYear ? 'once' : 'newly'
				}
			: null,
		...{ adultCount: null, participationCount: null },
		mergedCount: 0,
		...{ pace: null, groups: [], note: null },
		opening: opening && opening.peopleCount >= SMALLEST_SHOWN ? opening : null,
		centres: []
	};
}
