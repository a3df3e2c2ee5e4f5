import type { Audience } from '#lib/platform/db/schema.ts';

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
