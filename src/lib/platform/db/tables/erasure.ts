import type { CivilDate, Flag, Instant } from '../columns.ts';
import type { ErasureReason, RetentionKind } from '../vocabularies.ts';

/** Tables whose rows erasure writes. None holds a name. */
export interface ErasureTables {
	/** Somebody is to be erased, or was: what stays of the second is its receipt. */
	erasure: {
		id: string;
		section_id: string;
		/** Of the receipt, counted up in a section. */
		number: number;
		reason: ErasureReason;
		/** Who it is about, while it waits. */
		person_id: string | null;
		/** Accounts; a receipt outlives them. */
		asked_by: string;
		asked_at: Instant;
		confirmed_by: string | null;
		erased_on: CivilDate | null;
		dropped_at: Instant | null;
		/** How much was removed of each kind, as JSON. */
		removed: string;
	};
	/** Ids nothing may bring back, a restored backup least of all. */
	erased_person: {
		former_id: string;
		section_id: string;
		/** null: their time was over. */
		erasure_id: string | null;
		erased_at: Instant;
	};
	/** How long a section keeps one kind of data. */
	retention_period: {
		section_id: string;
		kind: RetentionKind;
		months: number;
		/** 1: what is older is removed by itself. */
		is_on: Flag;
		changed_by: string;
		changed_at: Instant;
	};
	/** What was removed on a day because its time was over. */
	retention_run: {
		section_id: string;
		ran_on: CivilDate;
		kind: RetentionKind;
		row_count: number;
	};
}
