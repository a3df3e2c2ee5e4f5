import type { CivilDate, Defaulted, Flag, Instant, Optional, Sex, TextsJson } from '../columns.ts';
import type { Measure, Unit } from '../vocabularies.ts';

/** Tables whose rows targets writes. */
export interface TargetsTables {
	/** What is counted, in words and by which rule; targets and exports point at it. */
	indicator: {
		id: string;
		section_id: string;
		name_texts: TextsJson;
		definition_texts: TextsJson;
		unit: Defaulted<Unit>;
		/** Which of the people in the registers it counts. */
		measure: Measure;
		/** Goes up when the rule or the definition changes. */
		rule_version: Defaulted<number>;
		/** `sex`, `age` and `group`, as far as it is told apart by them, between commas. */
		disaggregation: Defaulted<string>;
		activityinfo_code: string | null;
		iati_code: string | null;
		dhis2_code: string | null;
		version: Defaulted<number>;
	};
	target: {
		id: string;
		section_id: string;
		/** null: the whole country; else a centre's part of `parent_id`. */
		centre_id: string | null;
		parent_id: string | null;
		/** null: everybody reached counts. */
		indicator_id: Optional<string>;
		name_texts: TextsJson;
		/** Who counts, in the section's own words. */
		definition_texts: Defaulted<TextsJson>;
		starts_on: CivilDate;
		ends_on: CivilDate;
		unit: Defaulted<Unit>;
		/** So many of the unit. */
		amount: number;
		/** Goes up with every change of the target or its parts: two people at once are told apart by it. */
		version: Defaulted<number>;
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
	/** A change of a target's numbers: what they were, what they are to be, and why. */
	target_change: {
		id: string;
		section_id: string;
		target_id: string;
		/** `TargetNumbers` as JSON. */
		old_numbers: string;
		new_numbers: string;
		reason: string;
		proposed_by: string;
		proposed_at: Instant;
		/** null while it waits for somebody else, or when it was dropped. */
		took_effect_at: Instant | null;
		confirmed_by: Optional<string>;
		confirmed_at: Optional<Instant>;
		dropped_at: Optional<Instant>;
	};
	/** A part of a target for some people; parts need not add up. null: any. */
	target_group: {
		id: string;
		section_id: string;
		target_id: string;
		sex: Sex | null;
		/** Years on the first day in the period, both in it. */
		age_from: number | null;
		age_to: number | null;
		population_group: string | null;
		amount: number;
	};
}
