import type { Role } from '#lib/platform/access/roles.ts';
import type { AccountState } from './rules.ts';

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

/** Someone who may log in, or will. */
export interface StaffAccount {
	id: string;
	name: string;
	email: string;
	/** The language they read. */
	locale: string;
	role: Role;
	/** Empty for roles of the whole section. */
	centreIds: string[];
	state: AccountState;
	/** Whether the login asks for a code by time. */
	hasCode: boolean;
	/** Until when the invitation may be used, in UTC milliseconds; null for everybody who is not invited. */
	invitedUntil: number | null;
}
