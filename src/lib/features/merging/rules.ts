import type { MarkCode } from '#lib/platform/db/schema.ts';
import { attended } from '#lib/features/attendance/rules.ts';
import { compareCodes } from '#lib/platform/i18n/collation.ts';

export interface Membership {
	joined_on: string;
	left_on: string | null;
}

/** A row of the merged person with the kept one's of the same session or cohort, as both were. */
export interface Both<T> {
	kept: T | null;
	merged: T;
}

/** The mark of two people who were one: the kept one's, unless only the other attended. */
export function mergedMark(kept: MarkCode | null, merged: MarkCode): MarkCode {
	return kept === null || (!attended(kept) && attended(merged)) ? merged : kept;
}

/**
 * The times two people who were one spent in a cohort, the first first: times that touch or overlap are one, from
 * the first day of either to the last of either; others stay apart. The kept one's columns stand first.
 */
export function mergedTimes<T extends Membership>(kept: readonly T[], merged: readonly T[]): T[] {
	const times = [...kept, ...merged].sort((a, b) => compareCodes(a.joined_on, b.joined_on));
	const joined: T[] = [];
	for (const time of times) {
		const last = joined.at(-1);
		const isLater = last?.left_on && last.left_on < time.joined_on;
		if (!last || (isLater && last.joined_on !== time.joined_on)) joined.push({ ...time });
		else if (last.left_on !== null && (time.left_on === null || time.left_on > last.left_on))
			last.left_on = time.left_on;
	}
	return joined;
}

/** From the first day of any of these times to the last of any. */
export function spanOf(times: readonly Membership[]): Membership {
	const ends = times.map(({ left_on }) => left_on);
	return {
		joined_on: times.map(({ joined_on }) => joined_on).sort()[0]!,
		left_on: ends.includes(null) ? null : (ends.sort().at(-1) ?? null)
	};
}

/** Whether the two took two places of a cohort where one will do. */
export function tookTwoPlaces(kept: readonly Membership[], merged: readonly Membership[]): boolean {
	const isIn = ({ left_on }: Membership) => left_on === null;
	return kept.some(isIn) && merged.some(isIn);
}
