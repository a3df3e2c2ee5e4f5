import type { Concern } from './types.ts';

/** So often somebody goes to a child before a wish ends as not found. */
export const MOST_TRIES = 2;

/** For so long a colleague who goes to a child is not gone before, in milliseconds. */
export const STAND_IN_MS = 3_600_000;

/** As many as this from one session are shown as one group: fewer are children one goes to each by each. */
const FEWEST_GROUPED = 4;
/** What one form answers at once; a larger flood is several groups. */
export const MOST_GROUPED = 100;
/** Wishes of a group come no further apart than this. */
const APART_MS = 15 * 60_000;

/**
 * Wishes as a focal point reads them: those that wait before those somebody goes to already, who is in danger now and then who is late first. A flood from one session is one group, every
 * name in it, and does not push another child's wish off the screen. Taken ones are grouped apart from those
 * that wait; nothing is left out.
 */
export function groupConcerns(concerns: readonly Concern[]): Concern[][] {
	const groups: Concern[][] = [];
	for (const concern of concerns) {
		const group = groups.findLast((one) => belongs(one, concern));
		if (group) group.push(concern);
		else groups.push([concern]);
	}
	return groups
		.flatMap((group) =>
			group.length >= FEWEST_GROUPED ? [group] : group.map((concern) => [concern])
		)
		.sort(
			(a, b) =>
				Number(isTaken(a)) - Number(isTaken(b)) ||
				Number(isImminent(b)) - Number(isImminent(a)) ||
				a[0]!.lateAt - b[0]!.lateAt
		);
}

/** Whether a colleague says that a child is in danger now. */
const isImminent = (group: readonly Concern[]) => group[0]!.worry?.urgency === 'imminent';

/** Whether a colleague of the reader said so long enough ago that somebody may go in their place. */
export function mayStandIn({ takenAt, isMine }: Concern, now: number): boolean {
	return takenAt !== null && !isMine && takenAt <= now - STAND_IN_MS;
}

/** Somebody goes to them already; all of a group alike. */
const isTaken = (group: readonly Concern[]) => group[0]!.takenAt !== null;

function belongs(group: readonly Concern[], concern: Concern): boolean {
	const last = group.at(-1)!;
	return (
		group.length < MOST_GROUPED &&
		last.sessionId !== null &&
		last.sessionId === concern.sessionId &&
		(last.takenAt === null) === (concern.takenAt === null) &&
		last.takenBy === concern.takenBy &&
		concern.raisedAt - last.raisedAt <= APART_MS
	);
}
