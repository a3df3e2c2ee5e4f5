import type { Sealed } from '../../crypto/sealed.ts';
import type { TextsJson, CivilDate, WallTime, Instant, Optional, Defaulted } from '../columns.ts';
import type { Audience, SessionMode, StoredStatus, Strand } from '../vocabularies.ts';

/** Tables whose rows sessions writes. */
export interface SessionsTables {
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
}
