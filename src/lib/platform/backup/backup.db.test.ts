import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	existsSync,
	linkSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { aSetting } from '#tests/factories/place.ts';
import { addAccount, addCentre, addSection } from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { blankPostgres, testsRunOnPostgres } from '#tests/harness/emptyDatabase.ts';
import { keyRing, newKeyRing } from '../crypto/keyring.ts';
import { openDatabase } from '../db/open.ts';
import { openFiles, placeOf } from '../files/store.ts';
import { newId } from '../ids/ids.ts';
import { makeLink } from '../login/links.ts';
import { startLogin } from '../login/sessions.ts';
import { makeBackup, type BackupOrder } from './backup.ts';
import { newBackupKeys, parsePublicKey, readPrivateKey } from './keys.ts';
import { openLock, type Lock } from './lock.ts';
import { readBackup } from './reading.ts';
import { restoreBackup, type RestoreOrder } from './restore.ts';
import { verifyBackup } from './verify.ts';

const MIGRATIONS = join(import.meta.dirname, '../../../../migrations');
const NOW = Date.UTC(2026, 10, 27, 22, 15);
const ringFile = newKeyRing();
const ring = keyRing(ringFile);
const { signal } = new AbortController();

/** A database, and a backup of it that the tests share. */
let fresh: FreshDatabase;
let made: Awaited<ReturnType<typeof makeBackup>>;
let shared: string;
/** Of each test alone. */
let folder: string;
const cleanUp: (() => Promise<void>)[] = [];
beforeAll(async () => {
	folder = shared = mkdtempSync(join(tmpdir(), 'halqa-backup-'));
	fresh = { ...(await freshDatabase()), ring };
	const sectionId = await addSection(fresh, 'Secções عربي');
	const centreIds = [await addCentre(fresh, sectionId)];
	const { id } = await addAccount(fresh, { sectionId, centreIds });
	await startLogin(fresh.db, id, NOW);
	await makeLink(fresh.db, ring, { accountId: id, sectionId, kind: 'reset', madeBy: id, now: NOW });
	made = await backup({ to: shared, dataFolder: shared });
});
afterAll(() => rmSync(shared, { recursive: true }));
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'halqa-backup-'));
});
afterEach(async () => {
	for (const clean of cleanUp.splice(0)) await clean();
	rmSync(folder, { recursive: true });
});

function backup(order: Partial<BackupOrder> = {}) {
	const to = order.to ?? join(folder, 'backups');
	mkdirSync(to, { recursive: true });
	return makeBackup({
		databaseUrl: fresh.url,
		dataFolder: join(folder, 'data'),
		filesFolder: join(folder, 'data/files'),
		to,
		sealTo: ring,
		ring,
		secretFiles: [],
		app: '0.1.0',
		now: NOW,
		signal,
		...order
	});
}

/** Where a database can be restored to, of the kind the tests run on. */
async function target(): Promise<string> {
	if (!testsRunOnPostgres()) return `sqlite:${join(folder, 'restored', 'halqa.db')}`;
	const blank = await blankPostgres();
	cleanUp.push(blank.remove);
	return blank.url;
}

function restore(file: string, databaseUrl: string, order: Partial<RestoreOrder> = {}) {
	const keys = { privateKey: null, ring };
	const dataFolder = join(folder, 'new-data');
	return restoreBackup({
		file,
		keys,
		dataFolder,
		filesFolder: join(dataFolder, 'files'),
		databaseUrl,
		migrationsFolder: MIGRATIONS,
		signal,
		...order
	});
}

async function rowsOf(url: string) {
	const db = openDatabase(url);
	try {
		return {
			sections: await db.selectFrom('section').selectAll().execute(),
			accounts: await db.selectFrom('account').selectAll().execute(),
			logins: await db.selectFrom('login_session').selectAll().execute(),
			links: await db.selectFrom('account_link').selectAll().execute()
		};
	} finally {
		await db.destroy();
	}
}

/** Files and folders below a folder, with slashes. */
function below(path: string): string[] {
	return existsSync(path) ? readdirSync(path, { recursive: true }).map(String).sort() : [];
}

/** True where nothing has been made of a database yet. */
async function isUntouched(url: string): Promise<boolean> {
	if (!testsRunOnPostgres()) return below(join(folder, 'restored')).length === 0;
	await expect(rowsOf(url)).rejects.toThrow(/does not exist/);
	return true;
}

