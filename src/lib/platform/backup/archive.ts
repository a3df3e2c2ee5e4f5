import { BackupRefused } from './refused.ts';

/** One part of a backup: `database`, `files/…` or, last, `manifest`. */
export interface Part {
	name: string;
	content: AsyncIterable<Buffer>;
}

const LONGEST_BLOCK = 1024 * 1024;

/**
 * Parts one after the other, each in one pass and of any length: 2 bytes length of its name · name · blocks of
 * 4 bytes length and so many bytes · a block of length 0.
 */
export async function* pack(parts: AsyncIterable<Part>): AsyncGenerator<Buffer> {
	for await (const { name, content } of parts) {
		const bytes = Buffer.from(name);
		const length = Buffer.alloc(2);
		length.writeUInt16BE(bytes.length);
		yield Buffer.concat([length, bytes]);
		for await (const block of content)
			for (let at = 0; at < block.length; at += LONGEST_BLOCK) {
				const piece = block.subarray(at, at + LONGEST_BLOCK);
				yield Buffer.concat([lengthOf(piece), piece]);
			}
		yield lengthOf(Buffer.alloc(0));
	}
}

/** The parts `pack` was given. A part's content must be read to its end before the next is asked for. */
export async function* unpack(source: AsyncIterable<Buffer>): AsyncGenerator<Part> {
	const reader = new ByteReader(source);
	for (;;) {
		const length = await reader.take(2);
		if (!length) return;
		const name = (await reader.need(length.readUInt16BE())).toString();
		yield { name, content: blocksOf(reader) };
	}
}

async function* blocksOf(reader: ByteReader): AsyncGenerator<Buffer> {
	for (;;) {
		const length = (await reader.need(4)).readUInt32BE();
		if (length === 0) return;
		if (length > LONGEST_BLOCK) throw malformed();
		yield await reader.need(length);
	}
}

function lengthOf(block: Buffer): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(block.length);
	return length;
}

/** Takes exactly so many bytes from a stream whose pieces are cut anyhow. */
class ByteReader {
	#pieces: AsyncIterator<Buffer>;
	#rest: Buffer = Buffer.alloc(0);

	constructor(source: AsyncIterable<Buffer>) {
		this.#pieces = source[Symbol.asyncIterator]();
	}

	/** Null at the end of the stream; refused when it ends within what was asked for. */
	async take(length: number): Promise<Buffer | null> {
		const pieces = [this.#rest];
		let have = this.#rest.length;
		while (have < length) {
			const { done, value } = await this.#pieces.next();
			if (done && have === 0) return null;
			if (done) throw malformed();
			pieces.push(value);
			have += value.length;
		}
		const bytes = pieces.length === 1 ? this.#rest : Buffer.concat(pieces);
		this.#rest = bytes.subarray(length);
		return bytes.subarray(0, length);
	}

	async need(length: number): Promise<Buffer> {
		const bytes = await this.take(length);
		if (!bytes) throw malformed();
		return bytes;
	}
}

function malformed(): BackupRefused {
	return new BackupRefused(
		'damaged',
		'The backup opens, but its parts are not where they should be'
	);
}
