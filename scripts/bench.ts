import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startApp } from '../tests/harness/app.ts';
import { EXAMPLE_SIZES } from '../src/lib/features/example/example.server.ts';
import { loadKeyRing, type KeyRing } from '../src/lib/platform/crypto/keyring.ts';
import { openDatabase, type Db } from '../src/lib/platform/db/open.ts';
import { besideLines, measureBeside } from './bench/beside.ts';
import { childrenLines, measureChildren } from './bench/children.ts';
import { besideEmpty, measureEmpty } from './bench/empty.ts';
import { measureCommands } from './bench/commands.ts';
import { copyExample, fillExample, NOW } from './bench/example.ts';
import { measureAttack } from './bench/fuzz.ts';
import { measureImports } from './bench/imports.ts';
import { measurePages } from './bench/pages.ts';
import { measureSheets } from './bench/sheets.ts';
import { table } from './bench/table.ts';

/**
 * How long pages and commands take on embedded SQLite, as ratios to a baseline of the same run:
 * `npm run bench -- [--size country|small] [--rounds N]`, of imports alone `npm run bench -- imports`. What others wait while twenty ask for a heavy page:
 * `npm run bench -- beside [--size country|small] [--seconds N]`. What an attack of raw requests, files and large
 * posts makes the process grow by: `npm run bench -- fuzz [--requests N] [--seed N] [--from N]`. How many children are
 * served in a second: `npm run bench -- children [--size country|small] [--seconds N] [--database URL]`, an empty
 * PostgreSQL database if one is given. What the figures mean: docs/measurements.md.
 */
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		seconds: { type: 'string', default: '15' },
		size: { type: 'string', default: 'country' },
		rounds: { type: 'string', default: '20' },
		requests: { type: 'string', default: '50000' },
		seed: { type: 'string', default: '9' },
		from: { type: 'string' },
		database: { type: 'string' }
	}
});
if (positionals[0] === 'fuzz') {
	await printAttack();
	process.exit();
}
const size = EXAMPLE_SIZES.find((known) => known === values.size);
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const kind = positionals[0];
if (!size) throw new Error(`--size: there are ${EXAMPLE_SIZES.join(', ')}`);
if (!(rounds >= 3 && rounds <= 100)) throw new Error('--rounds: a number from 3 to 100');
if (!(seconds >= 1 && seconds <= 100)) throw new Error('--seconds: a number from 1 to 100');

if (!kind) await benchSheets();
const folder = mkdtempSync(join(tmpdir(), 'halqa-bench-'));
try {
	const { url, keyRingFile } = values.database
		? await fillExample(values.database, size, folder)
		: await copyExample(size, folder);
	const db = openDatabase(url);
	try {
		if (kind === 'beside') await benchBeside(db, url, keyRingFile);
		else if (kind === 'children') await benchChildren(db, url, keyRingFile);
		else if (kind === 'imports') await benchImports(db, loadKeyRing(keyRingFile, false));
		else await benchAll(db, url, keyRingFile);
	} finally {
		await db.destroy();
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}

async function printAttack(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'halqa-bench-'));
	const [requests, seed] = [Number(values.requests), Number(values.seed)];
	const from = values.from === undefined ? undefined : Number(values.from);
	try {
		console.log(`\nAn attack, size small, seed ${seed}\n`);
		const { before, stages, faults } = await measureAttack(folder, { requests, seed, from });
		console.log(`the process held ${before.toFixed(0)} MB before`);
		for (const { name, answers, peak, after } of stages)
			console.log(
				`${name}: +${peak.toFixed(0)} MB at most, +${after.toFixed(0)} MB after; ${answers}`
			);
		for (const fault of faults) console.error(`\n${fault}`);
		console.log(`\n${faults.length} faults`);
		process.exitCode = faults.length > 0 ? 1 : 0;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function benchSheets(): Promise<void> {
	const { files, servingMs, memoryMb } = await measureSheets();
	console.log('\nReading a list of 30,000 children with 12 columns, bytes as uploaded\n');
	console.log(table(files, ['one cell']));
	console.log(
		`\nthe serving thread works ${servingMs.toFixed(0)} ms for a workbook, memory +${memoryMb.toFixed(0)} MB`
	);
}

async function benchBeside(db: Db, url: string, keyRingFile: string): Promise<void> {
	const app = await start(url, keyRingFile);
	const measured = await measureBeside(app, db, seconds).finally(() => app.stop());
	console.log(`\nWhat others wait, size ${size}\n`);
	console.log(besideLines(measured));
}

async function benchChildren(db: Db, url: string, keyRingFile: string): Promise<void> {
	const app = await start(url, keyRingFile);
	const measured = await measureChildren(app, db, seconds).finally(() => app.stop());
	console.log(`\nChildren who answer, size ${size}\n`);
	console.log(childrenLines(measured));
}

async function benchAll(db: Db, url: string, keyRingFile: string): Promise<void> {
	const ring = loadKeyRing(keyRingFile, false);
	const app = await start(url, keyRingFile);
	const pages = await measurePages(app.origin, db, rounds).finally(() => app.stop());
	const empty = await measureEmpty(size!, rounds);
	console.log(`\nPages, size ${size}, one request at a time\n`);
	console.log(table(pages, ['/healthz', '/login']));
	console.log(
		'\nThe same pages where nobody came yet: the same places and targets, no person and no session\n'
	);
	console.log(besideEmpty(pages, empty));
	const commands = await measureCommands(db, ring, rounds);
	console.log(`\nCommands, size ${size}, without the page around them\n`);
	console.log(table(commands, ['bare commit']));
	await benchImports(db, ring);
}

async function benchImports(db: Db, ring: KeyRing): Promise<void> {
	const stages = await measureImports(db, ring, { children: 30_000, registered: 3000 });
	console.log(`\nImports, size ${size}, a list of children and a register of forty weeks\n`);
	for (const { file, stage, seconds, rowsPerSecond, ...longest } of stages)
		console.log(
			`${file}, ${stage}: ${seconds.toFixed(1)} s, ${rowsPerSecond.toFixed(0)} rows/s, longest step ${longest.longestMs.toFixed(0)} ms, longest transaction ${longest.longestCommitMs.toFixed(0)} ms, memory +${longest.memoryMb.toFixed(0)} MB`
		);
}

function start(databaseUrl: string, keyRingFile: string) {
	return startApp({
		databaseUrl,
		env: { HALQA_KEYS: keyRingFile, HALQA_NOW: NOW, HALQA_LOG: 'warn', TRUST_PROXY: '1' }
	});
}
