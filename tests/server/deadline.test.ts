import { afterEach, describe, expect, it } from 'vitest';
import type { Server } from 'node:http';
import { createSite, listen, type Handler } from '../../src/server/listen.ts';

let server: Server;
afterEach(() => server.close());

async function serve(handler: Handler): Promise<string> {
	const site = { origin: '', files: new Set<string>(), words: new Set<string>() };
	const timed = { ...site, answerMs: 50, connectionsPerClient: 50, draining: false };
	server = createSite(timed, handler);
	const port = await listen(server, 0, '127.0.0.1');
	timed.origin = `http://127.0.0.1:${port}`;
	return timed.origin;
}

describe('the deadline for an answer', () => {
	it('answers 503 with the headers of every response, and ignores what comes after', async () => {
		const late = Promise.withResolvers<void>();
		const origin = await serve(async (_, response) => {
			await new Promise((resolve) => response.once('close', resolve));
			response.setHeader('Late', 'yes');
			response.writeHead(200);
			response.end('late');
			late.resolve();
		});
		const answer = await fetch(origin);
		expect(answer.status).toBe(503);
		expect(answer.headers.get('x-frame-options')).toBe('DENY');
		await late.promise;
	});

	it('cuts an answer that never ends', async () => {
		const origin = await serve((_, response) => {
			response.writeHead(200, { 'Content-Type': 'image/png' });
			response.write('begun');
		});
		const answer = await fetch(origin);
		await expect(answer.text()).rejects.toThrow();
	});
});
