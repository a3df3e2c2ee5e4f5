import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../tests/harness/postgres.ts';
import { breachesIn } from './law.ts';
import { NOTHING, ofOne, ofPlaywright, ofVitest, type Count } from './counts.ts';
import { conclude, heading, inOrder, ROOT, run } from './parts.ts';

/** Every check of `npm test`; with --quick only what takes under a minute. */
const reports = mkdtempSync(join(tmpdir(), 'halqa-reports-'));

const total = process.argv.includes('--quick') ? await quick() : await everything();
rmSync(reports, { recursive: true, force: true });
conclude(total);

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

function read(report: string): unknown {
	return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
}
