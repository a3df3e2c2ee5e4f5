import type { TextsJson, CivilDate, Instant, Optional, Defaulted } from '../columns.ts';
import type { Audience, JoinedWhy, LeftWhy, Strand, WaitingOutcome } from '../vocabularies.ts';

/** Tables whose rows cohorts writes. */
export interface CohortsTables {
	cohort: {
		id: string;
		section_id: string;
		centre_id: string;
		name_texts: TextsJson;
		audience: Audience;
		age_from: number;
		age_to: number;
		capacity: number;
		/** May be more than there are places for, where somebody said why. */
		member_count: number;
		status: 'open' | 'closed';
	};
	/** One time somebody came to stay; whoever comes back has another. One without end at most. */
	cohort_member: {
		cohort_id: string;
		person_id: string;
		section_id: string;
		joined_on: CivilDate;
		/** The first day they were no longer a member. */
		left_on: CivilDate | null;
		strand: Defaulted<Strand>;
		/** Why they were taken in though the cohort was full or is for other ages. */
		joined_why: Optional<JoinedWhy>;
		left_why: Optional<LeftWhy>;
	};
	/** Somebody who waits for a place of a cohort, in the order they were put down; once at a time. */
	waiting_place: {
		id: string;
		section_id: string;
		cohort_id: string;
		person_id: string;
		asked_at: Instant;
		ended_at: Instant | null;
		outcome: WaitingOutcome | null;
	};
	/** Who runs a cohort, from and until when; of one account one row without end at most. */
	cohort_facilitator: {
		cohort_id: string;
		account_id: string;
		section_id: string;
		from_on: CivilDate;
		/** The first day they no longer ran it. */
		until_on: Optional<CivilDate>;
		strand: Defaulted<Strand>;
	};
}
