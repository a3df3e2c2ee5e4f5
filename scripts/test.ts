import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../tests/harness/postgres.ts';
import { breachesIn } from './law.ts';
import { NOTHING, ofOne, ofPlaywright, ofVitest, plus, type Count } from './counts.ts';

/**
 * Every check in order, each streaming its output; the last line says `N passed, N failed`. With
 * --quick only what takes under a minute. With CI=true what was skipped counts as failed.
 */
const ROOT = join(import.meta.dirname, '..');
const CI = process.env['CI'] === 'true';
const reports = mkdtempSync(join(tmpdir(), 'halqa-reports-'));

const total = process.argv.includes('--quick') ? await quick() : await everything();
rmSync(reports, { recursive: true, force: true });
const failed = total.failed + (CI ? total.skipped : 0);
if (total.skipped > 0) console.log(`\n${total.skipped} skipped${CI ? ', counted as failed' : ''}`);
console.log(`\n${total.passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function quick(): Promise<Count> {
	return inOrder([
		() => tool('format', 'prettier', '--check', '--log-level', 'warn', '.'),
		() => tool('lint', 'eslint', '--max-warnings', '0', '.'),
		() => tool('styles', 'stylelint', 'src/**/*.{css,svelte}', '--allow-empty-input'),
		law,
		types,
		() => vitest('unit')
	]);
}

async function everything(): Promise<Count> {
	return inOrder([
		quick,
		() => vitest('database', 'on SQLite'),
		() => vitest('server', 'on SQLite'),
		onPostgres,
		journeys
	]);
}

async function inOrder(parts: (() => Promise<Count>)[]): Promise<Count> {
	let count = NOTHING;
	for (const part of parts) count = plus(count, await part());
	return count;
}

async function law(): Promise<Count> {
	heading('law of direction');
	const breaches = breachesIn(ROOT);
	for (const breach of breaches) console.error(breach);
	return ofOne(breaches.length === 0);
}

async function types(): Promise<Count> {
	heading('types');
	const synced = await run('svelte-kit', ['sync']);
	return ofOne(synced && (await run('svelte-check', ['--fail-on-warnings', '--output', 'human'])));
}

async function onPostgres(): Promise<Count> {
	const postgres = await startPostgres();
	if (!postgres) {
		console.error(
			'\n!!! SKIPPED: no PostgreSQL. Install it, or name one with DATABASE_URL_TEST.\n'
		);
		return { ...NOTHING, skipped: 2 };
	}
	const env = { HALQA_TEST_DATABASE: 'postgres', DATABASE_URL_TEST: postgres.url };
	try {
		return await inOrder([
			() => vitest('database', 'on PostgreSQL', env),
			() => vitest('server', 'on PostgreSQL', env)
		]);
	} finally {
		await postgres.stop();
	}
}

async function journeys(): Promise<Count> {
	heading('journeys in a browser');
	const report = join(reports, 'journeys.json');
	const ok = await run('playwright', ['test', '--reporter=list,json'], {
		PLAYWRIGHT_JSON_OUTPUT_NAME: report
	});
	return ofPlaywright(read(report), ok);
}

async function vitest(project: string, on = '', env: NodeJS.ProcessEnv = {}): Promise<Count> {
	heading(`${project} tests ${on}`);
	const report = join(reports, `${readdirSync(reports).length}.json`);
	const args = ['run', '--project', project, '--reporter=default', '--reporter=json'];
	const ok = await run('vitest', [...args, `--outputFile.json=${report}`], env);
	return ofVitest(read(report), ok);
}

async function tool(title: string, command: string, ...args: string[]): Promise<Count> {
	heading(title);
	return ofOne(await run(command, args));
}

/** Runs an installed tool with its output on ours; true when it ends well. */
function run(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<boolean> {
	const path = join(ROOT, 'node_modules/.bin', command);
	const child = spawn(process.platform === 'win32' ? `${path}.cmd` : path, args, {
		cwd: ROOT,
		stdio: ['ignore', 'inherit', 'inherit'],
		shell: process.platform === 'win32',
		env: { ...process.env, ...env }
	});
	return new Promise((resolve) => {
		child.once('error', () => resolve(false));
		child.once('close', (code) => resolve(code === 0));
	});
}

function read(report: string): unknown {
	return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
}

function heading(title: string): void {
	console.log(`\n— ${title.trim()}`);
}
