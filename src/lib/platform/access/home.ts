import { ROLES, type Holder, type Role } from './roles.ts';

const HOMES: Record<Role, string> = {
	facilitator: '/today',
	coordinator: '/today',
	manager: '/targets',
	focal_point: '/today',
	monitoring: '/targets',
	project_manager: '/roadmaps',
	partner: '/roadmaps',
	advisory_group: '/roadmaps',
	admin: '/settings/organisation',
	network: '/targets'
};

/** Where somebody starts the day: where the first of their roles does, in the order of `ROLES`. */
export function homeOf({ roles }: Holder): string {
	const first = ROLES.find((one) => roles.some(({ role }) => role === one));
	return first ? HOMES[first] : '/settings';
}

/** A place to come back to, when it is a path of this site; else `/`. The one-off language is dropped. */
export function ownPath(here: URL, wanted: string | null): string {
	const target = URL.canParse(wanted ?? '', here) ? new URL(wanted ?? '', here) : here;
	if (!wanted?.startsWith('/') || target.origin !== here.origin) return '/';
	target.searchParams.delete('lang');
	const path = target.pathname + target.search;
	return path.startsWith('//') ? '/' : path; // `/.//elsewhere` reads as another host
}
