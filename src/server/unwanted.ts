import type { IncomingMessage, ServerResponse } from 'node:http';
import { TOO_LARGE_HEADER } from '../lib/platform/forms/sizes.ts';

/**
 * Hands the app a request without its body, and the mark to say so in the reader's language. A connection that is
 * closed while a browser still sends shows its own error page instead of ours.
 */
export function takeBodyAway(request: IncomingMessage): void {
	request.headers[TOO_LARGE_HEADER] = '1';
	request.headers['content-length'] = '0';
	request.resume();
}

/** Once answered, what is left of a body arrives and is dropped; a sender who takes longer than `ms` is cut off. */
export function letRestArrive(
	request: IncomingMessage,
	response: ServerResponse,
	ms: number
): void {
	response.once('finish', () => {
		if (request.complete || request.destroyed) return;
		request.removeAllListeners('data').resume();
		const timer = setTimeout(() => request.destroy(), ms);
		request.once('close', () => clearTimeout(timer));
	});
}
