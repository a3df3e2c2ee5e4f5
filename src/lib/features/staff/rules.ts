import { ROLES, type Role } from '#lib/platform/access/roles.ts';

export type GivenRole = Exclude<Role, 'network'>;

/** The roles an administrator gives: the network belongs to no section. */
export const GIVEN_ROLES = ROLES.filter((role): role is GivenRole => role !== 'network');

/** True for who works at centres and sees no others. */
export function needsCentres(role: Role): boolean {
	return role === 'facilitator' || role === 'coordinator';
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

interface Access {
	role: Role;
	centreIds: readonly string[];
}

/** True when two accesses open the same; the order of centres does not matter. */
export function isSameAccess(one: Access, other: Access): boolean {
	const [ones, others] = [new Set(one.centreIds), new Set(other.centreIds)];
	return one.role === other.role && ones.symmetricDifference(others).size === 0;
}

/** Why a change by `actorId` is refused; null when it may be. `otherAdmins`: administrators who can log in, without this one. */
export function refusalOf(
	change: 'access' | 'off' | 'on' | 'link' | 'code',
	account: { id: string; role: Role; state: AccountState; newRole?: Role },
	{ actorId, otherAdmins }: { actorId: string; otherAdmins: number }
): 'own_account' | 'last_admin' | 'is_off' | null {
	if (account.id === actorId) return 'own_account';
	if (change === 'link' || change === 'code') return account.state === 'off' ? 'is_off' : null;
	const takesAdmin =
		account.role === 'admin' &&
		account.state === 'active' &&
		(change === 'off' || (change === 'access' && account.newRole !== 'admin'));
	return takesAdmin && otherAdmins === 0 ? 'last_admin' : null;
}
