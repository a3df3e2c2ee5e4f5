import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyRing, newKeyRing } from '../crypto/keyring.ts';
import { checkBytes, readContainer, writeContainer, type Label } from './container.ts';
import { newBackupKeys, parsePublicKey, readPrivateKey } from './keys.ts';
import { makeLock, openLock, type KeysAtHand } from './lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'halqa-container-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { signal } = new AbortController();
const ring = keyRing(newKeyRing());
const texts = newBackupKeys();
const nothing: KeysAtHand = { privateKey: null, ring: null };
/** Random, so that it takes several chunks when it is compressed too. */
const content = randomBytes(160_000);

const privateKeyOf = (name: string, { privateText }: { privateText: string }) => {
	const path = join(folder, name);
	writeFileSync(path, privateText);
	return readPrivateKey(path);
};
const privateKey = privateKeyOf('private', texts);

async function write(name: string, to: Parameters<typeof makeLock>[0]): Promise<string> {
	const path = join(folder, name);
	const { lock, secret } = makeLock(to);
	const label: Label = {
		app: '0.1.0',
		madeAt: 0,
		database: 'sqlite',
		schema: '0001_ground',
		postgres: 0,
		lock
	};
	await using file = await open(path, 'wx');
	async function* pieces() {
		yield content;
	}
	await writeContainer(file, label, secret, pieces, signal);
	return path;
}

async function read(path: string, keys: KeysAtHand): Promise<Buffer> {
	const got: Buffer[] = [];
	await readContainer(
		path,
		(lock) => openLock(lock, keys),
		async (source) => void got.push(...(await Array.fromAsync(source))),
		signal
	);
	return Buffer.concat(got);
}

/** Some of every part: magic, format, length, label and its hash, each chunk and its tag, the hash at the end. */
function placesIn(whole: Buffer): number[] {
	const head = 12 + 1 + 4 + whole.readUInt32BE(13) + 32;
	const chunk = 64 * 1024 + 16;
	const starts = [head, head + chunk, head + 2 * chunk];
	return [
		...[
			0,
			5,
			11,
			12,
			13,
			14,
			15,
			16,
			17,
			18,
			60,
			140,
			220,
			head - 33,
			head - 32,
			head - 20,
			head - 1
		],
		...starts.flatMap((start) => [start, start + 1, start + 20_001]),
		...starts.flatMap((start) => [start - 16, start - 1]),
		...[49, 48, 33, 32, 31, 9, 2, 1].map((fromEnd) => whole.length - fromEnd)
	];
}

let toKey: string;
let toRing: string;
beforeAll(async () => {
	toKey = await write('to-key', parsePublicKey(texts.publicText));
	toRing = await write('to-ring', ring);
});

describe('a backup', () => {
	it('opens with the private half of the key it was sealed to, and with no other key', async () => {
		expect((await read(toKey, { privateKey, ring: null })).equals(content)).toBe(true);
		const other = privateKeyOf('other', newBackupKeys());
		for (const keys of [nothing, { privateKey: null, ring }, { privateKey: other, ring }])
			await expect(read(toKey, keys)).rejects.toMatchObject({ reason: 'wrong key' });
		await expect(read(toKey, nothing)).rejects.toThrow(texts.publicText);
	});

	it('opens with the ring that sealed it, also when that has a newer key, and with no other', async () => {
		expect((await read(toRing, { privateKey: null, ring })).equals(content)).toBe(true);
		const file = newKeyRing();
		const path = await write('to-old-ring', keyRing(file));
		const keys = { ...newKeyRing().keys, ...file.keys, k2: newKeyRing().keys['k1']! };
		const rotated = keyRing({ current: 'k2', keys });
		expect((await read(path, { privateKey: null, ring: rotated })).equals(content)).toBe(true);
		const others = [keyRing(newKeyRing()), keyRing({ current: 'k3', keys: { k3: keys.k2 } }), null];
		for (const other of others)
			await expect(read(toRing, { privateKey, ring: other })).rejects.toMatchObject({
				reason: 'wrong key'
			});
	});

	it('is sealed under a key of its own each time', async () => {
		const again = readFileSync(await write('again', ring));
		expect(again.subarray(-10_000).equals(readFileSync(toRing).subarray(-10_000))).toBe(false);
	});

	it('is refused with one byte flipped, wherever that is', async () => {
		const whole = readFileSync(toKey);
		const path = join(folder, 'flipped');
		for (const at of placesIn(whole)) {
			const flipped = Buffer.from(whole);
			flipped[at]! ^= 1;
			writeFileSync(path, flipped);
			const reason = at < 12 ? 'not a backup' : at < 13 ? 'other version' : 'damaged';
			const refused = expect.objectContaining({ reason });
			await expect(read(path, { privateKey, ring }), `${at}`).rejects.toEqual(refused);
			if (at < 17) continue;
			await expect(checkBytes(path, signal), `${at}`).rejects.toEqual(refused);
		}
	});

	it('is refused when it is cut, at any length, or longer than it was', async () => {
		const whole = readFileSync(toKey);
		const path = join(folder, 'cut');
		for (const length of placesIn(whole)) {
			writeFileSync(path, whole.subarray(0, length));
			const reason = length === 0 ? 'not a backup' : 'damaged';
			await expect(read(path, { privateKey, ring }), `${length}`).rejects.toMatchObject({ reason });
		}
		writeFileSync(path, Buffer.concat([whole, Buffer.of(0)]));
		await expect(read(path, { privateKey, ring })).rejects.toMatchObject({ reason: 'damaged' });
	});

	it('does not take the label of another, though every hash of it is right', async () => {
		const [one, other] = [readFileSync(toRing), readFileSync(await write('second', ring))];
		const length = 12 + 1 + 4 + one.readUInt32BE(13) + 32;
		const path = join(folder, 'mixed');
		writeFileSync(path, Buffer.concat([other.subarray(0, length), one.subarray(length)]));
		await expect(read(path, { privateKey: null, ring })).rejects.toMatchObject({
			reason: 'damaged'
		});
	});

	it('can be found whole without a key', async () => {
		await expect(checkBytes(toKey, signal)).resolves.toBeUndefined();
	});
});
