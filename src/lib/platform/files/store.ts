import { createHash, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, mkdir, open, readdir, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openChunks, sealChunks } from '../backup/chunks.ts';
import type { KeyRing } from '../crypto/keyring.ts';

const MAGIC = Buffer.from('halqa-file\x01', 'latin1');
const SALT_BYTES = 32;
const LONGEST_HEAD = MAGIC.length + 1 + 255 + SALT_BYTES;
const PURPOSE = 'files';
/** Free space below which nothing more is taken in: the database needs what is left. */
const SPARE_BYTES = 256 * 1024 * 1024;
/** While it is written, and while it is decided whether it is still wanted. Neither is part of a backup. */
const UNFINISHED = '.partial';
const ASIDE = '.aside.partial';

export const ADDRESS = /^[0-9a-f]{64}$/;

/**
 * Files by the SHA-256 of their content, each sealed with a key of its own, in a folder that every process of an
 * installation shares. A file is there whole or not at all, and never changes. What it is called and whose it is stands in
 * the database.
 */
export interface FileStore {
	/** Keeps a content unless it is there; answers its address. Throws when the disk is full. */
	keep(content: Buffer): Promise<string>;
	/** A content in pieces; undefined where there is none. What was altered on the disk throws on the way. */
	read(address: string): Promise<AsyncIterable<Buffer> | undefined>;
	/** Whether there is room for more. */
	hasRoom(): Promise<boolean>;
	/** Every address there is, with when it was last kept, and what was left unfinished or aside. */
	list(): Promise<Listed[]>;
	/** Takes a content aside, asks whether it is wanted still, and puts it back or deletes it. True when it is gone. */
	removeUnless(address: string, isWanted: () => Promise<boolean>): Promise<boolean>;
}

export interface Listed {
	address: string;
	path: string;
	state: 'whole' | 'unfinished' | 'aside';
	/** By the clock of the disk. */
	at: number;
}

/** The store in a folder, which is made with the first file. */
export function openFiles(folder: string, ring: KeyRing): FileStore {
	const pathOf = (address: string) => {
		if (!ADDRESS.test(address)) throw new Error('Not the address of a file');
		return join(folder, placeOf(address));
	};
	return {
		async keep(content) {
			const address = createHash('sha256').update(content).digest('hex');
			const path = pathOf(address);
			if (await touched(path)) return address;
			await mkdir(dirname(path), { recursive: true, mode: 0o700 });
			await writeOnce(path, sealed(content, address, ring));
			return address;
		},
		async read(address) {
			const path = pathOf(address);
			const isThere = await stat(path).catch(unlessMissing);
			return isThere && opened(path, address, ring);
		},
		async hasRoom() {
			await mkdir(folder, { recursive: true, mode: 0o700 });
			const { bavail, bsize } = await statfs(folder);
			return bavail * bsize > SPARE_BYTES;
		},
		list: () => listed(folder),
		async removeUnless(address, isWanted) {
			const path = pathOf(address);
			const aside = path + ASIDE;
			await rename(path, aside).catch(unlessMissing); // not there: it lies aside since a run that was killed
			if (!(await isWanted())) return rm(aside, { force: true }).then(() => true);
			await link(aside, path).catch(unlessThere);
			await rm(aside, { force: true });
			return false;
		}
	};
}

/** Whole or not at all, and once: of two that write the same, one wins and both are right. */
async function writeOnce(path: string, content: AsyncIterable<Buffer>): Promise<void> {
	const unfinished = `${path}.${randomUUID()}${UNFINISHED}`;
	try {
		{
			await using file = await open(unfinished, 'wx', 0o600);
			for await (const block of content) await file.appendFile(block);
			await file.sync();
		}
		await link(unfinished, path).catch(unlessThere);
	} finally {
		await rm(unfinished, { force: true });
	}
	for (const folder of [dirname(path), dirname(dirname(path))]) await synced(folder);
}

async function synced(folder: string): Promise<void> {
	await using file = await open(folder, constants.O_RDONLY);
	await file.sync();
}

/** `halqa-file` 1 · length of the key's id · id · salt · chunks. */
async function* sealed(content: Buffer, address: string, ring: KeyRing): AsyncGenerator<Buffer> {
	const id = Buffer.from(ring.current);
	const salt = randomBytes(SALT_BYTES);
	yield Buffer.concat([MAGIC, Buffer.from([id.length]), id, salt]);
	yield* sealChunks(once(content), keyOf(ring, ring.current, { address, salt }));
}

async function* opened(path: string, address: string, ring: KeyRing): AsyncGenerator<Buffer> {
	await using file = await open(path);
	const { buffer: head } = await file.read(Buffer.alloc(LONGEST_HEAD), 0, LONGEST_HEAD, 0);
	const saltAt = MAGIC.length + 1 + (head[MAGIC.length] ?? 0);
	if (!head.subarray(0, MAGIC.length).equals(MAGIC))
		throw new Error(`The file ${address} is none that Halqa wrote`);
	const keyId = head.toString('utf8', MAGIC.length + 1, saltAt);
	const salt = head.subarray(saltAt, saltAt + SALT_BYTES);
	const chunks = file.createReadStream({ start: saltAt + SALT_BYTES, autoClose: false });
	try {
		yield* openChunks(chunks, keyOf(ring, keyId, { address, salt }));
	} catch (cause) {
		throw new Error(`The file ${address} was altered or cut short on the disk`, { cause });
	}
}

function keyOf(ring: KeyRing, id: string, { address, salt }: { address: string; salt: Buffer }) {
	return Buffer.from(hkdfSync('sha256', ring.derive(id, PURPOSE), salt, address, 32));
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
	yield bytes;
}

/** True where the file is there; it counts as kept just now. */
async function touched(path: string): Promise<boolean> {
	const now = new Date();
	return utimes(path, now, now)
		.then(() => true, unlessMissing)
		.then(Boolean);
}

async function listed(folder: string): Promise<Listed[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
		unlessMissing
	);
	const found: Listed[] = [];
	for (const entry of entries ?? []) {
		const address = entry.name.slice(0, 64);
		if (!entry.isFile() || !ADDRESS.test(address)) continue;
		const path = join(entry.parentPath, entry.name);
		const facts = await stat(path).catch(unlessMissing);
		if (facts) found.push({ address, path, state: stateOf(entry.name), at: facts.mtimeMs });
	}
	return found;
}

function stateOf(name: string): Listed['state'] {
	if (ADDRESS.test(name)) return 'whole';
	return name.endsWith(ASIDE) ? 'aside' : 'unfinished';
}

/** For a promise that failed since the file is not there: nothing. */
function unlessMissing(error: NodeJS.ErrnoException): undefined {
	if (error.code !== 'ENOENT') throw error;
}

function unlessThere(error: NodeJS.ErrnoException): undefined {
	if (error.code !== 'EEXIST') throw error;
}

/** Where a content lies below the folder of files, with slashes. */
export function placeOf(address: string): string {
	return `${address.slice(0, 2)}/${address}`;
}

/** True for what a folder of files holds only for a moment. */
export function isUnfinished(name: string): boolean {
	return name.endsWith(UNFINISHED);
}
