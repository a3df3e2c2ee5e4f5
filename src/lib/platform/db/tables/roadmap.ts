import type { TextsJson, CivilDate, Instant, Flag } from '../columns.ts';
import type { MilestoneKind } from '../vocabularies.ts';

/** Tables whose rows roadmap writes. */
export interface RoadmapTables {
	roadmap: {
		id: string;
		section_id: string;
		name_texts: TextsJson;
		starts_on: CivilDate;
		ends_on: CivilDate;
		is_example: Flag;
	};
	roadmap_outcome: {
		id: string;
		section_id: string;
		roadmap_id: string;
		position: number;
		name_texts: TextsJson;
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
