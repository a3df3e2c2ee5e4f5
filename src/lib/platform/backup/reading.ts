import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { unpack, type Part } from './archive.ts';
import { readContainer, type Label } from './container.ts';
import type { Lock } from './lock.ts';
import { isFromRing, parseManifest, Recorder, type Manifest, type PartRecord } from './manifest.ts';
import { BackupRefused } from './refused.ts';
import type { KeyRing } from '../crypto/keyring.ts';

export const DATABASE = 'database';
export const FILES = 'files/';
export const MANIFEST = 'manifest';

/** A backup that was read to its end and found to be what its manifest says. */
export interface ReadBackup {
	label: Label;
	manifest: Manifest;
	/** Whether a key ring is the one beside which the backup was made. */
	isFrom(ring: KeyRing): boolean;
}

/** Where parts are written, in files only their owner can read; what has no place is read and checked alone. */
export interface Places {
	database?: string;
	/** A folder that is made when there are files. */
	files?: string;
}

/**
 * Opens a backup whole, writes its parts and compares each with the manifest. Refused when anything is
 * missing or was altered; what was written until then is for the caller to remove.
 */
export async function readBackup(
	path: string,
	unlock: (lock: Lock) => Buffer,
	places: Places,
	signal: AbortSignal
): Promise<ReadBackup> {
	let read: ReadBackup | undefined;
	await readContainer(
		path,
		unlock,
		async (content, label, labelHash) => {
			const manifest = await takeParts(content, places);
			read = { label, manifest, isFrom: (ring) => isFromRing(manifest, labelHash, ring) };
		},
		signal
	);
	if (!read) throw new Error('The backup was not read');
	return read;
}

async function takeParts(content: AsyncIterable<Buffer>, places: Places): Promise<Manifest> {
	const records: PartRecord[] = [];
	let manifest: Manifest | undefined;
	for await (const part of unpack(content)) {
		if (manifest) throw unexpected(part.name);
		if (part.name === MANIFEST) manifest = parseManifest(await text(part.content));
		else records.push(await takePart(part, places));
	}
	if (!manifest) throw new BackupRefused('damaged', 'The backup has no manifest');
	if (records.filter(({ name }) => name === DATABASE).length !== 1) throw unexpected(DATABASE);
	if (JSON.stringify(records) !== JSON.stringify(manifest.parts))
		throw new BackupRefused('damaged', 'The backup does not hold what its manifest says');
	return manifest;
}

async function takePart({ name, content }: Part, places: Places): Promise<PartRecord> {
	const recorder = new Recorder(name);
	const place = placeOf(name, places);
	const passing = recorder.pass(content);
	if (place === undefined) for await (const block of passing) void block;
	else await writePart(place, passing);
	return recorder.record();
}

/** Where a part is written, if anywhere; the folders a file lies in are made. */
function placeOf(name: string, { database, files }: Places): string | undefined {
	if (name === DATABASE) return database;
	const path = name.startsWith(FILES) ? name.slice(FILES.length) : '';
	const isSafe = path.split('/').every((step) => !/^\.{0,2}$|[\\:\0]/.test(step));
	if (!isSafe) throw unexpected(name);
	if (files === undefined) return undefined;
	const place = join(files, path);
	mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
	return place;
}

async function writePart(path: string, content: AsyncIterable<Buffer>): Promise<void> {
	await using file = await open(path, 'wx', 0o600);
	for await (const block of content) await file.appendFile(block);
	await file.sync();
}

function unexpected(name: string): BackupRefused {
	return new BackupRefused('damaged', `The backup has a part where none should be: ${name}`);
}
