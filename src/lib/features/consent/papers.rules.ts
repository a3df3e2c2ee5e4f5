import { ADULT_AGE } from '#lib/features/people/rules.ts';
import type { ConsentPurpose, Said } from '#lib/platform/db/vocabularies.ts';
import { keyOf, latestOf, mayNotConsent } from './standing.rules.ts';
import type { Adult, PersonStanding, Saying, Standing } from './types.ts';

/** A form carries 200 fields: so many people, with three each, beside what is said of all papers. */
export const MOST_PAPERS = 60;

/** What is there of one signature, and whether a paper is still to be entered for it. */
export interface PaperCell {
	/** What stands; null: nothing yet. */
	said: Said | null;
	/** The day it was said. */
	on: string | null;
	/** Who may sign; none: only somebody who is not listed, or nobody at all. */
	signers: Adult[];
	/** A yes or no is asked for here. */
	isAsked: boolean;
}

/** The papers of one person for a purpose. */
export interface Papers {
	standing: Standing;
	self: PaperCell;
	/** null: an adult decides alone. */
	guardian: PaperCell | null;
}

/**
 * What of somebody's papers is there for a purpose, and what is still to be entered: nothing where a no stands, which no
 * heap of papers turns around.
 */
export function papersOf(person: PersonStanding, purpose: ConsentPurpose): Papers {
	const standing = person.standings[purpose]!;
	const latest = latestOf(person.sayings.filter((one) => one.purpose === purpose));
	const own = latest.find(({ giver }) => giver === 'self');
	const has = (...reasons: Standing['reasons']) =>
		reasons.some((reason) => standing.reasons.includes(reason));
	const self = {
		...shown(own),
		signers: [],
		isAsked: !own || has('self_expired', 'turned_adult')
	};
	if (person.age >= ADULT_AGE) return { standing, self, guardian: null };
	const signers = person.adults.filter((adult) => mayNotConsent(adult, person) === null);
	const guardians = latest.filter(({ giver }) => giver !== 'self');
	const theirs =
		guardians.find(({ said }) => said !== 'yes') ??
		guardians.find((one) => signers.some((adult) => keyOf(adult) === keyOf(one))) ??
		guardians.find(({ giver }) => giver === 'unnamed');
	return {
		standing,
		self,
		guardian: {
			...shown(theirs),
			signers,
			isAsked:
				(!person.isAlone || signers.length > 0) &&
				(!theirs || has('guardian_missing', 'guardian_expired')) &&
				!has('guardian_no', 'guardians_differ')
		}
	};
}

function shown(saying: Saying | undefined): Pick<PaperCell, 'said' | 'on'> {
	return { said: saying?.said ?? null, on: saying?.saidOn ?? null };
}
