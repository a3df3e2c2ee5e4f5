import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keyRing, newKeyRing } from '../crypto/keyring.ts';
import { UNDO_MS } from '../undo/undo.ts';
import { addEvidenceFile, removeEvidence } from '#lib/features/roadmap/evidence.commands.server.ts';
import { newId } from '../ids/ids.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { addMilestone, addRoadmap, contextOf } from '#tests/factories/rows.ts';
import { jpegFromPhone, PNG } from '#tests/factories/pictures.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { collectFiles } from './collect.ts';
import { addFile, takeIn, type KeptFile } from './rows.ts';
import { answerWith } from './serve.ts';
import { openFiles, placeOf, type FileStore } from './store.ts';
import { FILE_TYPES, MOST_FILE_BYTES } from './types.ts';

const NOW = Date.UTC(2026, 4, 4, 8);
const LATER = NOW + 3 * UNDO_MS;
const ringFile = newKeyRing();

let folder: string;
let files: FileStore;
let fresh: FreshDatabase;
let here: Setting;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'halqa-files-'));
	files = openFiles(folder, keyRing(ringFile));
	fresh = await freshDatabase();
	here = await aSetting(fresh);
});
afterEach(() => rmSync(folder, { recursive: true }));

const below = () =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ name }) => name);

async function contentOf(address: string): Promise<Buffer | undefined> {
	const pieces = await files.read(address);
	return pieces && Buffer.concat(await Array.fromAsync(pieces));
}

async function taken(bytes: Uint8Array): Promise<KeptFile> {
	const found = await takeIn(files, bytes, FILE_TYPES);
	if ('refusal' in found) throw new Error(found.refusal);
	return found.kept;
}

/** As if nobody had touched it for long. */
function age(address: string, path = join(folder, placeOf(address))): void {
	utimesSync(path, new Date(0), new Date(0));
}

const manager = () => contextOf(fresh, here.manager, NOW, 'steer roadmaps');

async function asEvidence(file: KeptFile) {
	const section_id = here.sectionId;
	const { outcomeId } = await addRoadmap(fresh, { section_id });
	const milestoneId = await addMilestone(fresh, { section_id, outcome_id: outcomeId });
	const asked = { milestoneId, name: 'Report', locale: 'en', file } as const;
	const added = await addEvidenceFile(manager(), asked, newId());
	if (!added.ok) throw new Error(added.refusal.reason);
	return { evidence: added.done.id, milestoneId };
}

it('keeps a content once, sealed, and gives it back whole', async () => {
	const content = Buffer.from(`Nour ${'Haddad '.repeat(30_000)}`);
	const [a, b] = await Promise.all([files.keep(content), files.keep(content)]);
	expect(await files.keep(content)).toBe(a);
	expect([a === b, below()]).toEqual([true, [a]]);
	expect(readFileSync(join(folder, placeOf(a))).includes('Haddad')).toBe(false);
	expect((await contentOf(a))!.equals(content)).toBe(true);
	expect(await contentOf('0'.repeat(64))).toBe(undefined);
});

it('gives back nothing that was altered, exchanged or cut, nor under another ring', async () => {
	const content = Buffer.alloc(200_000, 'kites ');
	const [a, b] = [await files.keep(content), await files.keep(Buffer.from('another'))];
	const path = join(folder, placeOf(a));
	const whole = readFileSync(path);
	const flipped = Buffer.from(whole);
	flipped[100_000]! ^= 1;
	for (const bytes of [
		flipped,
		whole.subarray(0, -1),
		whole.subarray(0, 65_000),
		Buffer.alloc(0),
		readFileSync(join(folder, placeOf(b)))
	]) {
		writeFileSync(path, bytes);
		await expect(contentOf(a)).rejects.toThrow();
	}
	writeFileSync(path, whole);
	const other = openFiles(folder, keyRing(newKeyRing()));
	await expect(Array.fromAsync((await other.read(a))!)).rejects.toThrow();
});

it('takes no path for an address', async () => {
	for (const address of ['../../etc/passwd', '', `${'a'.repeat(63)}/`, 'A'.repeat(64)])
		await expect(files.read(address)).rejects.toThrow(/address/);
});

it('killed while it writes leaves nothing that is half there', async () => {
	const keeper = spawn(process.execPath, [
		...['tests/harness/keeper.ts', folder, JSON.stringify(ringFile), '3000000']
	]);
	await once(keeper.stdout, 'data');
	keeper.kill('SIGKILL');
	await once(keeper, 'exit');
	const kept = (await files.list()).filter(({ state }) => state === 'whole');
	expect(kept.length).toBeGreaterThan(0);
	for (const { address } of kept) expect((await contentOf(address))!.length).toBe(3_000_000);
	for (const { path, address } of await files.list()) age(address, path);
	await collectFiles(fresh.db, files, NOW);
	expect(below()).toEqual([]);
});

