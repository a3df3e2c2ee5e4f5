import type { CivilDate, Defaulted } from '../columns.ts';

/** Tables whose rows asking writes. */
export interface AskingTables {
	/** A version of what children are asked: published, or the one draft there may be. */
	asked_version: {
		id: string;
		section_id: string;
		/** null: where a curriculum has none of its own. */
		curriculum_id: string | null;
		number: number;
		/** JSON: the forms, and the questions of the section's own with all their texts. Read and copied whole. */
		content: string;
		/** Counts changes; whoever changes a draft takes it first. */
		revision: Defaulted<number>;
		/** null: a draft. */
		published_on: CivilDate | null;
		published_by: string | null;
	};
}
