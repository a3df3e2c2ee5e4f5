import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CHUNK_BYTES, openChunks, sealChunks, TAG_BYTES } from './chunks.ts';

const key = randomBytes(32);
const WHOLE = CHUNK_BYTES + TAG_BYTES;

async function* inPieces(bytes: Buffer, size: number) {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function joined(source: AsyncIterable<Buffer>): Promise<Buffer> {
	return Buffer.concat(await Array.fromAsync(source));
}
const sealed = (bytes: Buffer, size = 10_007) => joined(sealChunks(inPieces(bytes, size), key));
const opened = (bytes: Buffer, size = 50_021) => joined(openChunks(inPieces(bytes, size), key));

describe('a sealed stream', () => {
	it.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])(
		'of %i bytes opens to what it was, however it is cut on the way',
		async (length) => {
			const bytes = randomBytes(length);
			for (const size of [999, CHUNK_BYTES, 10 * CHUNK_BYTES])
				expect((await opened(await sealed(bytes, size), size)).equals(bytes)).toBe(true);
		}
	);

	it('does not open when chunks were left out, swapped, doubled or cut off, not even between two', async () => {
		const bytes = await sealed(randomBytes(3 * CHUNK_BYTES + 5));
		const chunks = [...Array(4).keys()].map((i) => bytes.subarray(i * WHOLE, (i + 1) * WHOLE));
		const [one, two, three, four] = chunks as [Buffer, Buffer, Buffer, Buffer];
		for (const altered of [
			[one, two, three],
			[one, two],
			[one],
			[],
			[two, three, four],
			[one, three, four],
			[two, one, three, four],
			[one, one, two, three, four],
			[one, two, three, four, four],
			[one, two, three, four, Buffer.alloc(1)],
			[one, two, three, four.subarray(0, -1)]
		])
			await expect(opened(Buffer.concat(altered))).rejects.toMatchObject({ reason: 'damaged' });
	});

	it('does not open under another key', async () => {
		const bytes = await sealed(Buffer.from('register'));
		await expect(joined(openChunks(inPieces(bytes, 9), randomBytes(32)))).rejects.toThrow();
	});
});
