import type { CivilDate, Defaulted, Flag, TextsJson } from '../columns.ts';
import type { ProjectPart } from '../vocabularies.ts';

/** Tables whose rows projects writes. */
export interface ProjectsTables {
	project: {
		id: string;
		/** Who keeps it: names it, says who pays and who takes part. */
		section_id: string;
		name_texts: TextsJson;
		/** Who advises it, in words; `{}` where nobody does. */
		advisory_texts: Defaulted<TextsJson>;
		/** ISO codes between commas, `"BR,MD"`. */
		countries: Defaulted<string>;
		starts_on: CivilDate;
		ends_on: CivilDate;
		/** Set when it was ended: nothing new is put into it, all that is in it goes on counting. */
		ended_on: CivilDate | null;
		version: Defaulted<number>;
		is_example: Flag;
	};
	/** A body of the keeping section, and what it is to the project. */
	project_body: { project_id: string; body_id: string; part: ProjectPart; section_id: string };
	/** A section that takes part, the keeping one among them, and what it lets the others see there. */
	project_section: {
		project_id: string;
		section_id: string;
		shows_roadmaps: Defaulted<number>;
		shows_targets: Defaulted<number>;
	};
	/** Its sessions are sessions of the project. */
	project_cycle: { project_id: string; cycle_id: string; section_id: string };
	/** The target counts sessions of its projects alone. */
	project_target: { project_id: string; target_id: string; section_id: string };
	project_milestone: { project_id: string; milestone_id: string; section_id: string };
}
