import { hash } from 'node:crypto';
import { expect, it } from 'vitest';
import { pack, unpack, type Part } from './archive.ts';

async function* of(...blocks: Buffer[]) {
	yield* blocks;
}
async function* partsOf(parts: [string, Buffer[]][]): AsyncGenerator<Part> {
	for (const [name, blocks] of parts) yield { name, content: of(...blocks) };
}
const hashOf = (blocks: Buffer[]) => hash('sha256', Buffer.concat(blocks));

async function packed(parts: [string, Buffer[]][]): Promise<Buffer> {
	return Buffer.concat(await Array.fromAsync(pack(partsOf(parts))));
}
async function unpacked(bytes: Buffer, size: number) {
	const pieces = [];
	for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
	const found: [string, string][] = [];
	for await (const { name, content } of unpack(of(...pieces)))
		found.push([name, hashOf(await Array.fromAsync(content))]);
	return found;
}

const PARTS: [string, Buffer[]][] = [
	['database', [Buffer.from('one'), Buffer.alloc(1_200_000, 7)]],
	['files/صورة.png', []],
	['files/empty', [Buffer.alloc(0)]],
	['manifest', [Buffer.from('{}')]]
];

it('parts come out as they went in, of any length and however the stream is cut', async () => {
	const expected = PARTS.map(([name, blocks]) => [name, hashOf(blocks)]);
	const bytes = await packed(PARTS);
	expect(await unpacked(bytes, 64_000)).toEqual(expected);
	const small = await packed(PARTS.slice(1));
	expect(await unpacked(small, 1)).toEqual(expected.slice(1));
});

it('a stream that ends within a part is refused', async () => {
	const bytes = await packed(PARTS.slice(3));
	for (let length = 1; length < bytes.length; length += 1)
		await expect(unpacked(bytes.subarray(0, length), 5), `${length}`).rejects.toMatchObject({
			reason: 'damaged'
		});
});
