/** What one looks at is wanted again soon. More than this is a list to search, not to glance at. */
const MOST = 8;
const KEY = 'halqa.recent';
/** Pages of one thing each, whose address says its kind and id and nothing else. */
const THINGS: readonly (string | null)[] = [
	'/(staff)/cohorts/[id]',
	'/(staff)/people/[id]',
	'/(staff)/roadmaps/[id]',
	'/(staff)/roadmaps/milestones/[id]',
	'/(staff)/sessions/[id]'
];

/** Remembers on this device that an account opened a page, newest first; names stay on the server. Browser only. */
export function noteOpened(account: string, route: string | null, path: string): void {
	if (!THINGS.includes(route)) return;
	const others = recentlyOpened(account).filter((one) => one !== path);
	try {
		localStorage.setItem(
			KEY,
			JSON.stringify({ account, opened: [path, ...others].slice(0, MOST) })
		);
	} catch {
		// A browser that keeps nothing has no recent things.
	}
}

/** Addresses of what this account opened last on this device. Browser only. */
export function recentlyOpened(account: string): string[] {
	try {
		const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as unknown;
		if (!isKept(kept) || kept.account !== account) return [];
		return kept.opened.filter((one) => typeof one === 'string').slice(0, MOST);
	} catch {
		return [];
	}
}

function isKept(kept: unknown): kept is { account: string; opened: unknown[] } {
	return (
		typeof kept === 'object' && kept !== null && 'opened' in kept && Array.isArray(kept.opened)
	);
}
