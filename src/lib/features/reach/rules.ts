import type { CentreReach, TargetReach } from './types.ts';

/** A number below this is not shown outside the section (`domain.md` 6.8). */
export const SMALLEST_SHOWN = 10;

/** Shares of a target; 1 is the target met, and more is possible: never capped (`domain.md` 5.1). */
export interface Shares {
	/** People in the registers ÷ target. */
	counted: number;
	/** The same with the opening balance added; null where there is none. */
	withOpening: number | null;
}

export function sharesOf(
	target: Pick<TargetReach, 'targetPeople' | 'peopleCount' | 'opening'>
): Shares {
	const share = (people: number) => people / target.targetPeople;
	return {
		counted: share(target.peopleCount),
		withOpening: target.opening && share(target.peopleCount + target.opening.peopleCount)
	};
}

/** Centres by the people still missing to their part of the target, largest gap first; those without a part last. */
export function byGap(a: CentreReach, b: CentreReach): number {
	return gapOf(b) - gapOf(a) || a.name.localeCompare(b.name);
}

function gapOf({ targetPeople, peopleCount }: CentreReach): number {
	return targetPeople === null ? Number.NEGATIVE_INFINITY : targetPeople - peopleCount;
}

/** What the centres' parts leave of the country's target; negative when they promise more. */
export function unassigned(
	target: Pick<TargetReach, 'targetPeople' | 'opening' | 'centres'>
): number {
	const parts = target.centres.reduce((sum, centre) => sum + (centre.targetPeople ?? 0), 0);
	return target.targetPeople - (target.opening?.peopleCount ?? 0) - parts;
}

/** How many people in all the centres' own figures count more than once: who attended at two centres. */
export function countedTwice(target: Pick<TargetReach, 'peopleCount' | 'centres'>): number {
	return target.centres.reduce((sum, centre) => sum + centre.peopleCount, 0) - target.peopleCount;
}
