/** Roles and what each may do, on one screen. What rows they may touch is the scope's half. */
export const ROLES = [
	'facilitator',
	'coordinator',
	'manager',
	'focal_point',
	'monitoring',
	'project_manager',
	'partner',
	'advisory_group',
	'admin',
	'network'
] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = {
	'see today': ['facilitator', 'coordinator', 'manager', 'focal_point', 'admin'],
	'see calendar': ['facilitator', 'coordinator', 'manager', 'admin'],
	/** Managers read them; whom a cohort or a register names they see as numbers. */
	'see cohorts': ['facilitator', 'coordinator', 'manager'],
	'keep cohorts': ['coordinator'],
	'enrol people': ['facilitator', 'coordinator'],
	'see people': ['facilitator', 'coordinator', 'admin'],
	'edit people': ['facilitator', 'coordinator', 'admin'],
	'keep people': ['coordinator', 'admin'],
	'merge people': ['coordinator', 'admin'],
	/** Of facilitators those of their own cohorts. */
	'record consent': ['facilitator', 'coordinator'],
	'keep consent': ['manager', 'admin'],
	'print consent sheets': ['facilitator', 'coordinator', 'manager', 'admin'],
	'erase people': ['coordinator', 'admin'],
	'plan cycles': ['facilitator', 'coordinator'],
	'change plans': ['facilitator', 'coordinator'],
	'close centres': ['coordinator'],
	'see sessions': ['facilitator', 'coordinator', 'manager'],
	'import lists': ['coordinator', 'admin'],
	'take registers': ['facilitator', 'coordinator'],
	'name substitutes': ['facilitator', 'coordinator'],
	'open feedback': ['facilitator', 'coordinator'],
	"close others' feedback": ['coordinator'],
	'hand the phone over': ['facilitator', 'coordinator'],
	'see voices': ['facilitator', 'coordinator', 'manager'],
	'vouch for answers': ['coordinator', 'manager'],
	"check children's words": ['coordinator', 'manager', 'focal_point', 'admin'],
	'read words': ['focal_point'],
	'name readers': ['manager', 'admin'],
	'answer concerns': ['focal_point'],
	'hear of unread concerns': ['manager', 'admin'],
	'test alerts': ['focal_point', 'admin'],
	'name responders': ['admin'],
	'see roadmaps': [
		'coordinator',
		'manager',
		'project_manager',
		'partner',
		'advisory_group',
		'admin',
		'network'
	],
	'steer roadmaps': ['manager', 'project_manager'],
	/** One at a time: dates, status, evidence, activities. */
	'steer milestones': ['manager', 'project_manager'],
	'make roadmaps': ['manager', 'admin'],
	'keep own items': ['partner'],
	'see projects': [
		'coordinator',
		'manager',
		'monitoring',
		'project_manager',
		'partner',
		'advisory_group',
		'admin',
		'network'
	],
	'keep projects': ['manager', 'admin'],
	'see curricula': ['facilitator', 'coordinator', 'manager', 'admin'],
	/** Of coordinators those of all centres: what is planned from belongs to the whole section. */
	'edit curricula': ['coordinator', 'manager', 'admin'],
	/** What children are asked. */
	'edit questions': ['manager', 'admin'],
	/** What children are asked, as children see it, and on paper. */
	'see questions': ['facilitator', 'coordinator', 'manager', 'focal_point', 'admin'],
	/** Single sheets are seen by who types them in: never by who ran the session. */
	'type paper forms in': ['coordinator', 'manager', 'focal_point'],
	'see targets': [
		'coordinator',
		'manager',
		'monitoring',
		'project_manager',
		'advisory_group',
		'admin',
		'network'
	],
	'set targets': ['manager', 'admin'],
	'see published': [
		'coordinator',
		'manager',
		'monitoring',
		'project_manager',
		'partner',
		'advisory_group',
		'admin',
		'network'
	],
	'export tables': ['coordinator', 'manager', 'monitoring', 'admin'],
	'export person numbers': ['coordinator', 'manager', 'admin'],
	'export names': ['coordinator', 'admin'],
	'export voices': ['coordinator', 'manager'],
	'report outside': ['manager', 'admin'],
	'raise concerns': [
		'facilitator',
		'coordinator',
		'manager',
		'focal_point',
		'monitoring',
		'project_manager',
		'admin'
	],
	'see safeguarding help': [...ROLES],
	'keep help directory': ['manager', 'focal_point', 'admin'],
	'edit closed days': ['coordinator', 'manager', 'admin'],
	'run the organisation': ['admin'],
	'edit centres': ['admin'],
	'manage accounts': ['admin'],
	'change own settings': [...ROLES]
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

/** What a role that is held to one project still holds: whatever else it may is of the whole section. */
const OF_ONE_PROJECT: readonly Permission[] = [
	'see projects',
	'see roadmaps',
	'steer milestones',
	'see targets',
	'see published',
	'raise concerns',
	'see safeguarding help',
	'change own settings'
];

/** Which roles hold each permission. */
export type Grants = Readonly<Record<Permission, readonly Role[]>>;

/** Whoever holds roles, none or several. */
export interface Holder {
	readonly roles: readonly { readonly role: Role; readonly projectId?: string }[];
}

/** True when the role holds the permission. */
export function holds(role: Role, permission: Permission, grants: Grants = PERMISSIONS): boolean {
	return grants[permission].includes(role);
}

/** The same of a role as somebody holds it: in the section, or in one project. */
export function holdsAs(
	{ role, projectId }: Holder['roles'][number],
	permission: Permission,
	grants: Grants = PERMISSIONS
): boolean {
	return (
		holds(role, permission, grants) &&
		(projectId === undefined || OF_ONE_PROJECT.includes(permission))
	);
}

/** True when one of somebody's roles holds the permission: may they at all, never where. That is the scope's half. */
export function can(
	{ roles }: Holder,
	permission: Permission,
	grants: Grants = PERMISSIONS
): boolean {
	return roles.some((held) => holdsAs(held, permission, grants));
}

/** Every permission somebody holds: what a page leaves buttons out by. */
export function permissionsOf(holder: Holder): Permission[] {
	return (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => can(holder, permission));
}

/** What somebody who has learned a password must not reach with it alone. */
const BEHIND_A_CODE = [
	'read words',
	'answer concerns',
	'run the organisation',
	'manage accounts',
	'export tables',
	'report outside'
] as const satisfies readonly Permission[];

/** Whether the login takes a second step, a code from a phone: who answers children, administers, or carries numbers away. */
export function needsSecondStep(holder: Holder, grants: Grants = PERMISSIONS): boolean {
	return BEHIND_A_CODE.some((permission) => can(holder, permission, grants));
}
