import { randomUUID } from 'node:crypto';
import {
	chmodSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig, type Config } from '#lib/platform/config/config.ts';
import { keyRing, newKeyRing, type KeyRing } from '#lib/platform/crypto/keyring.ts';
import { seal } from '#lib/platform/crypto/sealed.ts';
import { openDatabase, type Db } from '#lib/platform/db/open.ts';
import { aSetting } from '#tests/factories/place.ts';
import { addAccount } from '#tests/factories/rows.ts';
import {
	blankDatabase,
	testsRunOnPostgres,
	type EmptyDatabase
} from '#tests/harness/emptyDatabase.ts';
import { readyDatabase } from './database.ts';

/** What a start takes for its own, and what it refuses before it changes anything. */
const onPostgres = testsRunOnPostgres();
let blank: EmptyDatabase;
let folder: string;
let ringFile: string;

beforeEach(async () => {
	blank = await blankDatabase();
	folder = mkdtempSync(join(tmpdir(), 'halqa-start-'));
	ringFile = join(folder, 'keys/ring.json');
});
afterEach(async () => {
	await blank.remove();
	rmSync(folder, { recursive: true });
});

function config(env: NodeJS.ProcessEnv = {}): Config {
	return readConfig({
		...{ HOST: '127.0.0.1', HALQA_EXAMPLE: '0', DATABASE_URL: blank.url },
		...{ HALQA_DATA: folder, HALQA_KEYS: ringFile, ...env }
	});
}

const start = (env: NodeJS.ProcessEnv = {}) => readyDatabase(config(env));
const file = () => blank.url.slice('sqlite:'.length);
const ring = (): KeyRing => keyRing(JSON.parse(readFileSync(ringFile, 'utf8')));

async function inDatabase<Result>(work: (db: Db) => Promise<Result>): Promise<Result> {
	const db = openDatabase(blank.url);
	try {
		return await work(db);
	} finally {
		await db.destroy();
	}
}

/** One account, and what goes with it. */
async function addSomebody(): Promise<void> {
	await inDatabase(async (db) => {
		const fresh = { db, ring: ring(), url: blank.url };
		await addAccount(fresh, { sectionId: (await aSetting(fresh)).sectionId, role: 'admin' });
	});
}

const otherRing = () => writeFileSync(ringFile, JSON.stringify(newKeyRing()));

/** The one line somebody reads; nothing has changed, no way in was made. */
async function expectRefused(words: RegExp, env: NodeJS.ProcessEnv = {}): Promise<void> {
	const before = await inDatabase(links).catch(() => null);
	const refusal = await start(env).then(
		() => 'started',
		(error: Error) => error.message
	);
	expect(refusal).toMatch(words);
	expect(refusal).not.toContain('\n');
	expect(await inDatabase(links).catch(() => null)).toEqual(before);
}

const links = (db: Db) => db.selectFrom('setup_link').select('id_hash').execute();

describe('the key ring', () => {
	it('is made with a new database, and proved from then on', async () => {
		expect(await start()).toMatchObject({ setup: { token: expect.any(String) } });
		await start();
		otherRing();
		await expectRefused(/^The key ring .+ is not the one of this database: set HALQA_KEYS/);
	});

	it.each(['with', 'without'])(
		'is proved in a database with accounts, %s a key check value',
		async (check) => {
			await start();
			await addSomebody();
			if (check === 'without') await inDatabase((db) => db.deleteFrom('installation').execute());
			const right = readFileSync(ringFile);
			otherRing();
			await expectRefused(/is not the one of this database/);
			writeFileSync(ringFile, right);
			await start();
			const stored = await inDatabase((db) => db.selectFrom('installation').selectAll().execute());
			expect(stored).toHaveLength(1);
		}
	);

	it('is proved from before there was a place for the value', async () => {
		await start();
		await addSomebody();
		await inDatabase(async (db) => {
			await sql`drop table installation`.execute(db);
			await sql`delete from kysely_migration where name >= '0011'`.execute(db);
		});
		otherRing();
		await expectRefused(/is not the one of this database/);
	});

	it('is missing: nothing is made in its place', async () => {
		await start();
		rmSync(ringFile);
		await expectRefused(/^The key ring .+ is missing/);
		expect(existsSync(ringFile)).toBe(false);
	});

	it('is damaged', async () => {
		await start();
		writeFileSync(ringFile, '{"current":');
		await expectRefused(/^The key ring .+ is damaged, restore the copy/);
	});

	it('opens nothing that was altered', async () => {
		await start();
		const value = seal(keyRing(newKeyRing()), { table: 'a', column: 'b', row: 'c' }, 'Halqa');
		await inDatabase((db) =>
			db.updateTable('installation').set({ key_check_sealed: value }).execute()
		);
		await expectRefused(/is not the one of this database/);
	});
});

