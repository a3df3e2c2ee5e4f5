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
	changes: readonly { id: string; before: string; after: string }[],
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
