import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromReserve, refillReserve, unlessFull } from './full.ts';
import type { Db } from './open.ts';
import type { Tables } from './schema.ts';
import { openSqlite, sqliteDialect } from './sqlite.ts';

let folder: string;
let reserve: string;
let database: Database.Database;
let db: Db;
const whenLost = vi.fn();

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'halqa-full-'));
	reserve = join(folder, 'a.db-reserve');
	database = openSqlite(join(folder, 'a.db'));
	database.function('fail', (code) => {
		throw new Database.SqliteError('planted', String(code));
	});
	whenLost.mockReset();
	db = new Kysely<Tables>({ dialect: sqliteDialect(database, whenLost) });
	await sql`create table word (word text)`.execute(db);
});
afterEach(async () => {
	await db.destroy();
	rmSync(folder, { recursive: true });
});

const add = (to: Db = db) => sql`insert into word values ('a')`.execute(to);
const fail = (code: string, to: Db = db) =>
	sql`insert into word values (fail(${code}))`.execute(to);

/** The database may not grow any more: every write that needs a page finds the disk full. */
function fill(): void {
	const pages = database.pragma('page_count', { simple: true }) as number;
	database.pragma(`max_page_count = ${pages}`);
}

describe('what is written beside a read', () => {
	it('is left out when there is no room, nothing else is', async () => {
		expect(await unlessFull(() => fail('SQLITE_FULL').then(() => 1), 2)).toBe(2);
		expect(await unlessFull(() => fail('SQLITE_BUSY').then(() => 1), 2)).toBe(2);
		expect(await unlessFull(() => add().then(() => 1), 2)).toBe(1);
		for (const code of ['SQLITE_CONSTRAINT', 'SQLITE_IOERR_READ', 'SQLITE_CORRUPT'])
			await expect(unlessFull(() => fail(code), undefined)).rejects.toThrow('planted');
	});
});

describe('the reserve', () => {
	const failOnce = () => {
		let count = 0;
		return () => ((count += 1) === 1 ? fail('SQLITE_FULL') : add());
	};

	it('is made of real blocks and gives way to what cannot wait, step by step', async () => {
		expect(refillReserve(db)).toBe(true);
		const { size, blocks } = statSync(reserve);
		expect(blocks * 512).toBeGreaterThanOrEqual(size);
		await fromReserve(db, failOnce());
		expect(statSync(reserve).size).toBeLessThan(size);
		expect(statSync(reserve).size).toBeGreaterThan(size / 2);
	});

	it('ends: what finds no room then is refused', async () => {
		refillReserve(db);
		await expect(fromReserve(db, () => fail('SQLITE_FULL'))).rejects.toThrow('planted');
		expect(statSync(reserve).size).toBe(0);
	});

	it('is whole again at the next write that finds room', async () => {
		refillReserve(db);
		const { size } = statSync(reserve);
		truncateSync(reserve);
		await add();
		expect(statSync(reserve).size).toBe(size);
	});

	it('is not given up for an error of another kind, nor within a transaction', async () => {
		refillReserve(db);
		const { size } = statSync(reserve);
		await expect(fromReserve(db, () => fail('SQLITE_BUSY'))).rejects.toThrow('planted');
		const within = db
			.transaction()
			.execute((trx) => fromReserve(trx, () => fail('SQLITE_FULL', trx)));
		await expect(within).rejects.toThrow('planted');
		expect(statSync(reserve).size).toBe(size);
	});
});

it('undoes a transaction that found the disk full, says so, and goes on once there is room', async () => {
	fill();
	const long = 'x'.repeat(20_000);
	const write = () =>
		db.transaction().execute(async (trx) => {
			await add(trx);
			await sql`insert into word values (${long})`.execute(trx);
		});
	await expect(write()).rejects.toMatchObject({ code: 'SQLITE_FULL' });
	expect((await sql`select * from word`.execute(db)).rows).toEqual([]);
	database.pragma('max_page_count = 100000');
	await write();
	expect((await sql`select * from word`.execute(db)).rows).toHaveLength(2);
});

it('writes no more, and ends the process, once it cannot know what is on the disk', async () => {
	await expect(fail('SQLITE_IOERR_FSYNC')).rejects.toThrow('planted');
	expect(whenLost).toHaveBeenCalledOnce();
	await expect(add()).rejects.toMatchObject({ code: 'SQLITE_IOERR_FSYNC' });
	expect((await sql`select * from word`.execute(db)).rows).toEqual([]);
	expect(whenLost).toHaveBeenCalledOnce();
});