describe('an empty database beside a key ring', () => {
	beforeEach(async () => {
		await start();
		await blank.remove();
		blank = await blankDatabase();
	});

	it('is no new installation', async () => {
		await expectRefused(
			/^The database is empty, but there is a key ring, .+: restore a backup, or start once with HALQA_NEW=1/
		);
	});

	it('is one for whoever says so, with the same ring', async () => {
		const before = readFileSync(ringFile, 'utf8');
		expect((await start({ HALQA_NEW: '1' })).setup).not.toBeNull();
		expect(readFileSync(ringFile, 'utf8')).toBe(before);
		await start();
	});
});

it('goes on where a first start was cut off between the database and its key ring', async () => {
	await start();
	await inDatabase((db) => db.deleteFrom('installation').execute());
	rmSync(ringFile);
	expect((await start()).setup).not.toBeNull();
});

it('leaves a database of a newer release alone', async () => {
	await start();
	const future = sql`insert into kysely_migration values ('9999_future', '2027-01-01')`;
	await inDatabase((db) => future.execute(db));
	await expectRefused(
		/^The database is of a newer release of Halqa \(9999_future\): start that one/
	);
});

it('says which database does not answer, and no password', async () => {
	const url = onPostgres ? 'postgres://halqa:planted@127.0.0.1:1/halqa' : `sqlite:${folder}`;
	await expectRefused(/^The database \S+( \S+)? cannot be opened: /, { DATABASE_URL: url });
	await expect(start({ DATABASE_URL: url })).rejects.not.toThrow('planted');
});

if (!onPostgres)
	describe('a file', () => {
		beforeEach(async () => {
			await start();
			await inDatabase(async (db) => {
				const rows = Array.from({ length: 300 }, () => ({
					...{ bucket: randomUUID().repeat(20), window_starts_at: 1, attempt_count: 1 }
				}));
				await db.insertInto('login_attempt').values(rows).execute();
			});
		});

		it('that was cut short is refused', async () => {
			truncateSync(file(), Math.floor(statSync(file()).size / 8192) * 4096);
			await expectRefused(/^The database .+ is damaged or cut short: put it aside and restore/);
		});

		it('with a page of something else is refused', async () => {
			const bytes = readFileSync(file());
			bytes.fill(0xa5, bytes.length - 3 * 4096, bytes.length - 2 * 4096);
			writeFileSync(file(), bytes);
			await expectRefused(/is damaged or cut short/);
		});

		it.each([18, 19])(
			'whose header is damaged at byte %i is refused, not only read',
			async (at) => {
				const bytes = readFileSync(file());
				bytes[at] = 3;
				writeFileSync(file(), bytes);
				await expectRefused(/is damaged or cut short/);
			}
		);

		const isRoot = process.getuid?.() === 0;
		/** To root every file may be written. */
		const whereRefused = isRoot ? () => undefined : it;
		whereRefused('that may not be written is refused, with both causes', async () => {
			chmodSync(file(), 0o444);
			await expectRefused(
				/can only be read: its header is damaged .+, or .+ may not write the file/
			);
		});

		it('is as before after a start tried to write', async () => {
			await start();
			const tables = sql`select name from sqlite_schema where name = 'tried_at_start'`;
			expect((await inDatabase((db) => tables.execute(db))).rows).toEqual([]);
		});

		it('that is no database is refused', async () => {
			writeFileSync(file(), 'x'.repeat(20_000));
			await expectRefused(
				/^The file .+ is no database: look at DATABASE_URL, or restore a backup$/
			);
		});

		it('without a byte is refused beside the key ring, as one that is gone', async () => {
			truncateSync(file());
			await expectRefused(/^The database is empty, but there is a key ring/);
			rmSync(file());
			await expectRefused(/^The database is empty, but there is a key ring/);
		});
	});
