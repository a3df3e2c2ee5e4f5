import type { TextsJson, CivilDate, Flag, Defaulted } from '../columns.ts';
import type { Unit } from '../vocabularies.ts';

/** Tables whose rows reach writes. */
export interface ReachTables {
	target: {
		id: string;
		section_id: string;
		/** null: the whole country; else a centre's part of `parent_id`. */
		centre_id: string | null;
		parent_id: string | null;
		name_texts: TextsJson;
		starts_on: CivilDate;
		ends_on: CivilDate;
		unit: Defaulted<Unit>;
		/** So many of the unit. */
		amount: number;
		is_example: Flag;
	};
	/** What was counted before Halqa: a figure without names, never de-duplicated against later registers. */
	opening_balance: {
		id: string;
		section_id: string;
		target_id: string;
		unit: Defaulted<Unit>;
		amount: number;
		as_of: CivilDate | null;
		source_texts: TextsJson;
	};
}
