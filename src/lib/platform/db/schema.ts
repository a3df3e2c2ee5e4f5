import type { ColumnType, Generated, Insertable, Selectable } from 'kysely';
import type { Sealed } from '../crypto/sealed.ts';
import type { Actor } from '../access/actor.ts';
import type { Role } from '../access/roles.ts';
import type {
	Audience,
	BodyKind,
	ConcernKind,
	MilestoneKind,
	SessionMode,
	StoredKind,
	StoredStatus,
	Strand,
	Unit
} from './vocabularies.ts';
export type { Audience, SessionStatus } from './vocabularies.ts';

/** Typed text per language as JSON, `{"en":"Blue room","ar":"…"}`: content, never interface words. */
export type TextsJson = string;
/** Civil date `YYYY-MM-DD`. */
export type CivilDate = string;
/** Wall time `HH:MM` in the row's own zone. */
export type WallTime = string;
/** UTC milliseconds. */
export type Instant = number;
/** 0 or 1 in the database; booleans are accepted when writing. */
export type Flag = ColumnType<number, boolean | number, boolean | number>;
/** May be left out where it is null; the same as a column may be that has a value of its own without one. */
type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>;
type Defaulted<T> = ColumnType<T, T | undefined, T>;

export type ActorKind = Actor['kind'];
export type Sex = 'f' | 'm' | 'other';
export type Relation =
	'mother' | 'father' | 'grandparent' | 'sibling' | 'relative' | 'guardian' | 'other';
export type ContactWay = 'call' | 'message' | 'visit' | 'none';
export type MarkCode =
	'present' | 'late' | 'left_early' | 'absent_notified' | 'absent' | 'excused_illness';
/** Two to four questions after an ordinary session; the full form in the middle and at the end of a cycle. */
export type FormLength = 'pulse' | 'full';
export type Certainty = 'confirmed' | 'expected';

