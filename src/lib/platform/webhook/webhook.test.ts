import { describe, expect, it } from 'vitest';
import { startGateway } from '#tests/harness/gateway.ts';
import { isWebhookUrl, postWebhook } from './webhook.ts';

const letter = { key: 'k1', body: { kind: 'waits' } };

describe('a gateway', () => {
	it('is told once, with the key and the token', async () => {
		const { url, got } = await startGateway((response) => void response.end('thanks'));
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
		const refusing = await startGateway((response) => void response.writeHead(503).end());
		await expect(postWebhook({ ...refusing, token: null }, letter)).rejects.toThrow('HTTP 503');
		const elsewhere = await startGateway();
		const leading = await startGateway((response) => {
			response.writeHead(307, { location: elsewhere.url }).end();
		});
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
