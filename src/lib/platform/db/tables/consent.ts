import type { Sealed } from '../../crypto/sealed.ts';
import type { CivilDate, Defaulted, Flag, Instant, Optional, Relation } from '../columns.ts';
import type {
	ConsentGiver,
	ConsentPurpose,
	ConsentReader,
	OnMissing,
	Said
} from '../vocabularies.ts';

/** Tables whose rows consent writes. */
export interface ConsentTables {
	/** How a section goes about it; without a row, by `DEFAULT_TERMS`. */
	consent_setting: {
		section_id: string;
		/** Those in use, between commas. */
		purposes: string;
		on_missing: OnMissing;
		/** The age from which a child decides alone; null: as the country's law has it. */
		own_age: number | null;
		/** A yes holds so many months. */
		valid_months: number;
		version: Defaulted<number>;
	};
	/** What people are asked with: never changed, followed by a version with the next number. */
	consent_text: {
		id: string;
		section_id: string;
		purpose: ConsentPurpose;
		reader: ConsentReader;
		/** ISO 639-1. */
		language: string;
		/** 1 is the text that came with a release. */
		number: number;
		body: string;
		/** null: came with a release. */
		published_by: string | null;
		published_on: CivilDate;
	};
	/** What somebody said once: never changed, only followed by the next. */
	consent: {
		id: string;
		section_id: string;
		/** Whom it is about. */
		person_id: string;
		purpose: ConsentPurpose;
		/** Who said it: the person; a contact of theirs or a person of the register; or a guardian nobody named. */
		giver: ConsentGiver;
		/** Of the contact or the person; '' for the others. A contact's outlives the contact. */
		giver_id: Defaulted<string>;
		/** The how-manieth this giver said for this purpose: of two at once one is second. */
		nth: number;
		said: Said;
		said_on: CivilDate;
		/** What the giver was to the person then. */
		relation: Optional<Relation>;
		/** null: nobody knows which text, or none was needed to say no. */
		text_id: Optional<string>;
		is_on_paper: Flag;
		/** The language it was explained in, ISO 639-1 or `other`. */
		spoken: Optional<string>;
		/** Who explained it, by name. */
		explained_sealed: Optional<Sealed>;
		interpreter_sealed: Optional<Sealed>;
		recorded_by: string;
		recorded_at: Instant;
	};
	/** Children without family here: for them only a legal guardian may consent. */
	unaccompanied: {
		person_id: string;
		section_id: string;
		noted_on: CivilDate;
		noted_by: string;
	};
}
