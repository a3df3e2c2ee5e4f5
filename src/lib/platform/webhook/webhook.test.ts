import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isWebhookUrl, postWebhook } from './webhook.ts';

interface Got {
	headers: IncomingMessage['headers'];
	body: string;
}

/** A gateway in this process; answers its address and what it was given. */
async function gateway(answer: (response: ServerResponse) => void) {
	const got: Got[] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (part: string) => (body += part));
		request.on('end', () => {
			got.push({ headers: request.headers, body });
			answer(response);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => void server.close());
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, got };
}

const letter = { key: 'k1', body: { kind: 'waits' } };

describe('a gateway', () => {
	it('is told once, with the key and the token', async () => {
		const { url, got } = await gateway((response) => response.end('thanks'));
		await postWebhook({ url, token: 'secret' }, letter);
		expect(got).toMatchObject([
			{
				headers: {
					...{ 'idempotency-key': 'k1', authorization: 'Bearer secret' },
					'content-type': 'application/json'
				},
				body: '{"kind":"waits"}'
			}
		]);
	});

	it('that refuses, leads elsewhere or is not there has not taken it, and its address is in no message', async () => {
		const refusing = await gateway((response) => response.writeHead(503).end());
		await expect(postWebhook({ ...refusing, token: null }, letter)).rejects.toThrow('HTTP 503');
		const elsewhere = await gateway((response) => response.end());
		const leading = await gateway((response) =>
			response.writeHead(307, { location: elsewhere.url }).end()
		);
		await expect(postWebhook({ ...leading, token: null }, letter)).rejects.toThrow('HTTP 307');
		expect(elsewhere.got).toEqual([]);
		const nowhere = { url: 'http://127.0.0.1:9/secret', token: null };
		await expect(postWebhook(nowhere, letter)).rejects.toThrow(/^(?!.*secret)/);
	});
});

it.each([
	['https://sms.example.org/halqa?x=1', true],
	['http://127.0.0.1:8080/', true],
	['http://sms.example.org/', false],
	['https://user:secret@sms.example.org/', false],
	['file:///etc/passwd', false],
	['nonsense', false]
])('takes %s for an address of one: %s', (url, isOne) => {
	expect(isWebhookUrl(url)).toBe(isOne);
});
