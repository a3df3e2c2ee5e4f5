import type { IncomingMessage } from 'node:http';

export const LIMITS = {
	urlBytes: 2048,
	headerBytes: 16 * 1024,
	bodyBytes: 512 * 1024,
	headersMs: 10_000,
	requestMs: 30_000,
	answerMs: 15_000,
	keepAliveMs: 5_000,
	connections: 512
};

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'];
/** Asked by balancers and supervisors under whatever name they know the machine by. */
const ANY_HOST = ['/healthz', '/readyz'];

export interface Refusal {
	status: number;
	headers?: Record<string, string>;
}

/**
 * Why a request goes no further, or null. Reads to another host are sent to the origin; anything else
 * to another host is refused, since posts are only accepted from the origin.
 */
export function refuse(request: IncomingMessage, origin: string): Refusal | null {
	const { method = '', url = '', headers } = request;
	if (!METHODS.includes(method)) return { status: 405, headers: { Allow: METHODS.join(', ') } };
	if (url.length > LIMITS.urlBytes) return { status: 414 };
	if (!url.startsWith('/')) return { status: 400 };
	if (Number(headers['content-length'] ?? 0) > LIMITS.bodyBytes) return { status: 413 };
	if (headers.host?.toLowerCase() === new URL(origin).host || ANY_HOST.includes(pathOf(url)))
		return null;
	if (method === 'GET' || method === 'HEAD')
		return { status: 308, headers: { Location: origin + url } };
	return { status: 421 };
}

/** The path of a request target, without its query string. */
export function pathOf(url: string): string {
	const query = url.indexOf('?');
	return query === -1 ? url : url.slice(0, query);
}
