import { ageOn } from '#lib/features/people/rules.ts';

/**
 * Whether somebody is, on a civil date, of another age than a cohort is for, whenever in their year of birth they
 * were born. Years, both ends included.
 */
export function isOutsideAges(
	born: { birthYear: number; birthMonth?: number | null },
	{ ageFrom, ageTo }: { ageFrom: number; ageTo: number },
	today: string
): boolean {
	const oldest = ageOn(born, today);
	const youngest = born.birthMonth ? oldest : oldest - 1;
	return oldest < ageFrom || youngest > ageTo;
}
