import { createCipheriv, createDecipheriv } from 'node:crypto';
import { BackupRefused } from './refused.ts';

export const CHUNK_BYTES = 64 * 1024;
export const TAG_BYTES = 16;

/**
 * STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): AES-256-GCM in chunks of 64 KiB whose nonce is the chunk's number and
 * a flag on the last, so that a chunk altered, moved, left out or missing at the end does not open.
 * `key` (32 bytes) must be used for one stream alone.
 */
export async function* sealChunks(
	source: AsyncIterable<Buffer>,
	key: Buffer
): AsyncGenerator<Buffer> {
	let index = 0;
	for await (const { piece, isLast } of inPieces(source, CHUNK_BYTES)) {
		const cipher = createCipheriv('aes-256-gcm', key, nonce(index, isLast));
		yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
		index += 1;
	}
}

/** What `sealChunks` sealed, chunk by chunk; refused at the first that is not what it was. */
export async function* openChunks(
	source: AsyncIterable<Buffer>,
	key: Buffer
): AsyncGenerator<Buffer> {
	let index = 0;
	for await (const { piece, isLast } of inPieces(source, CHUNK_BYTES + TAG_BYTES)) {
		yield openChunk(piece, key, index, isLast);
		index += 1;
	}
}

function openChunk(piece: Buffer, key: Buffer, index: number, isLast: boolean): Buffer {
	try {
		const options = { authTagLength: TAG_BYTES };
		const decipher = createDecipheriv('aes-256-gcm', key, nonce(index, isLast), options);
		decipher.setAuthTag(piece.subarray(-TAG_BYTES));
		return Buffer.concat([decipher.update(piece.subarray(0, -TAG_BYTES)), decipher.final()]);
	} catch (error) {
		const message = `The backup is damaged or cut short: chunk ${index + 1} does not open`;
		throw new BackupRefused('damaged', message, { cause: error });
	}
}

/** 11 bytes of number, 1 byte that is 1 on the last chunk. */
function nonce(index: number, isLast: boolean): Buffer {
	const bytes = Buffer.alloc(12);
	bytes.writeUIntBE(index, 5, 6);
	bytes[11] = isLast ? 1 : 0;
	return bytes;
}

/** Cuts a stream into pieces of `size` bytes; the last is shorter or as long, and known to be the last. */
async function* inPieces(source: AsyncIterable<Buffer>, size: number) {
	let rest: Buffer = Buffer.alloc(0);
	for await (const bytes of source) {
		rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
		for (; rest.length > size; rest = rest.subarray(size))
			yield { piece: rest.subarray(0, size), isLast: false };
	}
	yield { piece: rest, isLast: true };
}
