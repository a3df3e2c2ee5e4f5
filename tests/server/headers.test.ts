import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

let app: RunningApp;
beforeAll(async () => {
	app = await startApp({ env: { HALQA_EXAMPLE: '0' } });
});
afterAll(() => app.stop());

const EVERYWHERE = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'x-frame-options': 'DENY'
};

type Answer = { status: number; headers: Record<string, unknown>; body: string };

/** Asks without a client that follows redirects, adds headers or refuses methods. */
function ask(path: string, options: { method?: string; headers?: Record<string, string> } = {}) {
	return new Promise<Answer>((resolve, reject) => {
		const asked = request(app.origin + path, { agent: false, ...options }, (answer) => {
			let body = '';
			answer.setEncoding('utf8').on('data', (text: string) => (body += text));
			answer.on('end', () =>
				resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body })
			);
		});
		asked.on('error', reject).end();
	});
}

/** Sends bytes as they are and gives the whole answer as text, header names in lower case. */
function send(bytes: string): Promise<string> {
	const { port } = new URL(app.origin);
	return new Promise((resolve, reject) => {
		let said = '';
		const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes, 'latin1'));
		socket.setEncoding('utf8').on('data', (text: string) => (said += text));
		socket.on('close', () => resolve(said.toLowerCase())).on('error', reject);
	});
}

describe('every response carries the security headers', () => {
	it.each([
		['a route', '/healthz', {}, 200],
		['a page', '/login', {}, 200],
		['a static file', '/icon.svg', {}, 200],
		['an unknown address', '/nothing-here', {}, 404],
		['another method', '/healthz', { method: 'DELETE' }, 405],
		[
			'a body that is too large',
			'/login',
			{ method: 'POST', headers: { 'content-length': '524289' } },
			413
		],
		['an address that is too long', `/${'a'.repeat(2048)}`, {}, 414],
		['another host', '/login', { headers: { host: 'elsewhere.example' } }, 308],
		[
			'a post to another host',
			'/login',
			{ method: 'POST', headers: { host: 'elsewhere.example' } },
			421
		],
		['an expectation', '/healthz', { headers: { expect: 'tea' } }, 417]
	])('on %s', async (_, path, options, status) => {
		const answer = await ask(path, options);
		expect(answer.status).toBe(status);
		expect(answer.headers).toMatchObject(EVERYWHERE);
		expect(answer.headers['content-security-policy']).toMatch(
			/default-src 'none'.*frame-ancestors 'none'/
		);
		expect(answer.headers['permissions-policy']).toContain('geolocation=()');
	});

	it.each([
		['what is not HTTP', 'tea please\r\n\r\n', '400'],
		[
			'headers that are too large',
			`GET / HTTP/1.1\r\nCookie: ${'a'.repeat(17_000)}\r\n\r\n`,
			'431'
		],
		['a request without host', 'GET /login HTTP/1.1\r\nConnection: close\r\n\r\n', '308']
	])('on %s', async (_, bytes, status) => {
		const answer = await send(bytes);
		expect(answer).toMatch(new RegExp(`^http/1.1 ${status} `));
		for (const [name, value] of Object.entries(EVERYWHERE))
			expect(answer).toContain(`${name}: ${value.toLowerCase()}`);
	});

	it('and no other header tells what serves it', async () => {
		expect((await ask('/login')).headers).not.toHaveProperty('x-powered-by');
	});
});

describe('the host', () => {
	it('is put right by sending reads to the origin, with path and question', async () => {
		const { headers } = await ask('/login?lang=ar', { headers: { host: 'elsewhere.example' } });
		expect(headers['location']).toBe(`${app.origin}/login?lang=ar`);
	});

	it.each(['/healthz', '/readyz'])('does not matter to %s', async (path) => {
		expect((await ask(path, { headers: { host: '10.0.0.7' } })).status).toBe(200);
	});

	it('cannot be swapped by an absolute address in the request line', async () => {
		const answer = await send('GET http://elsewhere.example/ HTTP/1.1\r\nHost: x\r\n\r\n');
		expect(answer).toMatch(/^http\/1.1 400 /);
		expect(answer).not.toContain('location:');
	});
});

describe('an address that is no text', () => {
	it.each(['/%ff%00', '/%ff?%00', '/login?lang=%ff', '/people/%2500', '/50%'])(
		'%s is refused before the app sees it',
		async (path) => {
			const answer = await send(
				`GET ${path} HTTP/1.1\r\nHost: ${new URL(app.origin).host}\r\n\r\n`
			);
			expect(answer).toMatch(/^http\/1.1 400 [^]*x-request-id[^]*400 bad request\n/);
		}
	);

	it('of bytes that are no ASCII is refused before the app sees it, or already as a request', async () => {
		const { host } = new URL(app.origin);
		expect(await send(`GET /\xff HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).toMatch(/^http\/1.1 400 /);
	});

	it('hidden in a header of the framework is refused as well', async () => {
		const headers = { 'x-sveltekit-pathname': '/%ff', 'x-sveltekit-search': '?%00' };
		expect((await ask('/_app/remote/a/b', { headers })).status).toBe(404);
		expect((await ask('/healthz')).status).toBe(200);
	});
});

it('gives a file whole, whatever part of it is asked for', async () => {
	const { status, headers } = await ask('/icon.svg', { headers: { range: 'bytes=5-2' } });
	expect(status).toBe(200);
	expect(headers).not.toHaveProperty('content-range');
});

describe('what browsers keep', () => {
	it('is no page', async () => {
		for (const path of ['/login', '/nothing-here'])
			expect((await ask(path)).headers['cache-control']).toContain('no-store');
	});

	it('is a static file, asked about before use', async () => {
		expect((await ask('/icon.svg')).headers['cache-control']).toBe('no-cache');
	});

	it('is a file with a hash in its name, for ever', async () => {
		const page = await ask('/login');
		const hashed = /_app\/immutable\/[\w./-]+/.exec(page.body)?.[0];
		expect(hashed).toBeDefined();
		expect((await ask(`/${hashed}`)).headers['cache-control']).toContain('immutable');
	});
});

it('compresses pages', async () => {
	const { headers } = await ask('/login', { headers: { 'accept-encoding': 'gzip' } });
	expect(headers['content-encoding']).toBe('gzip');
	expect(headers['vary']).toMatch(/accept-encoding/i);
});

it('says which methods it knows', async () => {
	expect((await ask('/login', { method: 'PUT' })).headers['allow']).toBe(
		'GET, HEAD, POST, OPTIONS'
	);
});

it('logs each request without its question, its code or its reader', async () => {
	const secret = `Amal-${crypto.randomUUID()}`;
	await ask(`/${secret}?name=${secret}`, { headers: { cookie: secret, 'user-agent': secret } });
	const { headers } = await ask('/healthz');
	await expect.poll(() => app.output()).toContain(String(headers['x-request-id']));
	expect(app.output()).toContain('"path":"/:id","status":404');
	expect(app.output()).not.toContain(secret);
	expect(app.output()).not.toContain('127.0.0.1');
});
