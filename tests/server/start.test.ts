import { existsSync, rmSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startApp } from '#tests/harness/app.ts';

const EMPTY = { HALQA_EXAMPLE: '0' };

it.each([
	[{ PORT: 'three' }, 'PORT'],
	[{ ORIGIN: 'ftp://x' }, 'ORIGIN'],
	[{ HALQA_DRAIN_SECONDS: 'soon' }, 'HALQA_DRAIN_SECONDS'],
	[{ HALQA_LOG: 'loud' }, 'HALQA_LOG'],
	[{ NODE_ENV: 'production', HALQA_EXAMPLE: '1' }, 'HALQA_EXAMPLE']
])('stops with one line on a bad setting: %o', async (env, name) => {
	const failure = await startApp({ env }).catch((error: Error) => error.message);
	expect(failure).toMatch(
		new RegExp(`^The app ended with 1: Halqa cannot start\\. ${name}: .+\\n$`)
	);
});

it('makes a key ring only its owner can read, and only while nobody has an account', async () => {
	await using app = await startApp();
	expect(statSync(app.keyRingFile).mode & 0o777).toBe(0o600);
	app.kill('SIGTERM');
	await app.exited;
	rmSync(app.keyRingFile);
	const again = { HALQA_KEYS: app.keyRingFile };
	const failure = startApp({ databaseUrl: app.databaseUrl, env: again });
	await expect(failure).rejects.toThrow(/key ring .+ is missing/);
	expect(existsSync(app.keyRingFile)).toBe(false);
});

it('prints the example accounts with example data, and not without', async () => {
	await using example = await startApp();
	expect(example.output()).toMatch(/example data[^]+facilitator@example\.org[^]+password/);
	await using empty = await startApp({ env: EMPTY });
	expect(empty.output()).not.toContain('@example.org');
});

it('prints a link to an organisation of one’s own, a new one with every start, and never logs it', async () => {
	await using app = await startApp({ env: EMPTY });
	const [address, token] = /http:\S+\/setup\/([\w-]{43})/.exec(app.output())!;
	expect((await fetch(address)).status).toBe(200);
	app.kill('SIGTERM');
	await app.exited;
	expect(app.output().split(token!)).toHaveLength(2);
	const env = { ...EMPTY, HALQA_KEYS: app.keyRingFile };
	await using again = await startApp({ databaseUrl: app.databaseUrl, env });
	expect(again.output()).toMatch(/\/setup\/[\w-]{43}/);
	expect((await fetch(`${again.origin}/setup/${token}`)).status).toBe(404);
});

it('logs requests, unless the level asked for is above them', async () => {
	for (const [HALQA_LOG, requests] of [
		['info', 1],
		['warn', 0]
	] as const) {
		const app = await startApp({ env: { ...EMPTY, HALQA_LOG } });
		expect((await fetch(`${app.origin}/healthz`)).status).toBe(200);
		await app.stop();
		expect(app.output().split('"path":"/healthz"')).toHaveLength(requests + 1);
	}
});

it('says no to a port that is taken, in one line', async () => {
	await using app = await startApp({ env: EMPTY });
	const taken = startApp({ env: { ...EMPTY, PORT: new URL(app.origin).port } });
	await expect(taken).rejects.toThrow(/Halqa cannot start\. .*EADDRINUSE/);
});
