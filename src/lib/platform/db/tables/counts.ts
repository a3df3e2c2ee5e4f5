import type { CivilDate } from '../columns.ts';

/** Tables whose rows counts writes. */
export interface CountsTables {
	/** Kept counts: how often somebody attended at a centre in the period of a country's target. */
	reached_person: {
		person_id: string;
		target_id: string;
		centre_id: string;
		section_id: string;
		times_count: number;
		/** The day age is taken on: the first in the period by which they count as reached; null: they do not yet. */
		reached_on: CivilDate | null;
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
}
