import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Server } from 'node:http';
import { backstage, type Backstage } from '#tests/access/visiting.ts';
import { attack } from '#tests/fuzz/attack.ts';
import { exchangeOf, type Target } from '#tests/fuzz/requests.ts';
import { wholeApp } from '#tests/fuzz/target.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';
import { createSite, listen, type Handler } from '../../src/server/listen.ts';

/** `npm run bench -- fuzz --seed N` sends more, and the same again. */
const SEED = 9;
const REQUESTS = 3000;

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
