import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CAST, PASSWORD } from '#lib/features/example/cast.ts';
import { ask, cookieOf, post } from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';
import { blankPostgres, testsRunOnPostgres } from '#tests/harness/emptyDatabase.ts';

/** `npm run halqa` as it is typed, against an app that runs: backed up, verified, restored, started again. */
let app: RunningApp;
let folder: string;
let cookie: string;
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'halqa-command-'));
	app = await startApp();
	cookie = await logIn(app);
});
afterAll(async () => {
	await app.stop();
	rmSync(folder, { recursive: true });
});

const { email } = CAST.coordinator;

async function logIn(where: RunningApp): Promise<string> {
	const answer = await post(where, '/login?/login', { email, password: PASSWORD });
	expect(answer.status).toBe(303);
	return cookieOf(answer)!;
}

interface Said {
	code: number | null;
	out: string;
	err: string;
}

function start(args: string[], env: NodeJS.ProcessEnv = {}) {
	return spawn(process.execPath, ['scripts/halqa.ts', ...args], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			PATH: process.env['PATH'],
			DATABASE_URL: app.databaseUrl,
			HALQA_DATA: app.dataFolder,
			HALQA_KEYS: app.keyRingFile,
			...env
		}
	});
}

async function halqa(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Said> {
	const child = start(args, env);
	const code = new Promise<number | null>((resolve) => child.once('close', resolve));
	const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
	return { code: await code, out, err };
}

it('a backup is sealed to a key, opened on another machine, and runs again for those who log in', async () => {
	const made = await halqa(['backup-key', '--to', join(folder, 'keys')]);
	const publicKey = /^HALQA_BACKUP_KEY=(\S+)\n$/m.exec(made.out)![1]!;
	const keyFile = join(folder, 'keys/halqa-backup-private-key.txt');
	mkdirSync(join(folder, 'to'));
	const backup = await halqa(['backup', '--to', join(folder, 'to')], {
		HALQA_BACKUP_KEY: publicKey
	});
	expect(backup).toMatchObject({ code: 0, err: '' });
	const path = backup.out.trimEnd().split('\n').at(-1)!;
	expect(path).toMatch(/\/to\/halqa-\d{8}T\d{6}Z\.backup$/);

	const away = { HALQA_DATA: join(folder, 'away'), HALQA_KEYS: join(folder, 'no-ring.json') };
	const closed = await halqa(['verify', path], away);
	expect(closed).toMatchObject({ code: 5, out: '' });
	expect(closed.err).toContain(`${publicKey}: name its file with --key. Its bytes are whole`);
	const verified = await halqa(['verify', path, '--key', keyFile], away);
	expect(verified).toMatchObject({ code: 0, err: expect.stringContaining('no key ring') });

	const blank = testsRunOnPostgres() ? await blankPostgres() : null;
	const databaseUrl = blank?.url ?? `sqlite:${join(folder, 'restored.db')}`;
	const target = ['--database', databaseUrl];
	const restored = await halqa(['restore', path, ...target, '--key', keyFile]);
	expect(restored).toMatchObject({ code: 0, err: '' });
	expect(await halqa(['restore', path, ...target, '--key', keyFile])).toMatchObject({ code: 7 });

	const again = await startApp({ databaseUrl, env: { HALQA_KEYS: app.keyRingFile } });
	try {
		expect((await ask(again, '/today', { cookie })).status).toBe(303);
		const page = await ask(again, '/today', { cookie: await logIn(again) });
		expect(page.status).toBe(200);
		expect(page.body).toContain(CAST.coordinator.name);
	} finally {
		await again.stop();
		await blank?.remove();
	}
	expect((await ask(app, '/today', { cookie })).status).toBe(200);
});

it('sealed with the ring it warns, and a signal ends it without a trace', async () => {
	const to = join(folder, 'stopped');
	mkdirSync(to);
	const before = readdirSync(app.dataFolder);
	const child = start(['backup', '--to', to]);
	const code = new Promise<number | null>((resolve) => child.once('close', resolve));
	child.stderr.once('data', (bytes: Buffer) => {
		expect(bytes.toString()).toMatch(/^Warning: sealed with the key ring/);
		child.kill('SIGTERM');
	});
	expect(await code).toBe(128 + 15);
	expect(readdirSync(to)).toEqual([]);
	expect(readdirSync(app.dataFolder).sort()).toEqual(before.sort());
});
