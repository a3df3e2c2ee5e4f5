import { createHash } from 'node:crypto';
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync
} from 'node:fs';
import { join } from 'node:path';
import { areChanged } from '../../src/lib/features/merging/comparing.commands.server.ts';
import type { Db } from '../../src/lib/platform/db/open.ts';
import { loadExample, type ExampleSize } from '../../src/lib/features/example/example.server.ts';
import { loadKeyRing } from '../../src/lib/platform/crypto/keyring.ts';
import { migrate } from '../../src/lib/platform/db/migrate.ts';
import { openDatabase } from '../../src/lib/platform/db/open.ts';

const ROOT = join(import.meta.dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache/halqa');
/** What decides how the example's rows look; a change here makes a new database. */
const SOURCES = [
	'migrations',
	'src/lib/features/example',
	'src/lib/features/counts',
	'src/lib/features/centres',
	'src/lib/platform'
];

/** A Monday on which somebody meets. */
export const TODAY = '2026-05-04';
/** Half past ten in Beirut: a session is running. */
export const NOW = `${TODAY}T07:30:00Z`;

/** Puts a copy of an example database and its key ring into a folder; made once, then kept in the cache. */
export async function copyExample(size: ExampleSize, folder: string) {
	const kept = join(CACHE, `${size}-${hashOfSources()}`);
	if (!existsSync(kept)) await make(size, kept);
	const file = join(folder, 'halqa.db');
	const keyRingFile = join(folder, 'ring.json');
	copyFileSync(join(kept, 'halqa.db'), file);
	copyFileSync(join(kept, 'ring.json'), keyRingFile);
	return { url: `sqlite:${file}`, keyRingFile };
}

/** Fills an empty database with an example; its key ring goes into a folder. */
export async function fillExample(url: string, size: ExampleSize, folder: string) {
	const keyRingFile = join(folder, 'ring.json');
	const db = openDatabase(url);
	try {
		await migrate(db, join(ROOT, 'migrations'));
		await loadExample(db, loadKeyRing(keyRingFile, true), { today: TODAY, size });
	} finally {
		await db.destroy();
	}
	return { url, keyRingFile };
}

async function make(size: ExampleSize, kept: string): Promise<void> {
	console.log(`Filling a database of size ${size} …`);
	mkdirSync(CACHE, { recursive: true });
	for (const name of readdirSync(CACHE))
		if (name.startsWith(`${size}-`)) rmSync(join(CACHE, name), { recursive: true });
	const unfinished = `${kept}.unfinished`;
	mkdirSync(unfinished);
	await fillExample(`sqlite:${join(unfinished, 'halqa.db')}`, size, unfinished);
	renameSync(unfinished, kept);
}

function hashOfSources(): string {
	const hash = createHash('sha256').update(TODAY);
	for (const source of SOURCES)
		for (const name of readdirSync(join(ROOT, source), {
			recursive: true,
			encoding: 'utf8'
		}).sort())
			if (name.endsWith('.ts') && !name.endsWith('.test.ts'))
				hash.update(`${source}/${name}\0`).update(readFileSync(join(ROOT, source, name)));
	return hash.digest('hex').slice(0, 16);
}

/** Once people who are new in the database have been compared with each other: work of its own, done once. */
export async function settled(db: Db): Promise<void> {
	while (await areChanged(db)) await new Promise((done) => setTimeout(done, 200));
}
