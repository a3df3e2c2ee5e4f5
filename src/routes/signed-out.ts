/** An address of the page one is on, for an action or another language: its query with some changes, without an earlier action. */
export function addressWith(url: URL, changes: Record<string, string>, action = ''): string {
	const query = new URLSearchParams(url.searchParams);
	for (const name of [...query.keys()]) if (name.startsWith('/')) query.delete(name);
	for (const [name, value] of Object.entries(changes)) query.set(name, value);
	return `?${action}${query.size > 0 ? `${action && '&'}${query}` : ''}`;
}
