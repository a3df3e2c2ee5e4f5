import { describe, expect, it } from 'vitest';
import { serveSite } from '#tests/harness/site.ts';

const SOON = { answerMs: 50 };

describe('the deadline for an answer', () => {
	it('answers 503 with the headers of every response, and ignores what comes after', async () => {
		const late = Promise.withResolvers<void>();
		await using site = await serveSite(async (_, response) => {
			await new Promise((resolve) => response.once('close', resolve));
			response.setHeader('Late', 'yes');
			response.writeHead(200);
			response.end('late');
			late.resolve();
		}, SOON);
		const answer = await fetch(site.origin);
		expect(answer.status).toBe(503);
		expect(answer.headers.get('x-frame-options')).toBe('DENY');
		await late.promise;
	});

	it('cuts an answer that never ends', async () => {
		await using site = await serveSite((_, response) => {
			response.writeHead(200, { 'Content-Type': 'image/png' });
			response.write('begun');
		}, SOON);
		const answer = await fetch(site.origin);
		await expect(answer.text()).rejects.toThrow();
	});
});
