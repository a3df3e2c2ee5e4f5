import type { ColumnType } from 'kysely';
import type { TextsJson, CivilDate } from '../columns.ts';
import type { Audience } from '../vocabularies.ts';

/** Tables whose rows curricula writes. */
export interface CurriculaTables {
	curriculum: {
		id: string;
		section_id: string;
		name_texts: TextsJson;
		audience: Audience;
		/** Made for registers from before Halqa: pins their sessions, and nothing is planned from it. */
		is_imported: ColumnType<number, boolean | number | undefined, never>;
	};
	curriculum_version: {
		id: string;
		section_id: string;
		curriculum_id: string;
		number: number;
		/** null: a draft. */
		published_on: CivilDate | null;
	};
	curriculum_module: {
		id: string;
		section_id: string;
		version_id: string;
		/** 1 for the first of the version. */
		position: number;
		name_texts: TextsJson;
	};
	session_plan: {
		id: string;
		section_id: string;
		version_id: string;
		/** null: it belongs to none. */
		module_id: string | null;
		position: number;
		title_texts: TextsJson;
		minutes: number;
		/** A name of `PICTURES` in curricula's types; null: none was chosen. */
		picture: string | null;
	};
}
