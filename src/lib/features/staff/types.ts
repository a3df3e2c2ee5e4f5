import type { Role } from '#lib/platform/access/roles.ts';

/** An adult who runs sessions. */
export interface Facilitator {
	id: string;
	name: string;
}

/** Someone who works at the same centre. */
export interface Colleague {
	id: string;
	name: string;
	role: Role;
	/** The language they read. */
	locale: string;
}
