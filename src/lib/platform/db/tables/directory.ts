import type { CivilDate, Optional, TextsJson } from '../columns.ts';
import type { HelpAudience, HelpKind } from '../vocabularies.ts';

/** Tables whose rows the directory of help writes. */
export interface DirectoryTables {
	/** Somebody to turn to. Texts may be `{}`: nothing is known. */
	help_entry: {
		id: string;
		section_id: string;
		/** null: for the whole section. */
		centre_id: Optional<string>;
		kind: HelpKind;
		audience: HelpAudience;
		name_texts: TextsJson;
		purpose_texts: TextsJson;
		hours_texts: TextsJson;
		place_texts: TextsJson;
		phone: Optional<string>;
		chat: Optional<string>;
		/** Codes of languages, with commas between. */
		languages: string;
		/** Among entries of its kind. */
		position: number;
		/** Where it is from; null: people of the section wrote it. */
		source_texts: Optional<TextsJson>;
		/** When somebody last rang or went there, and who. */
		verified_on: Optional<CivilDate>;
		verified_by: Optional<string>;
	};
}
