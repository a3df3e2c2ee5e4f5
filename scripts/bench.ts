import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startApp } from '../tests/harness/app.ts';
import { EXAMPLE_SIZES } from '../src/lib/features/example/example.server.ts';
import { loadKeyRing } from '../src/lib/platform/crypto/keyring.ts';
import { openDatabase } from '../src/lib/platform/db/open.ts';
import { measureCommands } from './bench/commands.ts';
import { copyExample, NOW } from './bench/example.ts';
import { measureAttack } from './bench/fuzz.ts';
import { measureImports } from './bench/imports.ts';
import { measurePages } from './bench/pages.ts';
import { measureSheets } from './bench/sheets.ts';
import { table } from './bench/table.ts';

/**
 * How long pages and commands take on embedded SQLite, as ratios to a baseline of the same run:
 * `npm run bench -- [--size country|small] [--rounds N]`. With `fuzz [--requests N] [--seed N] [--from N]` what an
 * attack of raw requests, files and large posts makes the process grow by. What the figures mean: docs/measurements.md.
 */
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		size: { type: 'string', default: 'country' },
		rounds: { type: 'string', default: '20' },
		requests: { type: 'string', default: '50000' },
		seed: { type: 'string', default: '9' },
		from: { type: 'string' }
	}
});
if (positionals[0] === 'fuzz') {
	await printAttack();
	process.exit();
}
const size = EXAMPLE_SIZES.find((known) => known === values.size);
const rounds = Number(values.rounds);
if (!size) throw new Error(`--size: there are ${EXAMPLE_SIZES.join(', ')}`);
if (!(rounds >= 3 && rounds <= 100)) throw new Error('--rounds: a number from 3 to 100');

const { files, servingMs, memoryMb } = await measureSheets();
console.log('\nReading a list of 30,000 children with 12 columns, bytes as uploaded\n');
console.log(table(files, ['one cell']));
console.log(
	`\nthe serving thread works ${servingMs.toFixed(0)} ms for a workbook, memory +${memoryMb.toFixed(0)} MB`
);

const folder = mkdtempSync(join(tmpdir(), 'halqa-bench-'));
try {
	const { url, keyRingFile } = await copyExample(size, folder);
	const db = openDatabase(url);
	const ring = loadKeyRing(keyRingFile, false);
	try {
		const app = await startApp({
			databaseUrl: url,
			env: { HALQA_KEYS: keyRingFile, HALQA_NOW: NOW, HALQA_LOG: 'warn' }
		});
		const pages = await measurePages(app.origin, db, rounds).finally(() => app.stop());
		console.log(`\nPages, size ${size}, one request at a time\n`);
		console.log(table(pages, ['/healthz', '/login']));
		const commands = await measureCommands(db, ring, rounds);
		console.log(`\nCommands, size ${size}, without the page around them\n`);
		console.log(table(commands, ['bare commit']));
		const stages = await measureImports(db, ring, { children: 30_000, registered: 3000 });
		console.log(`\nImports, size ${size}, a list of children and a register of forty weeks\n`);
		for (const { file, stage, seconds, rowsPerSecond, longestMs, memoryMb } of stages)
			console.log(
				`${file}, ${stage}: ${seconds.toFixed(1)} s, ${rowsPerSecond.toFixed(0)} rows/s, longest step ${longestMs.toFixed(0)} ms, memory +${memoryMb.toFixed(0)} MB`
			);
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
