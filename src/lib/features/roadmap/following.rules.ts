import { addDays, daysBetween } from '#lib/platform/clock/days.ts';

/** A milestone that comes after another. */
export interface Following {
	id: string;
	afterId: string;
}

export interface Dated {
	id: string;
	startsOn: string;
	dueOn: string;
	/** Closed ones stay where they are. */
	isOpen: boolean;
}

export interface Moved extends Dated {
	/** Where it stood before. */
	from: { startsOn: string; dueOn: string };
}

/** An activity with the dates it has. */
export interface DatedActivity {
	id: string;
	milestoneId: string;
	startsOn: string;
	endsOn: string;
	/** What is done stays where it is. */
	isOpen: boolean;
}

export interface MovedActivity extends DatedActivity {
	/** When it was to be done before. */
	from: { startsOn: string; endsOn: string };
}

/** A milestone whose due date changes. */
export interface DueChange {
	id: string;
	before: string;
	after: string;
}

/** The ids that come after one, also after those in between; never the one itself. */
export function followersOf(id: string, followings: readonly Following[]): Set<string> {
	const found = new Set<string>();
	const waiting = [id];
	for (let one = waiting.pop(); one !== undefined; one = waiting.pop())
		for (const next of followings)
			if (next.afterId === one && next.id !== id && !found.has(next.id)) {
				found.add(next.id);
				waiting.push(next.id);
			}
	return found;
}

/** True when something would come after itself if this one came after those. */
export function wouldCircle(
	id: string,
	afterIds: readonly string[],
	followings: readonly Following[]
): boolean {
	const followers = followersOf(
		id,
		followings.filter((one) => one.id !== id)
	);
	return afterIds.some((after) => after === id || followers.has(after));
}

/**
 * What moves with milestones whose due dates change, each by as many days as the one it follows; by the most of them
 * where it follows several, and none twice. Those that are moved themselves, and closed ones, are not among them.
 */
export function movedWith(
	changes: readonly DueChange[],
	all: readonly Dated[],
	followings: readonly Following[]
): Moved[] {
	const days = new Map<string, number>();
	for (const { id, before, after } of changes) {
		const by = daysBetween(before, after);
		if (by === 0) continue;
		for (const follower of followersOf(id, followings)) {
			const known = days.get(follower);
			if (known === undefined || Math.abs(by) > Math.abs(known)) days.set(follower, by);
		}
	}
	return all.flatMap((one) => {
		const by = days.get(one.id);
		if (by === undefined || !one.isOpen || changes.some(({ id }) => id === one.id)) return [];
		return {
			...one,
			startsOn: addDays(one.startsOn, by),
			dueOn: addDays(one.dueOn, by),
			from: { startsOn: one.startsOn, dueOn: one.dueOn }
		};
	});
}

/** The activities that move with their milestones, each by as many days as that is due later or earlier. */
export function activitiesMovedWith(
	changes: readonly DueChange[],
	activities: readonly DatedActivity[]
): MovedActivity[] {
	return activities.flatMap((one) => {
		const change = changes.find(({ id }) => id === one.milestoneId);
		const by = change ? daysBetween(change.before, change.after) : 0;
		if (by === 0 || !one.isOpen) return [];
		return {
			...one,
			startsOn: addDays(one.startsOn, by),
			endsOn: addDays(one.endsOn, by),
			from: { startsOn: one.startsOn, endsOn: one.endsOn }
		};
	});
}
