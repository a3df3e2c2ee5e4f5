import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blankPostgres, testsRunOnPostgres } from './emptyDatabase.ts';

const ROOT = join(import.meta.dirname, '../..');
const START_MS = 60_000;
/** What one app has compiled the next need not: a quarter of what a start costs. */
const COMPILED = join(tmpdir(), 'halqa-compiled');

/** When apps of tests start, unless HALQA_NOW says otherwise: a Monday morning in Beirut, far from midnight. */
const NOW = '2026-05-04T08:00:00Z';

export interface RunningApp {
	origin: string;
	pid: number;
	/** What its clock stood at when it started, in UTC milliseconds. */
	startedAt: number;
	/** What its clock stands at, in UTC milliseconds; a little less, never more. */
	now(): number;
	databaseUrl: string;
	dataFolder: string;
	keyRingFile: string;
	/** Everything it has printed so far, on both streams. */
	output(): string;
	/** Resolves with the exit code once the process is gone; null when a signal ended it. */
	exited: Promise<number | null>;
	kill(signal: NodeJS.Signals): void;
	/** Ends it, waits for that, and removes its files; gives the exit code. */
	stop(): Promise<number | null>;
	/** `await using app = await startApp()` stops it when the block ends, however it ends. */
	[Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts the built app as its own process on a free port, with its own data folder and key ring, and
 * resolves once it says that it listens. Rejects with its output when it ends before.
 * Without `databaseUrl` it gets a database of the kind the tests run on, without `dataFolder` a folder of its own.
 */
export async function startApp(
	options: { env?: NodeJS.ProcessEnv; databaseUrl?: string; dataFolder?: string } = {}
): Promise<RunningApp> {
	const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'halqa-app-'));
	const keyRingFile = join(dataFolder, 'keys/ring.json');
	const own = !options.databaseUrl && testsRunOnPostgres() ? await blankPostgres() : null;
	const databaseUrl = options.databaseUrl ?? own?.url ?? `sqlite:${join(dataFolder, 'halqa.db')}`;
	const env = { HALQA_NOW: NOW, ...options.env };
	const child = spawn(process.execPath, ['src/server/start.ts'], {
		cwd: ROOT,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			PATH: process.env['PATH'],
			NODE_COMPILE_CACHE: COMPILED,
			HOST: '127.0.0.1',
			PORT: '0',
			DATABASE_URL: databaseUrl,
			HALQA_DATA: dataFolder,
			HALQA_KEYS: keyRingFile,
			HALQA_DRAIN_SECONDS: '0',
			...env
		}
	});
	let said = '';
	const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
	const stop = async () => {
		child.kill('SIGTERM');
		const code = await exited;
		await own?.remove();
		if (!options.dataFolder) rmSync(dataFolder, { recursive: true, force: true });
		return code;
	};
	let timer: NodeJS.Timeout | undefined;
	const origin = await new Promise<string>((resolve, reject) => {
		timer = setTimeout(() => reject(new Error(`No answer from the app: ${said}`)), START_MS);
		for (const stream of [child.stdout, child.stderr])
			stream.setEncoding('utf8').on('data', (text: string) => {
				said += text;
				const line = /listening on (\S+)\n/.exec(said);
				if (line?.[1]) resolve(line[1]);
			});
		void exited.then((code) => reject(new Error(`The app ended with ${code}: ${said}`)));
	})
		.catch(async (error) => {
			await stop();
			throw error;
		})
		.finally(() => clearTimeout(timer));
	const startedAt = Date.parse(env.HALQA_NOW);
	const listeningSince = performance.now();
	return {
		origin,
		pid: child.pid ?? 0,
		startedAt,
		now: () => Math.floor(startedAt + performance.now() - listeningSince),
		databaseUrl,
		dataFolder,
		keyRingFile,
		output: () => said,
		exited,
		kill: (signal) => void child.kill(signal),
		stop,
		[Symbol.asyncDispose]: async () => void (await stop())
	};
}