export interface Tables {
	section: {
		id: string;
		name_texts: TextsJson;
		country: string;
		zone: string;
		locale: string;
		/** ISO weekday the week starts on, 1 = Monday. */
		week_starts_on: number;
		/** Languages it works in, `"ar,en"`; the first is its own. */
		languages: Generated<string>;
		/** ISO weekdays on which a new centre is closed, `"6,7"`. */
		closed_weekdays: Generated<string>;
		is_example: Flag;
	};
	/** The one row of this database: opens under the key ring it was made with and under no other. */
	installation: {
		id: number;
		key_check_sealed: Sealed;
		made_at: Instant;
	};
	/** Links that set up an organisation; only the SHA-256 of each is kept. */
	setup_link: {
		id_hash: string;
		made_at: Instant;
		expires_at: Instant;
		used_at: Instant | null;
	};
	centre: {
		id: string;
		section_id: string;
		name_texts: TextsJson;
		/** Governorate or state; empty where the country has no list and none was typed. */
		adm1_pcode: string;
		/** District, where the country has a list of them. */
		adm2_pcode: string | null;
		zone: string;
		/** ISO weekdays without sessions, `"6,7"`. */
		closed_weekdays: string;
		opens_at: WallTime;
		closes_at: WallTime;
	};
	room: {
		id: string;
		section_id: string;
		centre_id: string;
		name_texts: TextsJson;
		capacity: number;
	};
	account: {
		id: string;
		section_id: string | null;
		email_index: string;
		email_sealed: Sealed;
		name_sealed: Sealed;
		/** Empty until an invitation is used; nothing opens it. */
		password_hash: string;
		locale: string;
		theme: 'auto' | 'light' | 'dark';
		disabled_at: Instant | null;
		created_at: Instant;
	};
	/** An organisation beside the section: partner, supporting organisation, host place, school or funder. */
	body: {
		id: string;
		section_id: string;
		name_texts: TextsJson;
		/** Where it is taken from; null when it was entered here. */
		source_texts: TextsJson | null;
	};
	/** What a body is to the section, which may be several things. */
	body_kind: { body_id: string; kind: BodyKind; section_id: string };
	/** A role an account holds, a row per centre. */
	account_role: {
		account_id: string;
		role: Role;
		/** null for the network, which belongs to no section. */
		section_id: string | null;
		/** null: the whole section. */
		centre_id: string | null;
		/** The body a partner belongs to. */
		body_id: string | null;
	};
	/** The one link an account was last given to choose a password with. */
	account_link: {
		account_id: string;
		section_id: string;
		token_hash: string;
		kind: 'invite' | 'reset';
		made_by: string;
		made_at: Instant;
		expires_at: Instant;
		used_at: Instant | null;
	};
	/** Whose login asks for a code by time as well. */
	account_code: {
		account_id: string;
		secret_sealed: Sealed;
		/** The last step of thirty seconds whose code was used, counted from 1970. */
		last_step: number;
		made_at: Instant;
	};
	/** What opens once in place of a code by time. */
	recovery_code: { code_hash: string; account_id: string; used_at: Instant | null };
	login_session: {
		id_hash: string;
		account_id: string;
		created_at: Instant;
		last_seen_at: Instant;
		expires_at: Instant;
	};
	login_attempt: { bucket: string; window_starts_at: Instant; attempt_count: number };
	kept_form: {
		id: string;
		account_id: string;
		path: string;
		fields_sealed: Sealed;
		kept_at: Instant;
	};
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
	/** Two rows that were one person: `merged_id` counts as `kept_id` until it is undone. */
	person_merge: {
		id: string;
		section_id: string;
		kept_id: string;
		merged_id: string;
		merged_by: string;
		merged_at: Instant;
		undone_by: string | null;
		undone_at: Instant | null;
	};
	/**
	 * A row of the merged person that was moved or taken in: both persons' rows as they were before, as JSON. Of a
	 * cohort a list, one membership for each time somebody came.
	 */
	person_merge_row: {
		merge_id: string;
		kind: 'mark' | 'member' | 'guardian' | 'linked' | 'care';
		/** Session, cohort, guardian (of theirs, or who is them), or child and caregiver. */
		row_id: string;
		section_id: string;
		kept_before: string | null;
		merged_before: string;
	};
	/** Two people who may be one, found by a job; who was merged or told apart since may still be here. */
	possible_pair: {
		/** The smaller id. */
		first_id: string;
		second_id: string;
		section_id: string;
		found_at: Instant;
	};
	/** Who is to be compared with others: new, or with another name, sex or year of birth. */
	changed_person: {
		person_id: string;
		section_id: string;
	};
	/** Two people someone looked at and found to be two; ids in order. */
	pair_decision: {
		first_id: string;
		second_id: string;
		section_id: string;
		decision: 'different';
		decided_by: string;
		decided_at: Instant;
	};
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
	cohort: {
		id: string;
		section_id: string;
		centre_id: string;
		name_texts: TextsJson;
		audience: Audience;
		age_from: number;
		age_to: number;
		capacity: number;
		/** May be more than there are places for, where somebody said why. */
		member_count: number;
		status: 'open' | 'closed';
	};
	/** One time somebody came to stay; whoever comes back has another. One without end at most. */
	cohort_member: {
		cohort_id: string;
		person_id: string;
		section_id: string;
		joined_on: CivilDate;
		/** The first day they were no longer a member. */
		left_on: CivilDate | null;
		strand: Defaulted<Strand>;
	};
	/** Who runs a cohort, from and until when; of one account one row without end at most. */
	cohort_facilitator: {
		cohort_id: string;
		account_id: string;
		section_id: string;
		from_on: CivilDate;
		/** The first day they no longer ran it. */
		until_on: Optional<CivilDate>;
		strand: Defaulted<Strand>;
	};
	cycle: {
		id: string;
		section_id: string;
		centre_id: string;
		cohort_id: string;
		version_id: string;
		/** null: it is held elsewhere or online. */
		room_id: string | null;
		weekdays: string;
		start_time: WallTime;
		starts_on: CivilDate;
		ends_on: CivilDate;
		planned_by: string;
		planned_at: Instant;
	};
	/**
	 * One meeting. Of a cycle it has a plan and a position, which halves of it share that differ by strand; an open
	 * session has neither cohort nor cycle and says itself what it is and for whom.
	 */
	session: {
		id: string;
		section_id: string;
		/** The centre it belongs to, also where it is held elsewhere. */
		centre_id: string;
		cohort_id: string | null;
		cycle_id: string | null;
		session_plan_id: string | null;
		/** Within its cycle; null: beside it, as what makes up for another. */
		position: number | null;
		strand: Defaulted<Strand>;
		/** What it is, where no plan says so. */
		title_texts: Optional<TextsJson>;
		/** null: the cohort's. */
		audience: Optional<Audience>;
		mode: Defaulted<SessionMode>;
		room_id: string | null;
		/** Where it is, when it is in no room. */
		place_texts: Optional<TextsJson>;
		/** The body at whose place it is. */
		host_id: Optional<string>;
		on_date: CivilDate;
		start_time: WallTime;
		minutes: number;
		zone: string;
		status: StoredStatus;
		/** People counted by eye, typed beside the marks; null until the register is saved. */
		headcount: number | null;
		/** Why many more were counted than are members. */
		headcount_reason_sealed: Optional<Sealed>;
		recorded_by: string | null;
		recorded_at: Instant | null;
		version: number;
	};
	session_facilitator: { session_id: string; account_id: string; section_id: string };
	/** Who runs a session in whose place. The session is open to them between the two instants, until it is ended. */
	substitute: {
		id: string;
		section_id: string;
		session_id: string;
		account_id: string;
		for_account_id: string;
		opens_at: Instant;
		closes_at: Instant;
		made_by: string;
		made_at: Instant;
		ended_at: Instant | null;
	};
	/** One row per resource and five minutes: two sessions cannot hold the same one. */
	slot: { resource: string; on_date: CivilDate; slot: number; session_id: string };
	mark: { session_id: string; person_id: string; section_id: string; code: MarkCode };
	closed_day: {
		id: string;
		section_id: string;
		centre_id: string | null;
		on_date: CivilDate;
		name_texts: TextsJson;
		certainty: Certainty;
		source: string;
	};
	target: {
		id: string;
		section_id: string;
		/** null: the whole country; else a centre's part of `parent_id`. */
		centre_id: string | null;
		parent_id: string | null;
		name_texts: TextsJson;
		starts_on: CivilDate;
		ends_on: CivilDate;
		unit: Defaulted<Unit>;
		/** So many of the unit. */
		amount: number;
		is_example: Flag;
	};
	/** What was counted before Halqa: a figure without names, never de-duplicated against later registers. */
	opening_balance: {
		id: string;
		section_id: string;
		target_id: string;
		unit: Defaulted<Unit>;
		amount: number;
		as_of: CivilDate | null;
		source_texts: TextsJson;
	};
	/** Kept counts: how often somebody attended at a centre in the period of a country's target. */
	reached_person: {
		person_id: string;
		target_id: string;
		centre_id: string;
		section_id: string;
		times_count: number;
		/** The day age is taken on: the first there in the period. */
		first_on: CivilDate;
	};
	/** Kept counts: a held session of the period, also one nobody came to. */
	reached_session: {
		session_id: string;
		target_id: string;
		centre_id: string;
		section_id: string;
	};
	/** Kept totals of a centre; participations and sessions of a country are the sums of its centres'. */
	reached_centre: {
		target_id: string;
		centre_id: string;
		section_id: string;
		people_count: number;
		participation_count: number;
		session_count: number;
	};
	/** Kept total of a country: each person once, at however many centres. */
	reached_target: {
		target_id: string;
		section_id: string;
		people_count: number;
	};
	/** A row per section whose counts have changed: who writes it changes them until the transaction ends. */
	count_lock: {
		section_id: string;
		change_count: number;
	};
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
	};
	/** A child wants to talk to someone: where and, until it is closed, under which name. No content. */
	concern: {
		id: string;
		section_id: string;
		/** Who says so. */
		kind: Defaulted<ConcernKind>;
		/** null: it was at no session. */
		session_id: string | null;
		/** null: at none of the centres. */
		centre_id: Optional<string>;
		nickname_sealed: Sealed | null;
		raised_at: Instant;
		taken_by: string | null;
		taken_at: Instant | null;
		closed_at: Instant | null;
	};
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
	/** What a section's people are reported as, every month alike. */
	report_setting: { section_id: string; activity: string; indicator: string };
	/** A file that came in, from upload to undo. */
	import: {
		id: string;
		section_id: string;
		kind: 'people' | 'cohorts' | 'registers';
		stage: 'columns' | 'checking' | 'preview' | 'running' | 'done' | 'undoing' | 'undone';
		/** null: pasted. */
		file_name_sealed: Sealed | null;
		/** Keyed fingerprint of its bytes. */
		digest: string;
		/** Sheets, columns, marks and options as JSON: they hold a person's words. */
		setup_sealed: Sealed;
		/** Numbers and codes as JSON. */
		counts: string;
		row_count: number;
		/** Rows checked, rows run or changes taken back, by stage. */
		position: number;
		created_by: string;
		created_at: Instant;
		finished_at: Instant | null;
		version: number;
	};
	/** A row of the file; gone once the run is over. */
	import_row: {
		import_id: string;
		position: number;
		section_id: string;
		/** From zero, as the row is numbered in it. */
		sheet: number;
		row_number: number;
		cells_sealed: Sealed;
		/** Keyed fingerprint of who it is about: the same child twice in a file has the same. */
		match_key: string | null;
		verdict: 'new' | 'same' | 'changed' | 'maybe' | 'repeat' | 'out' | null;
		/** Who it most likely is. */
		person_id: string | null;
		decision: 'same' | 'new' | 'out' | null;
	};
	/** What a run did to some rows of a table, in order, so that it can be taken back. */
	import_change: {
		import_id: string;
		seq: number;
		section_id: string;
		table_name: string;
		rows_sealed: Sealed;
	};
	/** What the columns of files with the same headers were chosen to be. */
	import_mapping: {
		section_id: string;
		kind: 'people' | 'cohorts' | 'registers';
		fingerprint: string;
		/** JSON list, one use a column. */
		uses: string;
		used_at: Instant;
	};
	audit: {
		seq: Generated<number>;
		at: Instant;
		section_id: string | null;
		actor_kind: ActorKind;
		/** The account, of a job the one that began it, the tablet; null for a child. */
		actor_id: string | null;
		action: string;
		object_type: string;
		object_id: string;
		/** Names of the fields that changed, comma-separated; never their values. */
		field_names: string;
	};
	/** How to go back behind a change, for a day. */
	undo: {
		id: string;
		section_id: string;
		/** Who did it, and alone may take it back. */
		account_id: string;
		action: string;
		/** What was before, as JSON of the action's own shape. */
		back_sealed: Sealed;
		made_at: Instant;
		used_at: Instant | null;
	};
	/** Work that nobody asks for. Of several processes the one that holds the lease is at it. */
	job: {
		name: string;
		interval_ms: number;
		/** When it runs next. */
		due_at: Instant;
		holder: Generated<string | null>;
		lease_until: Generated<Instant | null>;
		/** The last time it went through. */
		done_at: Generated<Instant | null>;
		/** The last time it failed, and how: class, code and place of the error. */
		failed_at: Generated<Instant | null>;
		failure: Generated<string | null>;
	};
	once: {
		actor_kind: ActorKind;
		actor_id: string;
		key: string;
		command: string;
		input_mac: string;
		outcome: string;
		at: Instant;
	};
}

export type Row<T extends keyof Tables> = Selectable<Tables[T]>;
export type NewRow<T extends keyof Tables> = Insertable<Tables[T]>;
