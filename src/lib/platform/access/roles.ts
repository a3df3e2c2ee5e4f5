/** Roles and what each may do, on one screen. What rows they may touch is the scope's half. */
export const ROLES = [
	'facilitator',
	'coordinator',
	'manager',
	'focal_point',
	'advisory_group',
	'admin',
	'network'
] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = {
	'see today': ['facilitator', 'coordinator', 'focal_point'],
	'see calendar': ['facilitator', 'coordinator', 'manager', 'admin'],
	'see cohorts': ['facilitator', 'coordinator'],
	'keep cohorts': ['coordinator'],
	'enrol people': ['facilitator', 'coordinator'],
	'see people': ['facilitator', 'coordinator', 'admin'],
	'edit people': ['facilitator', 'coordinator', 'admin'],
	'keep people': ['coordinator', 'admin'],
	'merge people': ['coordinator', 'admin'],
	'plan cycles': ['facilitator', 'coordinator'],
	'see sessions': ['facilitator', 'coordinator'],
	'import lists': ['coordinator', 'admin'],
	'take registers': ['facilitator', 'coordinator'],
	'name substitutes': ['facilitator', 'coordinator'],
	'open feedback': ['facilitator', 'coordinator'],
	'hand the phone over': ['facilitator', 'coordinator'],
	'see voices': ['facilitator', 'coordinator', 'manager'],
	'vouch for answers': ['coordinator', 'manager'],
	'answer concerns': ['focal_point'],
	'see roadmaps': ['coordinator', 'manager', 'advisory_group', 'admin', 'network'],
	'steer roadmaps': ['manager'],
	'see curricula': ['facilitator', 'coordinator', 'manager', 'admin'],
	'see targets': ['coordinator', 'manager', 'advisory_group', 'admin', 'network'],
	'export tables': ['coordinator', 'manager', 'admin'],
	'report outside': ['manager', 'admin'],
	'see safeguarding help': [...ROLES],
	'edit closed days': ['coordinator', 'manager', 'admin'],
	'run the organisation': ['admin'],
	'edit centres': ['admin'],
	'manage accounts': ['admin'],
	'change own settings': [...ROLES]
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

/** Which roles hold each permission. */
export type Grants = Readonly<Record<Permission, readonly Role[]>>;

/** True when the role holds the permission; used by the gate, and by pages to leave out a button. */
export function can(role: Role, permission: Permission, grants: Grants = PERMISSIONS): boolean {
	return grants[permission].includes(role);
}

/** What somebody who has learned a password must not reach with it alone. */
const BEHIND_A_CODE = [
	'answer concerns',
	'run the organisation',
	'manage accounts',
	'export tables',
	'report outside'
] as const satisfies readonly Permission[];

/** Whether a role's login takes a second step, a code from a phone: who answers children, administers, or carries numbers away. */
export function needsSecondStep(role: Role, grants: Grants = PERMISSIONS): boolean {
	return BEHIND_A_CODE.some((permission) => can(role, permission, grants));
}
