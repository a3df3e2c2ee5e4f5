import type { Relation } from '#lib/platform/db/schema.ts';
import type {
	ConsentGiver,
	ConsentPurpose,
	ConsentReader,
	OnMissing,
	Said
} from '#lib/platform/db/vocabularies.ts';

/** How a section goes about asking. */
export interface Terms {
	country: string;
	/** In use, in their order. */
	purposes: ConsentPurpose[];
	onMissing: OnMissing;
	/** The section's own age from which a child decides alone; null: the country's. */
	ownAge: number | null;
	validMonths: number;
	version: number;
}

/** Somebody who said something; `id` is '' for the person themselves and for a guardian nobody named. */
export interface GiverRef {
	giver: ConsentGiver;
	id: string;
}

/** What was said once. */
export interface Saying extends GiverRef {
	purpose: ConsentPurpose;
	said: Said;
	/** Civil date. */
	saidOn: string;
	recordedAt: number;
}

/** A grown-up who stands for a child, from the contacts or from the register. */
export interface Adult extends GiverRef {
	relation: Relation;
	/** In years today; null where nobody knows. */
	age: number | null;
	/** Works here. */
	isStaff: boolean;
}

/** Whoever is asked. */
export interface Asked {
	birthYear: number;
	birthMonth: number | null;
	/** Without family here. */
	isAlone: boolean;
}

/** Why somebody may not consent for a child. */
export type MayNot = 'under_age' | 'unrelated' | 'staff' | 'alone';

export type StandingState = 'given' | 'missing' | 'refused' | 'conflict' | 'expired' | 'asked_anew';

/** Why a purpose stands as it does, one for each side there is something to say of. */
export type Reason =
	| 'self_missing'
	| 'self_no'
	| 'self_expired'
	| 'turned_adult'
	| 'guardian_missing'
	| 'guardian_no'
	| 'guardian_expired'
	| 'guardians_differ'
	/** A guardian who is not listed any more said no, and nobody listed has said yes since. */
	| 'former_no'
	/** A guardian said no to what the child decides alone. */
	| 'guardian_no_noted';

/** How a purpose stands. */
export interface Standing {
	state: StandingState;
	reasons: Reason[];
}

/** How everything in use stands for somebody. */
export interface PersonStanding {
	personId: string;
	age: number;
	isAlone: boolean;
	adults: Adult[];
	sayings: Saying[];
	standings: Partial<Record<ConsentPurpose, Standing>>;
}

/** How many of some people stand how for a purpose. */
export interface Tally {
	given: number;
	/** Missing, expired, or to be asked anew. */
	missing: number;
	/** Refused, or guardians differ. */
	refused: number;
}

/** A version of a text. */
export interface ConsentText {
	purpose: ConsentPurpose;
	reader: ConsentReader;
	language: string;
	number: number;
	body: string;
	/** Civil date; null for what came with a release and was not used yet. */
	publishedOn: string | null;
}

/** What is written of somebody's word. */
export interface NewSaying extends GiverRef {
	personId: string;
	purpose: ConsentPurpose;
	said: Said;
	saidOn: string;
	relation?: Relation | null;
	textId?: string | null;
	isOnPaper?: boolean;
	spoken?: string | null;
	explained?: string | null;
	interpreter?: string | null;
}
