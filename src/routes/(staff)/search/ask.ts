import { deserialize } from '$app/forms';
import { m } from '#lib/paraglide/messages.js';
import type { Group } from './found.ts';

/**
 * Asks the search page without leaving the one that is open. Answers groups, or the words why there are
 * none; undefined when it was called off or the login has ended. Browser only.
 */
export async function askServer(
	words: string,
	recent: readonly string[],
	signal: AbortSignal
): Promise<Group[] | string | undefined> {
	const asked = new URLSearchParams({ words });
	for (const one of recent) asked.append('recent', one);
	try {
		const answer = await fetch('/search', {
			method: 'POST',
			body: asked,
			headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
			signal
		});
		const result = deserialize<{ groups: Group[] }, never>(await answer.text());
		if (result.type === 'redirect') {
			location.assign(result.location);
			return undefined;
		}
		return result.type === 'success' ? (result.data?.groups ?? []) : m.error_unexpected();
	} catch {
		return signal.aborted ? undefined : m.form_no_connection();
	}
}