it('comes back as it was, but for logins and links, and says what it holds', async () => {
	const before = await rowsOf(fresh.url);
	expect([before.logins.length, before.links.length]).toEqual([1, 1]);
	expect(made.path).toBe(join(shared, 'halqa-20261127T221500Z.backup'));
	expect(statSync(made.path).mode & 0o777).toBe(0o600);
	expect(made.manifest.tables).toMatchObject({ section: 1, centre: 1, account: 1 });
	expect(below(shared)).toEqual([basename(made.path)]);

	const keys = { privateKey: null, ring };
	const verified = await verifyBackup({ file: made.path, keys, dataFolder: folder, signal });
	expect(verified).toMatchObject({ ring: 'right', manifest: made.manifest, label: made.label });
	expect(below(folder)).toEqual([]);

	const url = await target();
	expect(await restore(made.path, url)).toMatchObject({ ring: 'right' });
	expect(await rowsOf(url)).toEqual({ ...before, logins: [], links: [] });
	expect(below(join(folder, 'restored'))).toEqual(testsRunOnPostgres() ? [] : ['halqa.db']);
	expect(below(join(folder, 'new-data'))).toEqual([]);
});

it('is whole while another process writes, and costs it no write', async () => {
	const busy = await freshDatabase();
	const writer = spawn(process.execPath, ['tests/harness/writer.ts', busy.url], {
		stdio: ['pipe', 'pipe', 'inherit']
	});
	await once(writer.stdout, 'data');
	const { path, manifest } = await backup({ databaseUrl: busy.url });
	const said = text(writer.stdout);
	writer.stdin.end();
	const { written, failed } = JSON.parse(await said);
	expect(failed).toBe(0);
	expect(written).toBeGreaterThan(manifest.tables['section']!);
	expect(manifest.tables['section']).toBe(manifest.tables['centre']);
	const url = await target();
	await restore(path, url);
	expect((await rowsOf(url)).sections).toHaveLength(manifest.tables['section']!);
});

it('holds no key of the ring, sealed or opened, and tells who made it from who has the public key', async () => {
	const { privateText, publicText } = newBackupKeys();
	writeFileSync(join(folder, 'key'), privateText);
	const privateKey = readPrivateKey(join(folder, 'key'));
	const another = keyRing(newKeyRing());
	const { path } = await backup({ sealTo: parsePublicKey(publicText), ring: another });
	const opened = join(folder, 'opened');
	const unlock = (lock: Lock) => openLock(lock, { privateKey, ring: null });
	const read = await readBackup(path, unlock, { database: opened }, signal);
	for (const file of [made.path, path, opened]) {
		const bytes = readFileSync(file);
		for (const secret of [...Object.values(ringFile.keys), privateText]) {
			expect(bytes.includes(secret)).toBe(false);
			expect(bytes.includes(Buffer.from(secret, 'base64'))).toBe(false);
		}
		expect(bytes.includes('Secções عربي')).toBe(file === opened);
	}
	expect([read.isFrom(another), read.isFrom(ring)]).toEqual([true, false]);
	for (const [at, found] of [
		[ring, 'other'],
		[null, 'missing']
	] as const) {
		const keys = { privateKey, ring: at };
		const verified = await verifyBackup({ file: path, keys, dataFolder: folder, signal });
		expect(verified.ring).toBe(found);
	}
});

it('brings the folder of files along, and takes in neither keys nor what is no file', async () => {
	const files = join(folder, 'data/files');
	mkdirSync(join(files, 'pictures'), { recursive: true });
	writeFileSync(join(files, 'pictures/صورة.png'), 'picture');
	writeFileSync(join(files, 'empty'), '');
	const { path } = await backup();
	await restore(path, await target());
	const restored = join(folder, 'new-data/files');
	expect(below(restored)).toEqual(['empty', 'pictures', join('pictures', 'صورة.png')]);
	expect(readFileSync(join(restored, 'pictures/صورة.png'), 'utf8')).toBe('picture');
	await expect(restore(path, await target())).rejects.toMatchObject({ reason: 'target' });

	writeFileSync(join(folder, 'ring.json'), '{}');
	linkSync(join(folder, 'ring.json'), join(files, 'copy.json'));
	const now = NOW + 1000;
	const secretFiles = [join(folder, 'ring.json')];
	await expect(backup({ secretFiles, now })).rejects.toThrow(/copy\.json is a key/);
	rmSync(join(files, 'copy.json'));
	symlinkSync('/etc/hostname', join(files, 'link'));
	await expect(backup({ now })).rejects.toThrow(/link is not a file/);
	expect(below(join(folder, 'backups'))).toHaveLength(1);
});

