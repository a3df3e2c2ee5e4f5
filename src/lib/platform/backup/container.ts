import { createHash, hkdfSync, type Hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { z } from 'zod';
import { openChunks, sealChunks } from './chunks.ts';
import { lockShape, type Lock } from './lock.ts';
import { BackupRefused } from './refused.ts';

/**
 * The file a backup is (decision 23):
 * 12 bytes `halqa-backup` · 1 byte format · 4 bytes length of the label · label (JSON) · SHA-256 of all that ·
 * chunks of the sealed, compressed content · SHA-256 of everything before.
 */
const MAGIC = Buffer.from('halqa-backup');
const FORMAT = 1;
const HEAD_BYTES = MAGIC.length + 1 + 4;
const HASH_BYTES = 32;
const LONGEST_LABEL = 64 * 1024;

/** What everybody can read of a backup. The key is bound to it: changed, nothing opens. */
const labelShape = z.object({
	/** Release of Halqa that made it. */
	app: z.string().max(100),
	/** UTC milliseconds. */
	madeAt: z.int(),
	database: z.enum(['sqlite', 'postgres']),
	/** Newest migration in it. */
	schema: z.string().max(200),
	/** Major version of the `pg_dump` that wrote it; 0 without PostgreSQL. */
	postgres: z.int(),
	lock: lockShape
});
export type Label = z.infer<typeof labelShape>;

interface Head {
	label: Label;
	/** SHA-256 of the label and what stands before it. */
	hash: Buffer;
	/** Where the chunks begin. */
	length: number;
}

/** Writes label and sealed content into an empty file. `secret` must be fresh; `content` is told the SHA-256 of the label. */
export async function writeContainer(
	file: FileHandle,
	label: Label,
	secret: Buffer,
	content: (labelHash: Buffer) => AsyncIterable<Buffer>,
	signal: AbortSignal
): Promise<void> {
	const head = headOf(label);
	const labelHash = sha256(head);
	const whole = createHash('sha256');
	const append = async (bytes: Buffer) => {
		whole.update(bytes);
		await file.appendFile(bytes);
	};
	await append(Buffer.concat([head, labelHash]));
	const key = contentKey(secret, labelHash);
	await pipeline(
		content(labelHash),
		createZstdCompress(),
		(source: AsyncIterable<Buffer>) => sealChunks(source, key),
		async (source: AsyncIterable<Buffer>) => {
			for await (const chunk of source) await append(chunk);
		},
		{ signal }
	);
	await file.appendFile(whole.digest());
}

/** The label of a backup; refused when the file is none, is of another format or is cut or altered up to there. */
export async function readLabel(path: string): Promise<Label> {
	await using file = await open(path);
	return (await readHead(file)).label;
}

/**
 * Opens a backup whole and hands its content to `take` on the way. What `take` was given is true up to there,
 * and complete only when this has resolved.
 */
export async function readContainer(
	path: string,
	unlock: (lock: Lock) => Buffer,
	take: (content: AsyncIterable<Buffer>, label: Label, labelHash: Buffer) => Promise<void>,
	signal: AbortSignal
): Promise<void> {
	await using file = await open(path);
	const { label, hash: labelHash, length } = await readHead(file);
	const key = contentKey(unlock(label.lock), labelHash);
	const whole = createHash('sha256').update(await bytesAt(file, 0, length));
	const end = (await file.stat()).size - HASH_BYTES;
	await pipeline(
		chunksOf(file, length, end, whole),
		(source: AsyncIterable<Buffer>) => openChunks(source, key),
		createZstdDecompress(),
		(source: AsyncIterable<Buffer>) => take(source, label, labelHash),
		{ signal }
	);
	await endsWith(file, end, whole);
}

/** Compares a backup with the SHA-256 at its end, without opening it; refused when it is cut or altered. */
export async function checkBytes(path: string, signal: AbortSignal): Promise<void> {
	await using file = await open(path);
	const whole = createHash('sha256');
	const end = (await file.stat()).size - HASH_BYTES;
	for await (const bytes of chunksOf(file, 0, end, whole)) if (bytes) signal.throwIfAborted();
	await endsWith(file, end, whole);
}

function headOf(label: Label): Buffer {
	const text = Buffer.from(JSON.stringify(label));
	const length = Buffer.alloc(4);
	length.writeUInt32BE(text.length);
	return Buffer.concat([MAGIC, Buffer.of(FORMAT), length, text]);
}

async function readHead(file: FileHandle): Promise<Head> {
	const start = await bytesAt(file, 0, HEAD_BYTES);
	const magic = start.subarray(0, MAGIC.length);
	if (!magic.equals(MAGIC.subarray(0, magic.length)) || magic.length === 0)
		throw new BackupRefused('not a backup', 'This file is not a backup of Halqa');
	if (start.length < HEAD_BYTES) throw damaged();
	const format = start[MAGIC.length];
	if (format !== FORMAT)
		throw new BackupRefused(
			'other version',
			`This backup has format ${format}; this release of Halqa reads format ${FORMAT}`
		);
	const labelLength = start.readUInt32BE(MAGIC.length + 1);
	if (labelLength > LONGEST_LABEL) throw damaged();
	const length = HEAD_BYTES + labelLength + HASH_BYTES;
	const bytes = await bytesAt(file, 0, length);
	const head = bytes.subarray(0, -HASH_BYTES);
	if (bytes.length < length || !sha256(head).equals(bytes.subarray(-HASH_BYTES))) throw damaged();
	return { label: parseLabel(head.subarray(HEAD_BYTES)), hash: sha256(head), length };
}

function parseLabel(bytes: Buffer): Label {
	try {
		return labelShape.parse(JSON.parse(bytes.toString()));
	} catch (error) {
		throw new BackupRefused('damaged', 'The label of this backup cannot be read', { cause: error });
	}
}

async function* chunksOf(file: FileHandle, from: number, to: number, hash: Hash) {
	if (to <= from) throw damaged();
	const buffer = Buffer.alloc(256 * 1024);
	for (let at = from; at < to;) {
		const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, to - at), at);
		if (bytesRead === 0) throw damaged();
		const bytes = Buffer.from(buffer.subarray(0, bytesRead));
		hash.update(bytes);
		at += bytesRead;
		yield bytes;
	}
}

async function endsWith(file: FileHandle, end: number, whole: Hash): Promise<void> {
	if (!whole.digest().equals(await bytesAt(file, end, HASH_BYTES))) throw damaged();
}

/** At most `length` bytes; fewer where the file ends. */
async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
	const buffer = Buffer.alloc(length);
	const { bytesRead } = await file.read(buffer, 0, length, at);
	return buffer.subarray(0, bytesRead);
}

/** HKDF-SHA256 (RFC 5869), salted with the label, so that it opens beside its own label alone. */
function contentKey(secret: Buffer, labelHash: Buffer): Buffer {
	return Buffer.from(hkdfSync('sha256', secret, labelHash, 'halqa backup content', 32));
}

function sha256(bytes: Buffer): Buffer {
	return createHash('sha256').update(bytes).digest();
}

function damaged(): BackupRefused {
	return new BackupRefused('damaged', 'The backup is damaged or cut short');
}
