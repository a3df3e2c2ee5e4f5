import type { TextsJson, CivilDate, Instant, Flag, Defaulted, Optional } from '../columns.ts';
import type {
	ActivityStatus,
	KindOfAction,
	MilestoneKind,
	OverrideState,
	SuggestionDecision,
	UnplannedReason
} from '../vocabularies.ts';

/** Tables whose rows roadmap writes. */
export interface RoadmapTables {
	roadmap: {
		id: string;
		section_id: string;
		name_texts: TextsJson;
		starts_on: CivilDate;
		ends_on: CivilDate;
		is_example: Flag;
		version: Defaulted<number>;
	};
	roadmap_outcome: {
		id: string;
		section_id: string;
		roadmap_id: string;
		position: number;
		name_texts: TextsJson;
		version: Defaulted<number>;
	};
	milestone: {
		id: string;
		section_id: string;
		outcome_id: string;
		position: number;
		kind: MilestoneKind;
		name_texts: TextsJson;
		starts_on: CivilDate;
		due_on: CivilDate;
		/** The body that owns it; null: the section itself. */
		body_id: string | null;
		/** Asked for by children. */
		from_children: Flag;
		/** Where it is taken from; null when it was entered here. */
		source_texts: TextsJson | null;
		is_example: Flag;
		/** Set while it is closed. */
		reached_on: CivilDate | null;
		/** What shows it, in the language it was typed in; kept when it is opened again. */
		evidence_texts: TextsJson | null;
		/** A body or a function, never a person; kept like the evidence. */
		confirmed_by: string | null;
		closed_by: string | null;
		closed_at: Instant | null;
		version: number;
	};
	activity: {
		id: string;
		section_id: string;
		milestone_id: string;
		position: number;
		name_texts: TextsJson;
		starts_on: CivilDate;
		ends_on: CivilDate;
		body_id: string | null;
		action: Optional<KindOfAction>;
		status: Defaulted<ActivityStatus>;
		version: Defaulted<number>;
	};
	/** The target a milestone of that kind is reached with. */
	milestone_target: { milestone_id: string; target_id: string; section_id: string };
	/** A milestone that can only come after another one; never in a circle. */
	milestone_after: { milestone_id: string; after_id: string; section_id: string };
	/** The dates of a milestone, or of one of its activities, before and after a change, and why. */
	date_change: {
		id: string;
		section_id: string;
		milestone_id: string;
		activity_id: string | null;
		starts_before: CivilDate;
		ends_before: CivilDate;
		starts_after: CivilDate;
		ends_after: CivilDate;
		reason_texts: TextsJson;
		changed_by: string;
		changed_at: Instant;
	};
	/** What somebody says a milestone's state is, up to and including a day; then the rule says it again. */
	milestone_override: {
		milestone_id: string;
		section_id: string;
		state: OverrideState;
		reason_texts: TextsJson;
		until_on: CivilDate;
		set_by: string;
		set_at: Instant;
	};
	/** What shows that something was done: an address, https only, or a file. */
	evidence_link: {
		id: string;
		section_id: string;
		milestone_id: string;
		activity_id: string | null;
		name_texts: TextsJson;
		address: string | null;
		file_id: Optional<string>;
		added_by: string;
		added_at: Instant;
	};
	/** What a partner would change about an item of its own; the dates are those it proposes. */
	suggestion: {
		id: string;
		section_id: string;
		milestone_id: string;
		activity_id: string | null;
		body_id: string;
		starts_on: CivilDate | null;
		ends_on: CivilDate | null;
		words_texts: TextsJson;
		made_by: string;
		made_at: Instant;
		/** null while it waits. */
		decision: SuggestionDecision | null;
		/** What the partner reads; always there when it was declined. */
		answer_texts: TextsJson | null;
		decided_by: string | null;
		decided_at: Instant | null;
	};
	/** A cycle that serves no milestone, and why. */
	unplanned_cycle: {
		cycle_id: string;
		section_id: string;
		reason: UnplannedReason;
		said_by: string;
		said_at: Instant;
	};
	/** The sessions of a linked cycle count for the milestone. */
	milestone_cycle: {
		milestone_id: string;
		cycle_id: string;
		section_id: string;
		linked_by: string;
		linked_at: Instant;
	};
}
