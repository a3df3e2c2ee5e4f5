import { holdsAs, permissionsOf, type Permission, type Role } from './roles.ts';

/**
 * Who acts: an account with a live login, a job of a section, an enrolled tablet, or a child with a card
 * or a session's code in hand. What each may touch follows from it, by `scopeOf`.
 */
export type Actor = StaffActor | JobActor | DeviceActor | CardActor;

/** A role somebody holds, and where. */
export interface HeldRole {
	readonly role: Role;
	/** Centres it is held at; null for the whole section, centres that come later included. */
	readonly centreIds: readonly string[] | null;
	/** The body a partner belongs to; null for all others. */
	readonly bodyId: string | null;
	/** The project a project manager is held to; absent for all of the section, and for all others. */
	readonly projectId?: string;
}

/** An account with a live login. */
export interface StaffActor {
	readonly kind: 'staff';
	readonly accountId: string;
	readonly roles: readonly HeldRole[];
	/** null for the network, which belongs to no section. */
	readonly sectionId: string | null;
	/** Of the example, with a password everybody knows: sees example data and nothing else. */
	readonly isExample: boolean;
	readonly name: string;
	readonly locale: string;
	readonly theme: 'auto' | 'light' | 'dark';
	readonly secondStep: SecondStep;
}

/** Work of a section that goes on without a request. */
export interface JobActor {
	readonly kind: 'job';
	readonly job: JobName;
	readonly sectionId: string;
	/** Who began it, and answers for what it writes. */
	readonly accountId: string;
	/** The roles whose reach bounds it; null: what it does was bounded before, and reaches the whole section. */
	readonly reach: readonly HeldRole[] | null;
	/** None: a job comes through no door. */
	readonly roles: readonly never[];
}
export type JobName = 'import' | 'erasure';

/** An enrolled tablet of a centre. */
export interface DeviceActor {
	readonly kind: 'device';
	readonly deviceId: string;
	readonly sectionId: string;
	readonly centreId: string;
}

/** A child: what it contributes is written down without any id and with the day alone. */
export interface CardActor {
	readonly kind: 'card';
	readonly sectionId: string;
}

/**
 * The second step of the login, a code from a phone: left to the account, kept on because a role needs it, or
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
	/** Of an account, or of who began a job; empty, and nobody's, for a tablet. */
	readonly accountId: string;
	readonly sectionId: string;
	/** Centres within reach; null for the whole section. Never an empty list. */
	readonly centreIds: readonly string[] | null;
	/**
	 * Of the centres within reach those that are reached whole; null for all of them. At the others: names and
	 * registers of the own cohorts only, elsewhere "busy". Never an empty list.
	 */
	readonly wholeCentreIds: readonly string[] | null;
	/** True for partners outside the section: totals without centres or small numbers. */
	readonly totalsOnly: boolean;
	/** Bodies whose items of a roadmap are within reach; null for all items. Never an empty list. */
	readonly bodyIds: readonly string[] | null;
	/** Projects whose milestones and targets alone are within reach; null for all there are. Never an empty list. */
	readonly projectIds: readonly string[] | null;
}

/** Roles that see cohorts they lead and no others. */
const OWN_COHORTS: readonly Role[] = ['facilitator'];
/** Roles that see totals. */
const TOTALS: readonly Role[] = ['advisory_group', 'partner'];
/** An id nothing has: lists in a scope are never empty. */
const NONE = ['none'];

/**
 * The rows an actor may touch in the exercise of one permission, or null for an actor of no section: the union
 * of what the roles that hold it reach, and of no other role. Without a permission, or when no role holds it,
 * nothing but the section itself.
 */
export function scopeOf(actor: StaffActor | JobActor, permission: Permission | null): Scope | null;
export function scopeOf(actor: Actor, permission: Permission | null): Scope | null;
export function scopeOf(actor: Actor, permission: Permission | null): Scope | null {
	const { sectionId } = actor;
	if (sectionId === null) return null;
	const made = (accountId: string, reach: Reach) => ({ accountId, sectionId, ...reach }) as Scope;
	if (actor.kind === 'card') return made('', NOTHING);
	if (actor.kind === 'device')
		return made('', { ...NOTHING, centreIds: [actor.centreId], wholeCentreIds: null });
	const held = actor.kind === 'job' ? actor.reach : actor.roles;
	return made(actor.accountId, held === null ? ALL : unionOf(holding(held, permission)));
}

