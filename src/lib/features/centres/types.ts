import type { Certainty } from '#lib/platform/db/schema.ts';

export interface Centre {
	id: string;
	name: string;
	zone: string;
	/** ISO weekdays without sessions. */
	closedWeekdays: number[];
	opensAt: string;
	closesAt: string;
}

export interface Room {
	id: string;
	name: string;
	capacity: number;
}

/** A day without sessions: a holiday of the country or a closure of one centre. */
export interface ClosedDay {
	id: string;
	/** null: the whole country. */
	centreId: string | null;
	date: string;
	name: string;
	certainty: Certainty;
	source: string;
}
