import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { describeError } from '#lib/platform/log/errors.ts';
import { log } from '#lib/platform/log/log.ts';
import { serveSite } from '#tests/harness/site.ts';
import type { Handler } from '../../src/server/listen.ts';

const broken = new TypeError('planted', { cause: new RangeError('the cause') });
const PLANTED: [string, Handler, object][] = [
	[
		'throws',
		() => {
			throw broken;
		},
		{ error: 'TypeError', message: 'planted' }
	],
	[
		'rejects',
		async () => {
			throw broken;
		},
		{ cause: expect.objectContaining({ error: 'RangeError' }) }
	],
	[
		'rejects later',
		async () => {
			await null;
			throw broken;
		},
		{ at: expect.anything() }
	],
	[
		'rejects with no error',
		() => Promise.reject({ status: 404 }),
		{ error: 'thrown Object', code: '404' }
	],
	['rejects with nothing', () => Promise.reject(undefined), { error: 'thrown undefined' }],
	[
		'has begun to say something else',
		(_, response) => {
			response.setHeader('Content-Length', '7');
			response.setHeader('Set-Cookie', 'a=b');
			throw broken;
		},
		{ error: 'TypeError' }
	]
];

describe('an app that fails at a request', () => {
	it.each(PLANTED)(
		'and %s: 500 in plain text, the whole story in the log',
		async (_, handler, err) => {
			const lines = vi.spyOn(log, 'error').mockImplementation(() => undefined);
			await using site = await serveSite(handler);
			const answer = await fetch(site.origin);
			expect(answer.status).toBe(500);
			expect(await answer.text()).toBe('500 Internal Server Error\n');
			expect(answer.headers.get('set-cookie')).toBeNull();
			expect(answer.headers.get('x-frame-options')).toBe('DENY');
			const [line] = lines.mock.calls[0]! as unknown as [{ id: string; err: unknown }];
			expect(line.id).toBe(answer.headers.get('x-request-id'));
			expect(describeError(line.err)).toMatchObject(err);
		}
	);

	it('in the middle of its answer is cut, and others are answered', async () => {
		vi.spyOn(log, 'error').mockImplementation(() => undefined);
		await using site = await serveSite(async ({ url }, response) => {
			response.writeHead(200, { 'Content-Type': 'image/png' });
			response.write('begun');
			if (url === '/broken') throw broken;
			response.end();
		});
		await expect(fetch(`${site.origin}/broken`).then((answer) => answer.text())).rejects.toThrow();
		expect(await (await fetch(site.origin)).text()).toBe('begun');
	});

	it('because a file is gone is cut, and others are answered', async () => {
		await using site = await serveSite(({ url }, response) => {
			if (url === '/') return response.end('there');
			createReadStream(join(import.meta.dirname, 'gone')).pipe(response);
		});
		await expect(fetch(`${site.origin}/gone`)).rejects.toThrow();
		expect(await (await fetch(site.origin)).text()).toBe('there');
	});
});
