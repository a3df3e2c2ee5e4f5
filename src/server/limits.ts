import type { IncomingMessage } from 'node:http';
import { mostBytes, takesFiles } from '../lib/platform/forms/sizes.ts';
import { isText } from './target.ts';

export const LIMITS = {
	urlBytes: 2048,
	headerBytes: 16 * 1024,
	headersMs: 10_000,
	/** To receive a request whole: a file of 20 MB on a slow line. Others end with their answer, long before. */
	requestMs: 120_000,
	answerMs: 15_000,
	/** From the first byte of a file to the answer about it. */
	uploadAnswerMs: 150_000,
	/** How long a body that was refused may still arrive, so that its sender reads why. */
	unwantedMs: 30_000,
	keepAliveMs: 5_000,
	connections: 512,
	/** Thirty tablets of a centre share one address. */
	connectionsPerClient: 50
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
	if (!url.startsWith('/') || !isText(url)) return { status: 400 };
	if (headers.host?.toLowerCase() === new URL(origin).host || ANY_HOST.includes(pathOf(url)))
		return null;
	if (method === 'GET' || method === 'HEAD')
		return { status: 308, headers: { Location: origin + url } };
	return { status: 421 };
}

/** Whether more is announced than its address takes. What is not announced is counted as it comes. */
export function announcesTooMuch({ url = '', headers }: IncomingMessage): boolean {
	return Number(headers['content-length'] ?? 0) > mostBytes(pathOf(url));
}

/** How long the answer to a request may take, where others may take `answerMs`. */
export function answerMsOf({ method, url = '' }: IncomingMessage, answerMs: number): number {
	return method === 'POST' && takesFiles(pathOf(url)) ? LIMITS.uploadAnswerMs : answerMs;
}

/** The path of a request target, without its query string. */
export function pathOf(url: string): string {
	const query = url.indexOf('?');
	return query === -1 ? url : url.slice(0, query);
}
