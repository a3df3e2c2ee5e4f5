import type { Sealed } from '../../crypto/sealed.ts';
import type { CivilDate, Instant, TextsJson, WallTime } from '../columns.ts';
import type { ChangeKind, ChangeReason, SessionMode, Stayed } from '../vocabularies.ts';

/** Tables whose rows changes writes. */
export interface ChangesTables {
	/** One change of confirmed sessions of a centre, made in one step. */
	plan_change: {
		id: string;
		section_id: string;
		centre_id: string;
		kind: ChangeKind;
		reason: ChangeReason;
		note_sealed: Sealed | null;
		made_by: string;
		made_at: Instant;
		/** How it is taken back, within a day. */
		undo_id: string;
		/** When it was taken back, as far as that could be. */
		undone_at: Instant | null;
	};
	/** What a session was before a change, and what it became. */
	changed_session: {
		change_id: string;
		session_id: string;
		section_id: string;
		status_before: 'planned' | 'cancelled';
		date_before: CivilDate;
		time_before: WallTime;
		minutes_before: number;
		room_before: string | null;
		mode_before: SessionMode;
		place_before_texts: TextsJson | null;
		/** Accounts that were to run it, ids with commas between. */
		staff_before: string;
		date_after: CivilDate;
		time_after: WallTime;
		minutes_after: number;
		room_after: string | null;
		mode_after: SessionMode;
		place_after_texts: TextsJson | null;
		staff_after: string;
		/** Of the session once it was changed: with another nothing is taken back. */
		version_after: number;
		/** When somebody said that the families know. */
		told_at: Instant | null;
		/** null: it went back, or the change was never taken back. */
		stayed: Stayed | null;
	};
	/** Who is to hear of a change: whoever runs one of its sessions, or did before. */
	change_notice: {
		change_id: string;
		account_id: string;
		section_id: string;
		seen_at: Instant | null;
	};
}
