import type { Role } from './roles.ts';

/** Who is asking: an account with a live login. */
export interface Actor {
	readonly accountId: string;
	readonly role: Role;
	/** null for the network, which belongs to no section. */
	readonly sectionId: string | null;
	/** Centres the account works at; empty for roles of the whole section. */
	readonly centreIds: readonly string[];
	readonly name: string;
	readonly locale: string;
	readonly theme: 'auto' | 'light' | 'dark';
	readonly secondStep: SecondStep;
}

/**
 * The second step of the login, a code from a phone: left to the account, kept on because the role needs it, or
 * owed: needed and not set up, so that the login reaches nothing but the page that sets it up.
 */
export type SecondStep = 'free' | 'kept' | 'owed';

declare const granted: unique symbol;

/**
 * Which rows an actor may touch, made only by `scopeOf`. Every query takes one and filters by it; a row
 * outside it does not exist.
 */
export interface Scope {
	readonly [granted]: 'Scope';
	readonly accountId: string;
	readonly sectionId: string;
	/** Centres within reach; null for the whole section. Never an empty list. */
	readonly centreIds: readonly string[] | null;
	/** True for facilitators: names and registers of their own cohorts only, elsewhere "busy". */
	readonly ownCohortsOnly: boolean;
	/** True for partners outside the section: totals without centres or small numbers. */
	readonly totalsOnly: boolean;
}

const WHOLE_SECTION: readonly Role[] = ['manager', 'focal_point', 'advisory_group', 'admin'];
const NO_CENTRE = ['no centre'];

/** The rows an actor may touch, or null for an actor of no section. */
export function scopeOf(actor: Actor): Scope | null {
	if (actor.sectionId === null) return null;
	return {
		accountId: actor.accountId,
		sectionId: actor.sectionId,
		centreIds: WHOLE_SECTION.includes(actor.role)
			? null
			: actor.centreIds.length > 0
				? actor.centreIds
				: NO_CENTRE,
		ownCohortsOnly: actor.role === 'facilitator',
		totalsOnly: actor.role === 'advisory_group'
	} as Scope;
}

/** Leave to ask about every section, totals only: what the network holds in place of a scope. */
export interface NetworkScope {
	readonly [granted]: 'NetworkScope';
}

/** null for everybody but those who may see every section. */
export function networkScopeOf(actor: Actor): NetworkScope | null {
	return actor.role === 'network' ? ({} as NetworkScope) : null;
}
