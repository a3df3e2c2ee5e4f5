import type { HeldRole } from '#lib/platform/access/actor.ts';
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
	roles: readonly HeldRole[];
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
	/** In the order of `ROLES`. */
	roles: readonly HeldRole[];
	state: AccountState;
	/** Whether the login asks for a code by time. */
	hasCode: boolean;
	/** Until when the invitation may be used, in UTC milliseconds; null for everybody who is not invited. */
	invitedUntil: number | null;
}
