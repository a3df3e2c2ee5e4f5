import { connect, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { STRAY_REJECTION } from '../../src/server/drain.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

const LONG_NOTICE = { HALQA_EXAMPLE: '0', HALQA_DRAIN_SECONDS: '600' };
const NO_NOTICE = { HALQA_EXAMPLE: '0', HALQA_DRAIN_SECONDS: '0' };
const BODY = 'email=nobody%40example.org&password=not-a-password';

/** Begins a post and holds its body back; `finish` sends it and gives the answer. */
async function beginPost(app: RunningApp): Promise<{ finish(): Promise<string> }> {
	const { port, host } = new URL(app.origin);
	const socket = await open(Number(port));
	const answer = new Promise<string>((resolve) => {
		let said = '';
		socket.setEncoding('utf8').on('data', (text: string) => (said += text));
		socket.on('close', () => resolve(said));
	});
	const begun = new Promise<void>((resolve) => {
		socket.once('data', () => resolve()); // 100 Continue: the server is waiting for the body
	});
	socket.write(
		`POST /login?/login HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${app.origin}\r\nExpect: 100-continue\r\n` +
			`Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${BODY.length}\r\n\r\n`
	);
	await begun;
	return {
		finish() {
			socket.write(BODY);
			return answer;
		}
	};
}

function open(port: number): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const socket = connect(port, '127.0.0.1', () => resolve(socket)).on('error', reject);
	});
}

it('finishes a request already begun, takes no new ones and ends with 0', async () => {
	await using app = await startApp({ env: NO_NOTICE });
	const post = await beginPost(app);
	app.kill('SIGTERM');
	await expect.poll(() => open(Number(new URL(app.origin).port)).catch(() => null)).toBeNull();
	expect(await post.finish()).toMatch(/HTTP\/1\.1 (?!5)\d{3} (?!Continue)[^]+x-request-id/i);
	expect(await app.exited).toBe(0);
});

it('says that it is not ready while draining, and still answers', async () => {
	await using app = await startApp({ env: LONG_NOTICE });
	expect((await fetch(`${app.origin}/readyz`)).status).toBe(200);
	app.kill('SIGTERM');
	await expect.poll(async () => (await fetch(`${app.origin}/readyz`)).status).toBe(503);
	expect((await fetch(`${app.origin}/healthz`)).status).toBe(200);
	app.kill('SIGTERM');
	expect(await app.exited).toBe(1);
});

it('ends at once on a second signal, requests or not', async () => {
	await using app = await startApp({ env: NO_NOTICE });
	await beginPost(app);
	app.kill('SIGTERM');
	await expect.poll(() => app.output()).toContain('draining');
	app.kill('SIGTERM');
	expect(await app.exited).toBe(1);
});

it('goes on after a rejected promise that nobody waited for, and ends gently afterwards', async () => {
	const plant = `process.on('SIGUSR2', () => void Promise.reject(new Error('Planted')))`;
	await using app = await startApp({
		env: {
			...NO_NOTICE,
			NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(plant)}`
		}
	});
	for (const count of [1, 2]) {
		app.kill('SIGUSR2');
		await expect.poll(() => app.output().split(STRAY_REJECTION).length - 1).toBe(count);
	}
	expect(app.output()).toContain('Planted');
	expect((await fetch(`${app.origin}/readyz`)).status).toBe(200);
	const post = await beginPost(app);
	app.kill('SIGTERM');
	expect(await post.finish()).toMatch(/HTTP\/1\.1 (?!5)\d{3} (?!Continue)/);
	expect(await app.exited).toBe(0);
});
