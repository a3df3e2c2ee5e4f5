import type { ColumnType } from 'kysely';
import type { CivilDate, Defaulted, TextsJson } from '../columns.ts';
import type { Audience, CareLayer, CurriculumType, Strand } from '../vocabularies.ts';

/** Tables whose rows curricula writes. */
export interface CurriculaTables {
	curriculum: {
		id: string;
		section_id: string;
		name_texts: TextsJson;
		audience: Audience;
		/** Made for registers from before Halqa: pins their sessions, and nothing is planned from it. */
		is_imported: ColumnType<number, boolean | number | undefined, never>;
		/** null: nobody said. */
		type: Defaulted<CurriculumType | null>;
		/** null: no layer of psychosocial support, or nobody said. */
		layer: Defaulted<CareLayer | null>;
		/** From then on nothing is planned from it. */
		retired_on: Defaulted<CivilDate | null>;
		outdated: Outdated;
		/** Counts changes, as on every row here that several people edit. */
		version: Defaulted<number>;
	};
	curriculum_version: {
		id: string;
		section_id: string;
		curriculum_id: string;
		number: number;
		/** null: a draft. */
		published_on: CivilDate | null;
		/** The version it began as a copy of. */
		copied_from: Defaulted<string | null>;
		/** Counts changes of anything in it; whoever changes a draft takes it first. */
		revision: Defaulted<number>;
		/** The rule: sessions to be reached; sessions, or percent of them, to be engaged; percent of those held to complete; missed in a row. */
		reached_count: Defaulted<number>;
		engaged_count: Defaulted<number>;
		engaged_pct: Defaulted<number>;
		completed_pct: Defaulted<number>;
		dropped_count: Defaulted<number>;
	};
	curriculum_module: {
		id: string;
		section_id: string;
		version_id: string;
		/** 1 for the first of the version. */
		position: number;
		name_texts: TextsJson;
		outdated: Outdated;
		version: Defaulted<number>;
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
		/** A picture of its own, for who runs it; children see that of `picture`. */
		picture_file_id: Defaulted<string | null>;
		/** What that shows, for who does not see it. */
		picture_texts: Defaulted<TextsJson>;
		strand: Defaulted<Strand>;
		/** One to a line. */
		objectives_texts: Defaulted<TextsJson>;
		/** What to bring, one to a line. */
		materials_texts: Defaulted<TextsJson>;
		/** What is done otherwise with younger or older ones. */
		variants_texts: Defaulted<TextsJson>;
		/** For who runs it, in the safe subset of Markdown of `markdown.rules.ts`. */
		notes_texts: Defaulted<TextsJson>;
		outdated: Outdated;
		version: Defaulted<number>;
		/** The plan of an earlier version it goes back to; null: to none. */
		stem_id: Defaulted<string | null>;
	};
	plan_activity: {
		id: string;
		section_id: string;
		plan_id: string;
		/** 1 for the first of the plan. */
		position: number;
		minutes: number;
		title_texts: TextsJson;
		/** What children do. */
		children_texts: TextsJson;
		/** What the facilitator says. */
		says_texts: TextsJson;
		/** How it is done otherwise with the youngest, and with the oldest. */
		younger_texts: Defaulted<TextsJson>;
		older_texts: Defaulted<TextsJson>;
		outdated: Outdated;
		version: Defaulted<number>;
	};
}

/** JSON: texts of the row that were changed in another language since, by their name, as lists of languages. */
type Outdated = Defaulted<string>;
