import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../tests/harness/postgres.ts';
import { scratchInMemory } from '../tests/harness/memory.ts';
import { breachesIn } from './law.ts';
import { NOTHING, ofPlaywright, plus, type Count } from './counts.ts';
import {
	conclude,
	heading,
	inOrder,
	listenTo,
	ROOT,
	run,
	sideBySide,
	type Check
} from './parts.ts';
import { vitest } from './vitest.ts';

/** Every check of `npm test`; with --quick only what takes under a minute. */
const scratch = scratchInMemory();
process.once('exit', () => scratch?.remove());
process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));
if (scratch) process.env['TMPDIR'] = scratch.folder;

const MACHINE: Check = {
	title: 'browser and PostgreSQL',
	run: () => listenTo('node', 'tests/harness/provide.ts'),
	isPreparation: true
};

conclude(process.argv.includes('--quick') ? await quick() : await everything());

async function quick(): Promise<Count> {
	return inOrder([() => sources([]), unit]);
}

async function everything(): Promise<Count> {
	return inOrder([() => sources([MACHINE]), withDatabases, journeys]);
}

/** What is to be found out by reading. The longest go first, so that the short ones fill up. */
async function sources(more: Check[]): Promise<Count> {
	heading('sources');
	return sideBySide([
		{ title: 'types', run: types },
		{ title: 'lint', run: () => listenTo('eslint', '--max-warnings', '0', '.') },
		...more,
		{ title: 'format', run: () => listenTo('prettier', '--check', '--log-level', 'warn', '.') },
		{
			title: 'styles',
			run: () => listenTo('stylelint', 'src/**/*.{css,svelte}', '--allow-empty-input')
		},
		{ title: 'law of direction', run: law }
	]);
}

async function types() {
	const synced = await listenTo('svelte-kit', 'sync');
	return synced.ok ? listenTo('svelte-check', '--fail-on-warnings', '--output', 'human') : synced;
}

async function law() {
	const breaches = breachesIn(ROOT);
	return { ok: breaches.length === 0, said: breaches.join('\n') };
}

async function unit(): Promise<Count> {
	heading('unit tests');
	return vitest(['unit']);
}

/** Both databases side by side, so that one's waiting is the other's time. */
async function withDatabases(): Promise<Count> {
	heading('unit, database and server tests');
	const projects = ['unit', 'database-sqlite', 'server-sqlite'];
	const postgres = await startPostgres();
	if (!postgres) {
		console.error(
			'\n!!! SKIPPED: no PostgreSQL. Install it, or name one with DATABASE_URL_TEST.\n'
		);
		return plus(await vitest(projects), { ...NOTHING, skipped: 2 });
	}
	try {
		return await vitest([...projects, 'database-postgres', 'server-postgres'], {
			DATABASE_URL_TEST: postgres.url
		});
	} finally {
		await postgres.stop();
	}
}

async function journeys(): Promise<Count> {
	heading('journeys in a browser');
	const folder = mkdtempSync(join(tmpdir(), 'halqa-reports-'));
	const report = join(folder, 'journeys.json');
	const ok = await run('playwright', ['test', '--reporter=list,json'], {
		PLAYWRIGHT_JSON_OUTPUT_NAME: report
	});
	const found = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
	rmSync(folder, { recursive: true });
	return ofPlaywright(found, ok);
}
