import type { Role } from './roles.ts';

const HOMES: Record<Role, string> = {
	facilitator: '/today',
	coordinator: '/today',
	manager: '/targets',
	focal_point: '/safeguarding',
	advisory_group: '/targets',
	admin: '/settings/closed-days',
	network: '/targets'
};

/** Where a role starts its day. */
export function homeOf(role: Role): string {
	return HOMES[role];
}
