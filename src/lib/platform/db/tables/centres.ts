import type { TextsJson, CivilDate, WallTime, Certainty } from '../columns.ts';

/** Tables whose rows centres writes. */
export interface CentresTables {
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
	closed_day: {
		id: string;
		section_id: string;
		centre_id: string | null;
		on_date: CivilDate;
		name_texts: TextsJson;
		certainty: Certainty;
		source: string;
	};
}
