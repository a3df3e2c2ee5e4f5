import type { StaffActor } from './actor.ts';
import { can, PERMISSIONS, type Grants, type Permission } from './roles.ts';

/**
 * Who may use a route: everybody, whoever is logged in, or who holds a permission. `owes a code`: whoever is logged
 * in, and it is all that is open to who still has to set the second step up.
 */
export type Gate = 'anyone' | 'owes a code' | 'logged in' | Permission;

/** How often a route may be asked, per account (or address when nobody is logged in). `export`: a page that gives files. */
export type RateClass = 'read' | 'login' | 'probe' | 'child' | 'export';

export interface RoutePolicy {
	read: Gate;
	/** Every form action of the route by name (`default` for the unnamed one); others do not exist. */
	actions: Readonly<Record<string, Gate>>;
	rate: RateClass;
	/** Answers over its limit too, with what costs nothing (`locals.isOverLimit`). */
	isShownOverLimit?: true;
}

/** A route id that is only a folder of others and answers nothing itself. */
export type Policy = Readonly<Record<string, RoutePolicy | 'folder'>>;

export type Decision =
	'allow' | 'log in' | 'set up a code' | 'forbidden' | 'no route' | 'unlisted' | 'method';

export interface Question {
	routeId: string | null;
	method: string;
	/** The name in `?/name`; `default` for a plain post. */
	action: string;
	actor: StaffActor | null;
}

/**
 * Whether a request may go on, decided before any load, action or endpoint runs. What the policy does
 * not name is refused: an unlisted route, action or method reaches nothing.
 */
export function decide(
	policy: Policy,
	{ routeId, method, action, actor }: Question,
	grants: Grants = PERMISSIONS
): Decision {
	if (routeId === null) return 'no route';
	const entry = Object.hasOwn(policy, routeId) ? policy[routeId] : undefined;
	if (!entry || entry === 'folder') return 'unlisted';
	if (method === 'GET' || method === 'HEAD') return pass(entry.read, actor, grants);
	if (method !== 'POST') return 'method';
	const gate = Object.hasOwn(entry.actions, action) ? entry.actions[action] : undefined;
	if (gate === undefined) return 'method';
	const readable = pass(entry.read, actor, grants);
	return readable === 'allow' ? pass(gate, actor, grants) : readable;
}

/**
 * The permission a request exercises, which its scope is made of: that of the action for a post, else that of the
 * page. null where none is asked for.
 */
export function permissionFor(
	policy: Policy,
	{ routeId, method, action }: Omit<Question, 'actor'>
): Permission | null {
	const entry = routeId !== null && Object.hasOwn(policy, routeId) ? policy[routeId] : undefined;
	if (!entry || entry === 'folder') return null;
	const named = Object.hasOwn(entry.actions, action) ? entry.actions[action] : undefined;
	const gate = method === 'POST' ? named : entry.read;
	return gate !== undefined && Object.hasOwn(PERMISSIONS, gate) ? (gate as Permission) : null;
}

function pass(gate: Gate, actor: StaffActor | null, grants: Grants): Decision {
	if (gate === 'anyone') return 'allow';
	if (!actor) return 'log in';
	if (gate === 'owes a code') return 'allow';
	if (actor.secondStep === 'owed') return 'set up a code';
	return gate === 'logged in' || can(actor, gate, grants) ? 'allow' : 'forbidden';
}

/**
 * The action a post names, read as SvelteKit reads it: the first query key that starts with a slash. The unnamed
 * one has no name to call it by; `?/default` makes SvelteKit throw, so here it is an action that nobody has.
 */
export function actionOf(url: URL): string {
	for (const name of url.searchParams.keys())
		if (name.startsWith('/')) return name === '/default' ? name : name.slice(1);
	return 'default';
}
