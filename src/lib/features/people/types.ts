import type { Sex } from '#lib/platform/db/schema.ts';

export type PersonKind = 'child' | 'caregiver' | 'staff';

/** Population groups of Lebanon's child protection data sheets. */
export const POPULATION_GROUPS = ['SYR', 'LEB', 'PRS', 'PRL', 'OTH'] as const;
export type PopulationGroup = (typeof POPULATION_GROUPS)[number];

/** Languages a person may be spoken to in, ISO 639-1; `other` for any that is not here. */
export const LANGUAGES = [
	...(['ar', 'ku', 'hy', 'fr', 'en', 'am', 'pt', 'ro', 'ru', 'uk', 'th', 'ee'] as const),
	'other'
] as const;
export type Language = (typeof LANGUAGES)[number];

/** What is written of a new person. */
export interface NewPerson {
	centreId: string;
	kind: PersonKind;
	name: string;
	sex: Sex;
	birthYear: number;
	/** 1 to 12. */
	birthMonth?: number | null;
	populationGroup?: PopulationGroup | null;
	language?: Language | null;
	needs?: string | null;
	/** The organisation's own number for the person. */
	code?: string | null;
	/** Civil date; today at the centre. */
	addedOn: string;
}
