import { randomUUID } from 'node:crypto';
import { createServer, STATUS_CODES } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { constants } from 'node:zlib';
import compression from 'compression';
import { TOO_LARGE_HEADER } from '../lib/platform/forms/sizes.ts';
import { inBackground, log } from '../lib/platform/log/log.ts';
import { boundConnections } from './connections.ts';
import { answerWithin } from './deadline.ts';
import { keepFor, securityHeaders, setHeaders } from './headers.ts';
import { announcesTooMuch, answerMsOf, LIMITS, pathOf, refuse, type Refusal } from './limits.ts';
import { logRequest } from './requests.ts';
import { letRestArrive, takeBodyAway } from './unwanted.ts';

export type Handler = (
	request: IncomingMessage,
	response: ServerResponse,
	next: () => void
) => unknown;

export interface Site {
	/** Scheme and host people type. */
	origin: string;
	/** Paths served from files, which may be kept by browsers. */
	files: Set<string>;
	/** Path segments that may be logged as they are. */
	words: Set<string>;
	/** How long an answer may take, in milliseconds. */
	answerMs: number;
	/** How many connections one network address may hold open; `Infinity` where a proxy brings everybody's. */
	connectionsPerClient: number;
	/** True from the first signal to stop: `/readyz` says so, and connections are not kept. */
	draining: boolean;
}

/** A step above the default: a child's pages are 300 bytes smaller on a slow line. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
const compress = compression({ brotli: BROTLI }) as unknown as Handler;

/**
 * The thin server around the app: headers, host, limits and compression for every response, those the
 * app never sees included.
 */
export function createSite(site: Site, handler: Handler): Server {
	const server = createServer(
		{
			maxHeaderSize: LIMITS.headerBytes,
			headersTimeout: LIMITS.headersMs,
			requestTimeout: LIMITS.requestMs,
			keepAliveTimeout: LIMITS.keepAliveMs,
			connectionsCheckingInterval: 2000,
			requireHostHeader: false // the host check answers, with headers
		},
		(request, response) => inBackground('answering', () => answer(site, handler, request, response))
	);
	boundConnections(server, { perClient: site.connectionsPerClient, overall: LIMITS.connections });
	server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
		begin(site, request, response, randomUUID());
		sendRefusal(response, { status: 417 });
	});
	server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
		refuseUnreadable(site, error, socket)
	);
	return server;
}

/** Listens; gives the port, which the system chose when 0 was asked for. Fails when the port is taken. */
export async function listen(server: Server, port: number, host: string): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen({ port, host }, () => {
			server.off('error', reject);
			server.on('error', (err) => log.error({ err }, 'a connection could not be taken'));
			resolve();
		});
	});
	return (server.address() as AddressInfo).port;
}

/** Never rejects: whatever goes wrong with a request is that request's affair alone. */
async function answer(
	site: Site,
	handler: Handler,
	request: IncomingMessage,
	response: ServerResponse
): Promise<void> {
	const id = randomUUID();
	try {
		begin(site, request, response, id);
		if (mayGoOn(site, request, response)) await askApp(handler, request, response);
	} catch (error) {
		log.error({ id, err: error }, 'request failed');
		sayFailed(site, response, id);
	}
}

/** False when it was answered already. */
function mayGoOn(site: Site, request: IncomingMessage, response: ServerResponse): boolean {
	const refusal = refuse(request, site.origin);
	const unready = site.draining && pathOf(request.url ?? '') === '/readyz';
	if (refusal || unready) {
		sendRefusal(response, refusal ?? { status: 503 });
		return false;
	}
	if (site.draining) response.setHeader('Connection', 'close');
	if (announcesTooMuch(request)) takeBodyAway(request);
	letRestArrive(request, response, LIMITS.unwantedMs);
	return true;
}

/** Resolves once the app has begun its answer, as far as it says so; rejects with whatever it throws. */
function askApp(
	handler: Handler,
	request: IncomingMessage,
	response: ServerResponse
): Promise<void> {
	response.on('pipe', (file) => file.once('error', (error) => response.destroy(error)));
	return new Promise((resolve, reject) => {
		const ask = async () =>
			void (await handler(request, response, () => sendRefusal(response, { status: 404 })));
		compress(request, response, () => {
			ask().then(resolve, reject);
		});
	});
}

function begin(site: Site, request: IncomingMessage, response: ServerResponse, id: string): void {
	request.headers['x-request-id'] = id; // the app logs its errors under the same id
	delete request.headers[TOO_LARGE_HEADER];
	delete request.headers.range; // files are small and sent whole, whatever part of them is asked for
	const keep = keepFor(pathOf(request.url ?? ''), site.files);
	logRequest(request, response, { id, words: site.words, isStatic: keep !== 'no-store' });
	setHeaders(response, securityHeaders(site.origin), keep);
	response.setHeader('X-Request-Id', id);
	answerWithin(response, answerMsOf(request, site.answerMs));
}

/** 500 in plain text, with nothing of what the app had begun to say; an answer half sent is cut. */
function sayFailed(site: Site, response: ServerResponse, id: string): void {
	if (response.writableEnded) return;
	if (response.headersSent) return void response.destroy();
	for (const name of response.getHeaderNames()) response.removeHeader(name);
	setHeaders(response, securityHeaders(site.origin), 'no-store');
	response.setHeader('X-Request-Id', id);
	sendRefusal(response, { status: 500 });
}

/** Says no in plain text. The connection ends with it, since a body may still be on its way. */
function sendRefusal(response: ServerResponse, { status, headers }: Refusal): void {
	response.setHeader('Cache-Control', 'no-store');
	response.writeHead(status, {
		...headers,
		Connection: 'close',
		'Content-Type': 'text/plain; charset=utf-8'
	});
	response.end(`${status} ${STATUS_CODES[status]}\n`);
}

/** What node could not read as a request never reaches `answer`; it gets the same headers. */
function refuseUnreadable(site: Site, error: NodeJS.ErrnoException, socket: Duplex): void {
	if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
	const status =
		error.code === 'HPE_HEADER_OVERFLOW'
			? 431
			: error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
				? 408
				: 400;
	const headers = { ...securityHeaders(site.origin), Connection: 'close', 'Content-Length': '0' };
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
	socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`);
}
