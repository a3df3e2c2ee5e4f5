import { readdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { log } from '../lib/platform/log/log.ts';
import { pathOf } from './limits.ts';

/**
 * Path segments that are words of Halqa's own addresses: the folder names under `routes`.
 * Every other segment was typed or minted by someone and is not logged.
 */
export function routeWords(routesFolder: string): Set<string> {
	const folders = readdirSync(routesFolder, { recursive: true, withFileTypes: true });
	return new Set(
		folders
			.filter((entry) => entry.isDirectory() && /^[a-z0-9-]+$/.test(entry.name))
			.map((entry) => entry.name)
	);
}

/**
 * A path fit for the log: `/sessions/:id` for `/sessions/0199…?from=…`. Of children's pages the log does
 * not say which: a line for the page of help would tell, with its time, that a child asked for someone.
 */
export function loggedPath(url: string, words: Set<string>): string {
	const path = pathOf(url);
	if (path.startsWith('/s/')) return '/s/:id';
	return path
		.split('/')
		.map((part) => (part === '' || words.has(part) ? part : ':id'))
		.join('/')
		.slice(0, 200);
}

/** Writes one line when the answer has left, or its reader has gone. Static files only at level debug. */
export function logRequest(
	request: IncomingMessage,
	response: ServerResponse,
	about: { id: string; words: Set<string>; isStatic: boolean }
): void {
	const startedAt = performance.now();
	response.once('close', () => {
		const line = {
			request: about.id,
			method: request.method,
			path: loggedPath(request.url ?? '', about.words),
			status: response.statusCode,
			ms: Math.round(performance.now() - startedAt),
			...(!response.writableFinished && { cut: true })
		};
		if (about.isStatic) log.debug(line);
		else log.info(line);
	});
}
