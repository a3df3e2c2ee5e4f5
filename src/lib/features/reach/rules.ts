import { byName } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { CentreReach, MissingOf, ShownReach, TargetReach } from './types.ts';

/** A number below this is not shown outside the section (`domain.md` 6.8). */
export const SMALLEST_SHOWN = 10;

/** Shares of a target; 1 is the target met, and more is possible: never capped (`domain.md` 5.1). */
export interface Shares {
	/** People in the registers ÷ target. */
	counted: number;
	/** The same with the opening balance added; null where there is none. */
	withOpening: number | null;
}

/** null when the people are too few to be shown: a share would tell how many. */
export function sharesOf({
	targetPeople,
	peopleCount,
	opening
}: Pick<TargetReach, 'targetPeople' | 'peopleCount' | 'opening'>): Shares | null {
	if (peopleCount === null) return null;
	return {
		counted: peopleCount / targetPeople,
		withOpening: opening && (peopleCount + opening.peopleCount) / targetPeople
	};
}

/** Centres by the people missing to what an even pace of their part would have reached, largest gap first; those without a part last. */
export function byGap(locale: Locale): (a: CentreReach, b: CentreReach) => number {
	const inOrder = byName(locale);
	return (a, b) => gapOf(b) - gapOf(a) || inOrder(a, b);
}

function gapOf({ dueCount, peopleCount }: CentreReach): number {
	return dueCount === null ? Number.NEGATIVE_INFINITY : dueCount - peopleCount;
}

/** What the centres' parts leave of the country's target; negative when they promise more. */
export function unassigned(
	target: Pick<TargetReach, 'targetPeople' | 'opening' | 'centres'>
): number {
	const parts = target.centres.reduce((sum, centre) => sum + (centre.targetPeople ?? 0), 0);
	return target.targetPeople - (target.opening?.peopleCount ?? 0) - parts;
}

/** How many people in all the centres' own figures count more than once: who attended at two centres. */
export function countedTwice({
	peopleCount,
	centres
}: Pick<TargetReach, 'peopleCount' | 'centres'>): number {
	const inCentres = centres.reduce((sum, centre) => sum + centre.peopleCount, 0);
	return peopleCount === null ? 0 : inCentres - peopleCount;
}

/** Centres of a target that are shown unasked: where most is missing. */
export const CENTRES_SHOWN = 5;

/**
 * A target with the centres a page shows: the five with the largest gap, of an ended period none; all of them
 * when they are asked for, or the registers of one that would not be seen.
 */
export function shown(
	target: TargetReach,
	asked: { centresOf: string | null; missingOf: MissingOf | null }
): ShownReach {
	const { id, centres, closed } = target;
	const first = closed ? [] : centres.slice(0, CENTRES_SHOWN);
	const isHidden =
		asked.missingOf?.targetId === id &&
		!first.some(({ centreId }) => centreId === asked.missingOf!.centreId);
	return {
		...target,
		centres: asked.centresOf === id || isHidden ? centres : first,
		centreCount: centres.length,
		missingCount: centres.reduce((sum, { missingCount }) => sum + missingCount, 0),
		unassignedCount: unassigned(target),
		countedTwiceCount: countedTwice(target),
		scale: Math.max(
			...centres.map(({ dueCount, peopleCount }) => Math.max(dueCount ?? 0, peopleCount)),
			1
		)
	};
}