type Reach = Omit<Scope, typeof granted | 'accountId' | 'sectionId'>;
const ALL: Reach = {
	...{ centreIds: null, wholeCentreIds: null, totalsOnly: false },
	...{ bodyIds: null, projectIds: null }
};
const NOTHING: Reach = {
	...{ centreIds: NONE, wholeCentreIds: NONE, totalsOnly: true },
	...{ bodyIds: NONE, projectIds: NONE }
};

function holding(held: readonly HeldRole[], permission: Permission | null): readonly HeldRole[] {
	return permission === null ? [] : held.filter((one) => holdsAs(one, permission));
}

/** Totals are no rows: beside a role that sees rows, one that sees totals adds nothing. */
function unionOf(held: readonly HeldRole[]): Reach {
	if (held.length === 0) return NOTHING;
	const detailed = held.filter(({ role }) => !TOTALS.includes(role));
	const counting = detailed.length > 0 ? detailed : held;
	const whole = centresOf(counting.filter(({ role }) => !OWN_COHORTS.includes(role)));
	const bounded = counting.some(({ role }) => OWN_COHORTS.includes(role));
	return {
		centreIds: orNone(centresOf(counting)),
		wholeCentreIds: bounded ? orNone(whole) : null,
		totalsOnly: detailed.length === 0,
		bodyIds: orNone(bodiesOf(held)),
		projectIds: projectsOf(held)
	};
}

function centresOf(held: readonly HeldRole[]): string[] | null {
	if (held.some(({ centreIds }) => centreIds === null)) return null;
	return [...new Set(held.flatMap(({ centreIds }) => centreIds!))];
}

function bodiesOf(held: readonly HeldRole[]): string[] | null {
	if (held.some(({ role }) => role !== 'partner')) return null;
	return held.flatMap(({ bodyId }) => bodyId ?? []);
}

/** Null as soon as one of the roles is held to no project; what a partner sees is bounded by the body alone. */
function projectsOf(held: readonly HeldRole[]): string[] | null {
	const ids = held.flatMap(({ projectId }) => projectId ?? []);
	const others = held.filter(({ role, projectId }) => role !== 'partner' && !projectId);
	return ids.length > 0 && others.length === 0 ? ids : null;
}

function orNone(ids: string[] | null): readonly string[] | null {
	return ids?.length === 0 ? NONE : ids;
}

/** True when something of a centre is within reach. */
export function reachesCentre({ centreIds }: Scope, centreId: string): boolean {
	return centreIds === null || centreIds.includes(centreId);
}

/**
 * The permissions somebody holds where something of a centre is within their reach: what a page about one thing leaves
 * buttons out by.
 */
export function permissionsAt(actor: StaffActor, centreId: string): Permission[] {
	return permissionsOf(actor).filter((permission) => {
		const scope = scopeOf(actor, permission);
		return scope !== null && reachesCentre(scope, centreId);
	});
}

/** True when a scope is bounded to own cohorts at some centre. */
export function isOwnCohortsOnly(scope: Scope, centreId: string): boolean {
	return scope.wholeCentreIds !== null && !scope.wholeCentreIds.includes(centreId);
}

/** Leave to ask about every section of its kind, totals only: what the network holds in place of a scope. */
export interface NetworkScope {
	readonly [granted]: 'NetworkScope';
	/** The example's sections, or everybody else's; never both. */
	readonly isExample: boolean;
}

/** null for everybody but those who may see every section of the example, or every other. */
export function networkScopeOf(actor: StaffActor): NetworkScope | null {
	const { sectionId, roles, isExample } = actor;
	const isNetwork = sectionId === null && roles.some(({ role }) => role === 'network');
	return isNetwork ? ({ isExample } as NetworkScope) : null;
}
