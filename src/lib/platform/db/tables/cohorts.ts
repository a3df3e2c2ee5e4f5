import type { TextsJson, CivilDate, Optional, Defaulted } from '../columns.ts';
import type { Audience, Strand } from '../vocabularies.ts';

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