it('collects what has no row, leaves what is young or wanted, and puts back what lay aside', async () => {
	const [wanted, aside, orphan, young] = [
		...[await taken(PNG), await taken(jpegFromPhone())],
		...[await taken(Buffer.from('orphan')), await taken(Buffer.from('young'))]
	] as [KeptFile, KeptFile, KeptFile, KeptFile];
	await asEvidence(wanted);
	await asEvidence(aside);
	for (const { sha256 } of [wanted, aside, orphan]) age(sha256);
	const killed = files.removeUnless(aside.sha256, () => Promise.reject(new Error('killed')));
	await expect(killed).rejects.toThrow('killed');
	expect(await contentOf(aside.sha256)).toBe(undefined);
	age(aside.sha256, (await files.list()).find(({ state }) => state === 'aside')!.path);
	await collectFiles(fresh.db, files, LATER);
	expect(below().sort()).toEqual([wanted, aside, young].map(({ sha256 }) => sha256).sort());
});

it('whoever gives a content a row while it is collected finds it there', async () => {
	const content = Buffer.from('wanted again');
	const found = await takeIn(files, content, FILE_TYPES);
	if ('refusal' in found) throw new Error(found.refusal);
	const address = found.kept.sha256;
	await files.removeUnless(address, async () => {
		await asEvidence(found.kept); // its row comes after it was asked for
		return false;
	});
	await found.again();
	expect((await contentOf(address))!.equals(content)).toBe(true);
	expect(await files.removeUnless(address, async () => true)).toBe(false);
	expect(await contentOf(address)).toBeDefined();
});

it('evidence that was taken away keeps its file as long as it can be put back', async () => {
	const file = await taken(PNG);
	const { evidence, milestoneId } = await asEvidence(file);
	await removeEvidence(manager(), { evidence, milestoneId }, newId());
	age(file.sha256);
	const rows = async () => (await fresh.db.selectFrom('file').select('id').execute()).length;
	await collectFiles(fresh.db, files, NOW);
	await collectFiles(fresh.db, files, NOW + UNDO_MS);
	expect([await rows(), below()]).toEqual([1, [file.sha256]]);
	await collectFiles(fresh.db, files, LATER);
	expect([await rows(), below()]).toEqual([0, []]);
});

it('a section keeps no more than its share, and nothing larger than one file may be', async () => {
	const file = await taken(PNG);
	const ctx = manager();
	expect(await addFile(ctx, file)).toBeDefined();
	await fresh.db.updateTable('file').set({ size_bytes: 2_000_000_000 }).execute();
	expect(await addFile(ctx, { ...file, bytes: 200_000_000 })).toBe(undefined);
	const elsewhere = contextOf(fresh, (await aSetting(fresh)).manager, NOW);
	expect(await addFile(elsewhere, file)).toBeDefined();
	const large = Buffer.alloc(MOST_FILE_BYTES + 1, 'a');
	expect(await takeIn(files, large, FILE_TYPES)).toEqual({ refusal: 'large' });
});

it('is sent as what it is and never run, in ranges, or as still right', async () => {
	const content = Buffer.from('0123456789');
	const file = { ...(await taken(content)), title: 'تقرير ../"x"\n', mayKeep: false };
	const ask = async (headers: Record<string, string> = {}) =>
		(await answerWith(files, file, new Request('https://a.example', { headers })))!;
	const whole = await ask();
	expect(Object.fromEntries(whole.headers)).toMatchObject({
		'content-type': 'text/plain; charset=utf-8',
		'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('تقرير .._')}_x__.txt`,
		'content-security-policy': "default-src 'none'; sandbox",
		'x-content-type-options': 'nosniff',
		'content-length': '10',
		'cache-control': 'no-store'
	});
	expect(await whole.text()).toBe('0123456789');
	const etag = whole.headers.get('etag')!;
	expect((await ask({ 'if-none-match': etag })).status).toBe(304);
	for (const [range, status, text, said] of [
		['bytes=2-4', 206, '234', 'bytes 2-4/10'],
		['bytes=7-', 206, '789', 'bytes 7-9/10'],
		['bytes=-2', 206, '89', 'bytes 8-9/10'],
		['bytes=8-99', 206, '89', 'bytes 8-9/10'],
		['bytes=10-', 416, '', 'bytes */10'],
		['bytes=4-2', 416, '', 'bytes */10'],
		['bytes=-0', 416, '', 'bytes */10'],
		['bytes=0-1,3-4', 200, '0123456789', null],
		['lines=1-2', 200, '0123456789', null]
	] as const) {
		const part = await ask({ range });
		expect([part.status, await part.text(), part.headers.get('content-range')], range).toEqual([
			status,
			text,
			said
		]);
	}
	expect((await ask({ range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
	const picture = { ...(await taken(PNG)), title: 'Kites', mayKeep: true };
	const shown = (await answerWith(files, picture, new Request('https://a.example')))!;
	expect(shown.headers.get('content-disposition')).toMatch(/^inline; /);
	expect(
		await answerWith(files, { ...file, sha256: '0'.repeat(64) }, new Request('https://a.example'))
	).toBe(undefined);
});
