import type { Instant } from '../columns.ts';

/** Tables whose rows merging writes. */
export interface MergingTables {
	/** Two rows that were one person: `merged_id` counts as `kept_id` until it is undone. */
	person_merge: {
		id: string;
		section_id: string;
		kept_id: string;
		merged_id: string;
		merged_by: string;
		merged_at: Instant;
		undone_by: string | null;
		undone_at: Instant | null;
	};
	/**
	 * A row of the merged person that was moved or taken in: both persons' rows as they were before, as JSON. Of a
	 * cohort a list, one membership for each time somebody came.
	 */
	person_merge_row: {
		merge_id: string;
		kind:
			'mark' | 'member' | 'guardian' | 'linked' | 'care' | 'waiting' | 'saying' | 'unaccompanied';
		/** Session, cohort, guardian (of theirs, or who is them), or child and caregiver. */
		row_id: string;
		section_id: string;
		kept_before: string | null;
		merged_before: string;
	};
	/** Two people who may be one, found by a job; who was merged or told apart since may still be here. */
	possible_pair: {
		/** The smaller id. */
		first_id: string;
		second_id: string;
		section_id: string;
		found_at: Instant;
	};
	/** Two people someone looked at and found to be two; ids in order. */
	pair_decision: {
		first_id: string;
		second_id: string;
		section_id: string;
		decision: 'different';
		decided_by: string;
		decided_at: Instant;
	};
}
