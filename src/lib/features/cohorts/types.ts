import type { Audience, Sex } from '#lib/platform/db/schema.ts';

export interface Cohort {
	id: string;
	centreId: string;
	name: string;
	audience: Audience;
	ageFrom: number;
	ageTo: number;
	capacity: number;
	memberCount: number;
	status: 'open' | 'closed';
}

export interface Member {
	personId: string;
	name: string;
}

/** The time in a cohort that somebody's is now. */
export interface Membership extends Member {
	sex: Sex;
	birthYear: number;
	birthMonth: number | null;
	joinedOn: string;
	/** Of the cohort, with them. */
	memberCount: number;
	/** The last day a register of the cohort names them. */
	lastMarkOn: string | null;
}

export interface WaitingPerson extends Member {
	sex: Sex;
	age: number;
	askedOn: string;
}
