import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { keyRing, newKeyRing } from '../crypto/keyring.ts';
import { pack, type Part } from './archive.ts';
import { writeContainer, type Label } from './container.ts';
import { makeLock } from './lock.ts';
import { makeManifest, Recorder } from './manifest.ts';
import { readBackup } from './reading.ts';

const folder = mkdtempSync(join(tmpdir(), 'halqa-reading-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { signal } = new AbortController();
const ring = keyRing(newKeyRing());

async function* of(text: string) {
	yield Buffer.from(text);
}

/** Seals parts as no backup of ours would have them; anybody with the public key can. */
async function forged(names: string[], told = names): Promise<() => ReturnType<typeof readBackup>> {
	const path = join(folder, crypto.randomUUID());
	const { lock, secret } = makeLock(ring);
	const label: Label = {
		app: '0',
		madeAt: 0,
		database: 'sqlite',
		schema: '',
		postgres: 0,
		lock
	};
	async function* parts(labelHash: Buffer): AsyncGenerator<Part> {
		for (const name of names) if (name !== 'manifest') yield { name, content: of(name) };
		const records = [];
		for (const name of told) {
			const recorder = new Recorder(name);
			await Array.fromAsync(recorder.pass(of(name)));
			records.push(recorder.record());
		}
		const manifest = makeManifest({ tables: {}, parts: records }, labelHash, ring);
		yield { name: 'manifest', content: of(JSON.stringify(manifest)) };
		if (names.includes('manifest')) yield { name: 'files/late', content: of('late') };
	}
	await using file = await open(path, 'wx');
	await writeContainer(file, label, secret, (hash) => pack(parts(hash)), signal);
	const into = join(folder, crypto.randomUUID());
	mkdirSync(into);
	const places = { database: join(into, 'database'), files: join(into, 'files') };
	return () => readBackup(path, () => secret, places, signal);
}

it('lays out the parts of a sound backup', async () => {
	const { manifest, isFrom } = await (await forged(['database', 'files/a/b.txt']))();
	expect(manifest.parts.map(({ name }) => name)).toEqual(['database', 'files/a/b.txt']);
	expect([isFrom(ring), isFrom(keyRing(newKeyRing()))]).toEqual([true, false]);
});

it.each([
	[['database', 'files/../../escaped']],
	[['database', 'files//etc/escaped']],
	[['database', 'files/..']],
	[['database', 'files/']],
	[['database', 'files/a\\..\\escaped']],
	[['database', '/etc/escaped']],
	[['database', 'escaped']],
	[['files/a']],
	[['database', 'database']],
	[['database', 'manifest']]
])('refuses parts that should not be: %j', async (names) => {
	const read = await forged(
		names,
		names.filter((name) => name !== 'manifest')
	);
	await expect(read()).rejects.toThrow();
	expect(existsSync(join(folder, 'escaped'))).toBe(false);
});

it.each([
	['one is missing', ['database'], ['database', 'files/a']],
	['one is too many', ['database', 'files/a'], ['database']],
	['they stand in another order', ['database', 'files/a'], ['files/a', 'database']]
])('refuses parts of which the manifest says that %s', async (_, names, told) => {
	const read = await forged(names, told);
	await expect(read()).rejects.toMatchObject({ reason: 'damaged' });
});
