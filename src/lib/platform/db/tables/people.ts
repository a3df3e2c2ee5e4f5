import type { Generated } from 'kysely';
import type { Sealed } from '../../crypto/sealed.ts';
import type { CivilDate, WallTime, Optional, Sex, Relation, ContactWay } from '../columns.ts';
import type { StoredKind } from '../vocabularies.ts';

/** Tables whose rows people writes. */
export interface PeopleTables {
	person: {
		id: string;
		section_id: string;
		centre_id: string;
		/**
		 * For whom they work. All else a person may be besides, also at once, is told by rows and the birth date
		 * (`kindsOf`): a child, somebody's caregiver, a member of a cohort.
		 */
		kind: StoredKind;
		name_sealed: Sealed;
		sex: Sex;
		birth_year: number;
		population_group: string | null;
		/** Blind index of the organisation's own number for the person; unique in the section. */
		code_index: string | null;
		code_sealed: Sealed | null;
		/** 1 to 12. */
		birth_month: number | null;
		/** 1: the year was counted from an age, and may be one off either way. */
		birth_year_from_age: Generated<number>;
		/** ISO 639-1, or `other`. */
		language: string | null;
		/** What the person needs to take part, in a few words. */
		needs_sealed: Sealed | null;
		/** Fingerprint of the first and last word of the name; null until it was made. */
		name_key: string | null;
		/** The person this row turned out to be: it is not counted or listed any more. */
		merged_into: string | null;
		version: Generated<number>;
		added_on: CivilDate | null;
		/** Their account, where they have one. */
		account_id: Optional<string>;
		/** The body a professional works for. */
		body_id: Optional<string>;
		/** Since when the row is nobody's: numbers are made of it, and it names no one. */
		erased_on: Optional<CivilDate>;
		/** 1: was responsible for a child of the register who was erased since. */
		cared_for_someone: Generated<number>;
	};
	/** One short fingerprint per word of the name and per beginning of one, to find sealed names by. */
	person_name_key: { person_id: string; section_id: string; position: number; key: string };
	guardian: {
		id: string;
		section_id: string;
		person_id: string;
		name_sealed: Sealed;
		relation: Relation;
		phone_sealed: Sealed | null;
		/** How it is safe to reach them; `none`: never. */
		contact_way: ContactWay;
		/** Safe hours at the centre; both null: any hour. */
		safe_from: WallTime | null;
		safe_until: WallTime | null;
		version: Generated<number>;
		/** The guardian's own row in the register. */
		linked_person_id: Optional<string>;
	};
	/** An adult of the register who is responsible for a child of it. */
	caregiver: { child_id: string; caregiver_id: string; section_id: string; relation: Relation };
	/** Who is to be compared with others: new, or with another name, sex or year of birth. */
	changed_person: {
		person_id: string;
		section_id: string;
	};
}
