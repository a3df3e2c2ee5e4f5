import type { PersonKind } from './types.ts';

/** Age in years on a civil date: by the month where it is known, else what the year of birth gives. */
export function ageOn(
	{ birthYear, birthMonth }: { birthYear: number; birthMonth?: number | null },
	date: string
): number {
	const [year, month] = date.split('-').map(Number) as [number, number];
	return year - birthYear - (birthMonth && birthMonth > month ? 1 : 0);
}

/** From this age on somebody is an adult. */
export const ADULT_AGE = 18;

interface Whoever {
	isStaff: boolean;
	age: number;
	caresForChild: boolean;
}

/**
 * All that somebody is at once, what says most first: child or adult by age, never by the group someone is in; a
 * caregiver is an adult who is responsible for a child of the register, and may be staff too. `age` in years on the
 * date that matters.
 */
export function kindsOf({ isStaff, age, caresForChild }: Whoever): PersonKind[] {
	const isAdult = age >= ADULT_AGE;
	const kinds = [
		...(isStaff ? (['staff'] as const) : []),
		...(isAdult && caresForChild ? (['caregiver'] as const) : [])
	];
	return kinds.length > 0 ? kinds : [isAdult ? 'adult' : 'child'];
}

/** Whether a country's sheets ask for a population group (`domain.md` 5.1). */
export function asksForGroup(country: string): boolean {
	return country === 'LB';
}
