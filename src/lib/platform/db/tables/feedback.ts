import type { Sealed } from '../../crypto/sealed.ts';
import type { HandoverChannel } from '../vocabularies.ts';
import type { CivilDate, Instant, Optional, Defaulted, FormLength } from '../columns.ts';

/** Tables whose rows feedback writes. */
export interface FeedbackTables {
	/** What is answered under one code; its answers count once `closed_at` is set. A session may have several. */
	feedback_code: {
		id: string;
		session_id: string;
		section_id: string;
		/** 1 for the first of its session. */
		number: Defaulted<number>;
		/** Whose code it is; null: everybody's who takes part. */
		audience: Optional<'children' | 'caregivers'>;
		/** Eight digits. */
		code: string;
		length: FormLength;
		opened_by: string;
		opened_at: Instant;
		closed_at: Instant | null;
		/** Ballots begun, withdrawn and unsent ones included. */
		started_count: number;
		/**
		 * Members of the cohort on the session's date, or its places where none is written down; written when it
		 * closes. More ballots than these count for nothing.
		 */
		member_count: Optional<number>;
		/** The civil date a fresh code is open, in place of one that took too many ballots; null: it is the first. */
		fresh_on: Optional<CivilDate>;
		/** The code it took the place of. */
		first_code: Optional<string>;
		/** Whether it asks for words: somebody who did not run the session is named to read them. */
		asks_words: Defaulted<number>;
		/** The version of what the section asks that it was opened with; null: the forms that come with Halqa. */
		asked_version_id: Optional<string>;
		/** Opened after the session for forms filled in on paper: nobody answers on a device under it. */
		is_paper: Defaulted<number>;
	};
	/** Who typed how many paper forms in under a code. */
	paper_entry: {
		code_id: string;
		account_id: string;
		section_id: string;
		sheet_count: number;
	};
	/** How many answered, as somebody says who did not run the session; written once. */
	feedback_vouch: {
		code_id: string;
		section_id: string;
		answered_count: number;
		vouched_by: string;
		vouched_on: CivilDate;
	};
	/** One child's answers while the code is open; gone when it closes. */
	feedback_ballot: {
		code_id: string;
		/** Random, never ordered by time; the child's cookie. */
		id: string;
		section_id: string;
		state: 'open' | 'sent' | 'withdrawn';
		answers_sealed: Sealed;
		version: number;
	};
	/** What the sent ballots of a closed code said: how many gave this answer to this item. */
	feedback_count: {
		code_id: string;
		/** A form's version, `pulse 6-9 1`. */
		form: string;
		item: string;
		/** An option of the item, or `answered` (words), `skipped`, `dont_know`, `not_shown`. */
		answer: string;
		section_id: string;
		ballot_count: number;
	};
	/** An open answer, cut loose from the ballot it came with. */
	feedback_words: {
		code_id: string;
		id: string;
		section_id: string;
		form: string;
		item: string;
		words_sealed: Sealed;
		/** `waiting` for a reader; `cleared`: others may read it by the ladder. */
		state: Defaulted<'waiting' | 'cleared'>;
	};
	/** A focal point who reads what children write before anybody else. */
	word_reader: {
		id: string;
		section_id: string;
		account_id: string;
		/** null: for every centre. */
		centre_id: string | null;
		named_by: string;
	};
	/** What is left of words that were handed over to who follows them up: that there were some. */
	word_handover: {
		id: string;
		section_id: string;
		code_id: string;
		channel: HandoverChannel;
		handed_over_by: string;
		/** To five minutes. */
		handed_over_at: Instant;
	};
}
