import type { MarkCode } from '#lib/platform/db/schema.ts';
import { attended } from './rules.ts';

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

/** The membership of two people who were one: from the first day of either to the last of either. */
export function mergedMembership(kept: Membership | null, merged: Membership): Membership {
	if (kept === null) return merged;
	return {
		joined_on: kept.joined_on < merged.joined_on ? kept.joined_on : merged.joined_on,
		left_on:
			kept.left_on === null || merged.left_on === null
				? null
				: kept.left_on > merged.left_on
					? kept.left_on
					: merged.left_on
	};
}

/** Whether the two took two places of a cohort where one will do. */
export function tookTwoPlaces(kept: Membership | null, merged: Membership): boolean {
	return kept !== null && kept.left_on === null && merged.left_on === null;
}
