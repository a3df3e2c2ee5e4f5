import { ADULT_AGE } from '#lib/features/people/rules.ts';
import type { ConsentPurpose } from '#lib/platform/db/vocabularies.ts';
import type { Terms } from './types.ts';

/** From this age every child is asked in a form fitted to age; a no counts at any age (domain.md 1.3). */
export const ASSENT_AGE = 6;

/** Where a country's law lets a child decide alone. */
export interface CountryAge {
	age: number;
	/** What the law is about; null: everything. */
	purposes: readonly ConsentPurpose[] | null;
	/** A law, by its own name. */
	source: string;
}

const ONLINE = ['online'] as const;

/**
 * From domain.md 6.6; where a country is not here, or its law says nothing of children, nobody decides alone before
 * eighteen unless the section says from when. No legal advice: a section sets its own age.
 */
const COUNTRY_AGES: Readonly<Record<string, CountryAge>> = {
	BE: { age: 13, purposes: ONLINE, source: 'GDPR Art. 8(1), Belgium' },
	FR: { age: 15, purposes: ONLINE, source: 'RGPD art. 8(1), France' },
	BR: { age: 12, purposes: null, source: 'LGPD Art. 14 §1, ECA Art. 2' }
};

/** What a country's law says; undefined where nothing is known. */
export function countryAge(country: string): CountryAge | undefined {
	return COUNTRY_AGES[country];
}

/** The age in years from which a child decides alone about a purpose: the section's, else the country's, else 18. */
export function ownAgeFor(
	purpose: ConsentPurpose,
	{ ownAge, country }: Pick<Terms, 'ownAge' | 'country'>
): number {
	if (ownAge !== null) return ownAge;
	const law = countryAge(country);
	const isMeant = law && (law.purposes === null || law.purposes.includes(purpose));
	return isMeant ? law.age : ADULT_AGE;
}
