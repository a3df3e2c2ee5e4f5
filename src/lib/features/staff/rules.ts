import type { HeldRole } from '#lib/platform/access/actor.ts';
import { ROLES, type Role } from '#lib/platform/access/roles.ts';

export type GivenRole = Exclude<Role, 'network'>;

/** The roles an administrator gives: the network belongs to no section. */
export const GIVEN_ROLES = ROLES.filter((role): role is GivenRole => role !== 'network');

/** Roles held at centres, or at every centre there is and will be. */
export const CENTRE_ROLES = ['facilitator', 'coordinator'] as const satisfies readonly GivenRole[];
export type CentreRole = (typeof CENTRE_ROLES)[number];

/** What stands in a list of centres for all of them. */
export const EVERYWHERE = 'all';

/** What a form says of roles and where they are held. */
export interface Access extends Record<`centres_${CentreRole}`, string[]> {
	roles: GivenRole[];
	body?: string | undefined;
	project?: string | undefined;
}

/** The roles a form gives, in the order of `ROLES`; what it says of centres, body and project for others is left out. */
export function rolesFrom(access: Access): HeldRole[] {
	return GIVEN_ROLES.filter((role) => access.roles.includes(role)).map((role) => {
		const chosen = isCentreRole(role) ? [...new Set(access[`centres_${role}`])] : [EVERYWHERE];
		const centreIds = chosen.includes(EVERYWHERE) ? null : chosen;
		return {
			...{ role, centreIds, bodyId: role === 'partner' ? (access.body ?? null) : null },
			...(role === 'project_manager' && access.project && { projectId: access.project })
		};
	});
}

/** The values of a form that would give these roles. */
export function accessOf(roles: readonly HeldRole[]): Record<string, string | string[]> {
	const at = CENTRE_ROLES.flatMap((role) => {
		const held = roles.find((one) => one.role === role);
		return held ? [[`centres_${role}`, [...(held.centreIds ?? [EVERYWHERE])]] as const] : [];
	});
	return {
		roles: roles.map(({ role }) => role),
		...Object.fromEntries(at),
		body: roles.find(({ bodyId }) => bodyId !== null)?.bodyId ?? '',
		project: roles.find(({ projectId }) => projectId)?.projectId ?? ''
	};
}

export function isCentreRole(role: Role): role is CentreRole {
	return (CENTRE_ROLES as readonly Role[]).includes(role);
}

export type AccountState = 'invited' | 'invitation_over' | 'active' | 'off';

/** Where an account stands at `now`. Instants in UTC milliseconds; `linkUntil` null when no link was ever made. */
export function accountState(
	account: { disabledAt: number | null; hasPassword: boolean; linkUntil: number | null },
	now: number
): AccountState {
	if (account.disabledAt !== null) return 'off';
	if (account.hasPassword) return 'active';
	return account.linkUntil !== null && account.linkUntil > now ? 'invited' : 'invitation_over';
}

/** True when two sets of roles open the same; the order of roles and centres does not matter. */
export function isSameAccess(one: readonly HeldRole[], other: readonly HeldRole[]): boolean {
	const said = (roles: readonly HeldRole[]) =>
		roles
			.map(({ role, centreIds, bodyId, projectId }) =>
				JSON.stringify([role, centreIds && [...new Set(centreIds)].sort(), bodyId, projectId])
			)
			.sort()
			.join();
	return said(one) === said(other);
}

/** Why a change by `actorId` is refused; null when it may be. `otherAdmins`: administrators who can log in, without this one. */
export function refusalOf(
	change: 'access' | 'off' | 'on' | 'link' | 'code' | 'details',
	account: { id: string; isAdmin: boolean; state: AccountState; staysAdmin?: boolean },
	{ actorId, otherAdmins }: { actorId: string; otherAdmins: number }
): 'own_account' | 'last_admin' | 'is_off' | null {
	if (account.id === actorId && change !== 'details') return 'own_account';
	if (change === 'link' || change === 'code' || change === 'details')
		return account.state === 'off' ? 'is_off' : null;
	const takesAdmin =
		account.isAdmin &&
		account.state === 'active' &&
		(change === 'off' || (change === 'access' && !account.staysAdmin));
	return takesAdmin && otherAdmins === 0 ? 'last_admin' : null;
}
