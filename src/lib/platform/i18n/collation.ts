import type { Locale } from './locale.ts';

const collators = new Map<Locale, Intl.Collator>();

/** The order of the reader's language, numbers by value: Room 2 comes before Room 10, Arabic first in Arabic. */
export function collatorIn(locale: Locale): Intl.Collator {
	const known = collators.get(locale);
	if (known) return known;
	const collator = new Intl.Collator(locale, { numeric: true });
	collators.set(locale, collator);
	return collator;
}

/** Sorts what has a name by it, in the order of the reader's language. */
export function byName(locale: Locale): (a: { name: string }, b: { name: string }) => number {
	const { compare } = collatorIn(locale);
	return (a, b) => compare(a.name, b.name);
}

/** The order of what is no language's: civil dates, codes, ids. */
export function compareCodes(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}
