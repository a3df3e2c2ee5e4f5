/** The query of an address as a person chose it: without the action a form named and without a kept form's id. */
export function ownQuery(url: URL): string {
	const query = new URLSearchParams(
		[...url.searchParams].filter(
			([name]) => !name.startsWith('/') && !name.startsWith('x-sveltekit') && name !== 'kept'
		)
	);
	return query.toString();
}

/** The path with that query: a place to come back to. */
export function ownAddress(url: URL): string {
	const query = ownQuery(url);
	return query ? `${url.pathname}?${query}` : url.pathname;
}
