import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { backstage, type Backstage } from '#tests/access/visiting.ts';
import { attack } from '#tests/fuzz/attack.ts';
import type { Target } from '#tests/fuzz/requests.ts';
import { wholeApp } from '#tests/fuzz/target.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';
import { log } from '#lib/platform/log/log.ts';
import { serveSite } from '#tests/harness/site.ts';

/** `npm run bench -- fuzz --seed N` sends more, and the same again. */
const SEED = 9;
const REQUESTS = 2000;

describe('raw requests of nobody and of every role', () => {
	let app: RunningApp;
	let stage: Backstage;
	beforeAll(async () => {
		app = await startApp({ env: { TRUST_PROXY: '1' } });
		stage = backstage(app);
	});
	afterAll(async () => {
		await stage.close();
		await app.stop();
	});

	it('are never answered 5xx, tell nothing of the inside and end nothing', async () => {
		const target = await wholeApp(app.origin, stage);
		const { faults, statuses } = await attack({ target, seed: SEED, count: REQUESTS });
		expect(faults).toEqual([]);
		for (const status of ['200', '303', '308', '400', '403', '404', '405', '422'])
			expect(statuses.get(status), status).toBeGreaterThan(0);
		expect((await fetch(`${app.origin}/healthz`)).status).toBe(200);
		expect(app.output()).not.toMatch(/request failed|uncaught error|nobody waited for/);
	});
});

describe('the detector', () => {
	const target: Omit<Target, 'origin'> = {
		routes: [
			{ path: '/calendar', actions: [] },
			{ path: '/settings', actions: ['save'] }
		],
		...{ paths: ['/icon.svg'], fields: ['name'], ids: ['1'], cookies: ['a=b'] }
	};

	it.each([
		['a rejected promise', 'answered 500', () => Promise.reject(new Error('planted'))],
		['a stack trace', 'a stack trace', () => new Error('planted').stack],
		[
			'words of a database',
			'words of a database',
			() => 'select "id" from "person"; insert into "x"'
		]
	])('finds %s planted for one kind of address, and again by its number', async (_, why, plant) => {
		vi.spyOn(log, 'error').mockImplementation(() => undefined);
		await using site = await serveSite(async ({ url, method }, response) => {
			const isPlanted = method === 'POST' && url?.startsWith('/settings?/save');
			response.end(isPlanted ? await plant() : 'fine');
		});
		const own = { ...target, origin: site.origin };
		const { faults } = await attack({ target: own, seed: SEED, count: 100 });
		expect(faults.length).toBeGreaterThan(0);
		expect(new Set(faults.map((fault) => fault.why))).toEqual(new Set([why]));
		const { at } = faults[0]!;
		const again = await attack({ target: own, seed: SEED, count: 1, from: at });
		expect(again.faults.map((fault) => fault.at)).toEqual([at]);
	});

	it('finds a process that is gone', async () => {
		const site = await serveSite(() => undefined);
		await site[Symbol.asyncDispose]();
		const { faults } = await attack({
			target: { ...target, origin: site.origin },
			...{ seed: SEED, count: 3 }
		});
		expect(faults.map(({ why }) => why)).toContain('refused to connect');
	});
});
