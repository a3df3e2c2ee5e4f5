import { closeSync, existsSync, openSync, readdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { KeyRing } from '../crypto/keyring.ts';
import { pack, type Part } from './archive.ts';
import { writeContainer, type Label } from './container.ts';
import type { CopyFacts } from './copy.ts';
import { copierOf, kindOf } from './databases.ts';
import { isUnfinished } from '../files/store.ts';
import type { BackupKey } from './keys.ts';
import { makeLock } from './lock.ts';
import { makeManifest, Recorder, type PartRecord } from './manifest.ts';
import { makeWhole, partialOf, removedAtEnd, removeLeftovers, workFolder } from './partial.ts';

import { DATABASE, FILES, MANIFEST, readBackup, type ReadBackup } from './reading.ts';
import { missingIn } from './verify.ts';

export interface BackupOrder {
	databaseUrl: string;
	/** Holds the copy of the database while the backup is made. */
	dataFolder: string;
	/** The files people keep. */
	filesFolder: string;
	/** Folder the backup is put into; it is there already. */
	to: string;
	/** Who can open it: the public half of a backup key, or the ring itself. */
	sealTo: BackupKey | KeyRing;
	/** Signs where the backup comes from; null when it is not at hand. */
	ring: KeyRing | null;
	/** Files that must never get into a backup: the ring and keys. */
	secretFiles: string[];
	/** Release of Halqa. */
	app: string;
	/** UTC milliseconds. */
	now: number;
	signal: AbortSignal;
}

/**
 * Makes a backup of database and files while the app runs, reads it again from the disk, and answers its path and what
 * was read. Fails without leaving anything behind; the file appears under its name only when it is whole.
 */
export async function makeBackup(
	order: BackupOrder
): Promise<{ path: string; missingFiles: string[] } & ReadBackup> {
	const { signal, dataFolder, filesFolder, to } = order;
	removeLeftovers(to, 'halqa-');
	const path = join(resolve(to), nameAt(order.now));
	if (existsSync(path)) throw new Error(`There is a backup ${path} already`);
	using work = workFolder(dataFolder);
	using partial = removedAtEnd(partialOf(path));
	const copy = join(work.path, DATABASE);
	const { facts, postgres } = await copyDatabase(order, copy);
	const files = filesIn(filesFolder, order.secretFiles); // after the rows that speak of them
	const { lock, secret } = makeLock(order.sealTo);
	const label: Label = {
		app: order.app,
		madeAt: order.now,
		database: kindOf(order.databaseUrl),
		schema: facts.schema,
		postgres,
		lock
	};
	await using file = await open(partial.path, 'wx', 0o600);
	const parts = (labelHash: Buffer) =>
		pack(partsOf({ copy, files, facts, labelHash, ring: order.ring }));
	await writeContainer(file, label, secret, parts, signal);
	await file.sync();
	const read = await readBackup(partial.path, () => secret, {}, signal);
	makeWhole(partial.path, path);
	return { path, ...read, missingFiles: missingIn(read.manifest, facts) };
}

async function copyDatabase({ databaseUrl, signal }: BackupOrder, to: string) {
	closeSync(openSync(to, 'wx', 0o600));
	const copier = copierOf(kindOf(databaseUrl));
	const made = await copier.copy(databaseUrl, to, signal);
	if (made.facts.schema === '') throw new Error('This database has not been set up by Halqa');
	return made;
}

/** `halqa-20261127T221500Z.backup` */
function nameAt(now: number): string {
	const instant = new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
	return `halqa-${instant}Z.backup`;
}

interface Found {
	path: string;
	/** With slashes, below the folder of files. */
	name: string;
}

/** Every file below a folder; throws when a secret lies there, or what is neither file nor folder. */
function filesIn(folder: string, secretFiles: string[]): Found[] {
	if (!existsSync(folder)) return [];
	const secrets = secretFiles.filter((path) => existsSync(path)).map(identityOf);
	const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => !entry.isDirectory() && !isUnfinished(entry.name))
		.map((entry) => {
			const path = join(entry.parentPath, entry.name);
			if (!entry.isFile()) throw new Error(`${path} is not a file: a backup holds files alone`);
			if (secrets.includes(identityOf(path)))
				throw new Error(`${path} is a key: it must lie apart from the files that are backed up`);
			return { path, name: relative(folder, path).split(sep).join('/') };
		});
}

/** The same for every name of one file. */
function identityOf(path: string): string {
	const { dev, ino } = statSync(path);
	return `${dev} ${ino}`;
}

async function* partsOf(from: {
	copy: string;
	files: Found[];
	facts: CopyFacts;
	labelHash: Buffer;
	ring: KeyRing | null;
}): AsyncGenerator<Part> {
	const records: PartRecord[] = [];
	const database = { name: DATABASE, path: from.copy };
	for (const { name, path } of [database, ...from.files.map(inFiles)]) {
		const file = await open(path).catch(unlessCollected);
		if (!file) continue;
		const recorder = new Recorder(name);
		yield { name, content: recorder.pass(file.createReadStream()) };
		records.push(recorder.record());
	}
	const contents = { tables: from.facts.tables, parts: records };
	const manifest = makeManifest(contents, from.labelHash, from.ring);
	yield { name: MANIFEST, content: once(Buffer.from(JSON.stringify(manifest))) };
}

/** A file nothing refers to any more may go meanwhile. */
function unlessCollected(error: NodeJS.ErrnoException): undefined {
	if (error.code !== 'ENOENT') throw error;
}

function inFiles({ name, path }: Found): Found {
	return { name: FILES + name, path };
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
	yield bytes;
}
