import type { ContactWay, Relation, Sex } from '#lib/platform/db/schema.ts';

/** What someone is to the reader: by age, by a relation, or as staff; several at once (`kindsOf`). */
export type PersonKind = 'child' | 'adult' | 'caregiver' | 'staff';
/** What a list can be narrowed to; a caregiver is an adult too. */
export const KINDS = [
	'child',
	'adult',
	'caregiver',
	'staff'
] as const satisfies readonly PersonKind[];
/** What is asked of a new person; child or adult follows from the birth date. */
export const NEW_KINDS = ['participant', 'staff'] as const;

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
	/** False when left out. */
	isStaff?: boolean;
	name: string;
	sex: Sex;
	birthYear: number;
	/** 1 to 12. */
	birthMonth?: number | null;
	/** The year was counted from an age; false when left out. */
	isFromAge?: boolean;
	populationGroup?: PopulationGroup | null;
	language?: Language | null;
	needs?: string | null;
	/** The organisation's own number for the person. */
	code?: string | null;
	/** Civil date; today at the centre. */
	addedOn: string;
}

/** A person as a list shows them. */
export interface FoundPerson {
	id: string;
	name: string;
	isStaff: boolean;
	/** Responsible for somebody in the register. */
	caresForChild: boolean;
	sex: Sex;
	birthYear: number;
	birthMonth: number | null;
	/** null for a centre out of the reader's reach. */
	centre: string | null;
}

/** All that is known of a person, for those who may see them by name. */
export interface Person extends FoundPerson {
	centreId: string;
	populationGroup: string | null;
	language: string | null;
	needs: string | null;
	code: string | null;
	version: number;
	/** Civil date; null for people from before it was written down. */
	addedOn: string | null;
}

export const RELATIONS = [
	'mother',
	'father',
	'grandparent',
	'sibling',
	'relative',
	'guardian',
	'other'
] as const satisfies readonly Relation[];

export const CONTACT_WAYS = [
	'call',
	'message',
	'visit',
	'none'
] as const satisfies readonly ContactWay[];

/** Who is responsible for someone, and how it is safe to reach them. */
export interface Guardian {
	id: string;
	name: string;
	relation: Relation;
	phone: string | null;
	contactWay: ContactWay;
	/** Safe hours at the centre, `HH:MM`; both null: any hour. */
	safeFrom: string | null;
	safeUntil: string | null;
	version: number;
}
