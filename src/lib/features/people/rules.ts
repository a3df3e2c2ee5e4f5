/** Age in years on a civil date: by the month where it is known, else what the year of birth gives. */
export function ageOn(
	{ birthYear, birthMonth }: { birthYear: number; birthMonth?: number | null },
	date: string
): number {
	const [year, month] = date.split('-').map(Number) as [number, number];
	return year - birthYear - (birthMonth && birthMonth > month ? 1 : 0);
}

/** Whether a country's sheets ask for a population group (`domain.md` 5.1). */
export function asksForGroup(country: string): boolean {
	return country === 'LB';
}
