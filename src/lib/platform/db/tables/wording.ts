import type { CivilDate } from '../columns.ts';

/** Tables whose rows wording writes. */
export interface WordingTables {
	/** How often the words of a section's children were corrected or checked: what was read under a version stays true. */
	wording: { section_id: string; version: number };
	/** A text as a section corrected it, in place of the one it came with. */
	wording_text: {
		section_id: string;
		locale: string;
		/** A message; of one with plural forms `message:few`. */
		key: string;
		text: string;
		corrected_by: string;
	};
	/** Who checked the texts of a language last. */
	wording_check: {
		section_id: string;
		locale: string;
		/** Of all texts that were checked: others are not. */
		fingerprint: string;
		/** The same of each of them, as JSON by key, to tell which have changed since. */
		prints: string;
		checked_by: string;
		checked_on: CivilDate;
	};
}
