import type { Certainty } from '#lib/platform/db/schema.ts';
import type { Place } from './regions.rules.ts';

export type { Place };

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

/** A centre as whoever keeps the list of centres sees it: with its place and its rooms. */
export interface CentreSheet extends Centre {
	place: Place;
	rooms: Room[];
}