it('says which files that rows speak of it does not hold, and leaves out what is unfinished', async () => {
	const filesFolder = join(folder, 'kept');
	const files = openFiles(filesFolder, ring);
	const [there, lost] = [
		await files.keep(Buffer.from('there')),
		await files.keep(Buffer.from('lost'))
	];
	const place = await aSetting(fresh);
	for (const sha256 of [there, lost]) {
		const row = {
			id: newId(),
			section_id: place.sectionId,
			sha256,
			type: 'text',
			size_bytes: 5
		} as const;
		await fresh.db
			.insertInto('file')
			.values({ ...row, uploaded_by: place.manager.id, uploaded_at: NOW })
			.execute();
	}
	writeFileSync(join(filesFolder, `${placeOf(there)}.x.partial`), 'half');
	const now = NOW + 5000;
	expect((await backup({ filesFolder, now })).missingFiles).toEqual([]);
	rmSync(join(filesFolder, placeOf(lost)));
	const { path, missingFiles } = await backup({ filesFolder, now: now + 1000 });
	expect(missingFiles).toEqual([placeOf(lost)]);
	const keys = { privateKey: null, ring };
	const verified = await verifyBackup({ file: path, keys, dataFolder: folder, signal });
	expect(verified.missingFiles).toEqual([placeOf(lost)]);
	const restored = join(folder, 'elsewhere/files');
	await restore(path, await target(), { filesFolder: restored });
	expect(below(restored).filter((name) => name.includes(there))).toHaveLength(1);
	expect(below(restored).filter((name) => /partial/.test(name))).toEqual([]);
	const pieces = (await openFiles(restored, ring).read(there))!;
	expect(Buffer.concat(await Array.fromAsync(pieces)).toString()).toBe('there');
	await fresh.db.deleteFrom('file').execute();
});

it('leaves nothing behind when it is stopped or cannot be made', async () => {
	const stop = new AbortController();
	const stopped = backup({ signal: stop.signal });
	expect(below(join(folder, 'data'))).toHaveLength(2);
	stop.abort();
	await expect(stopped).rejects.toThrow();
	const nowhere = testsRunOnPostgres()
		? Object.assign(new URL(fresh.url), { pathname: '/halqa_nowhere' }).href
		: `sqlite:${folder}/nowhere.db`;
	await expect(backup({ databaseUrl: nowhere })).rejects.toThrow(/no database|does not exist/);
	expect([below(join(folder, 'data')), below(join(folder, 'backups'))]).toEqual([[], []]);
	expect(existsSync(join(folder, 'nowhere.db'))).toBe(false);
});

it('does not write over a backup of the same second', async () => {
	const before = readFileSync(made.path);
	await expect(backup({ to: shared })).rejects.toThrow(/already/);
	expect(readFileSync(made.path).equals(before)).toBe(true);
});

it('is not restored over a database, into another kind, or from a newer release', async () => {
	const before = await rowsOf(fresh.url);
	await expect(restore(made.path, fresh.url)).rejects.toMatchObject({ reason: 'target' });
	expect(await rowsOf(fresh.url)).toEqual(before);
	const other = testsRunOnPostgres() ? `sqlite:${folder}/other.db` : 'postgres://127.0.0.1:1/x';
	await expect(restore(made.path, other)).rejects.toThrow(/cannot become/);
	const url = await target();
	const newer = restore(made.path, url, { migrationsFolder: folder });
	await expect(newer).rejects.toMatchObject({ reason: 'other version' });
	expect(existsSync(`${folder}/other.db`)).toBe(false);
	expect(await isUntouched(url)).toBe(true);
});

it('damaged, cut or without its key leaves nothing at the target', async () => {
	const whole = readFileSync(made.path);
	const url = await target();
	const file = join(folder, 'altered');
	const flipped = Buffer.from(whole);
	flipped[whole.length - 100]! ^= 1;
	for (const bytes of [flipped, whole.subarray(0, -20)]) {
		writeFileSync(file, bytes);
		await expect(restore(file, url)).rejects.toMatchObject({ reason: 'damaged' });
	}
	const keys = { privateKey: null, ring: keyRing(newKeyRing()) };
	await expect(restore(made.path, url, { keys })).rejects.toMatchObject({ reason: 'wrong key' });
	expect(await isUntouched(url)).toBe(true);
	expect(below(join(folder, 'new-data'))).toEqual([]);
});
