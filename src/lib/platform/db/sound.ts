import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { sql } from 'kysely';
import { faultOf } from './faults.ts';
import { isPostgres, openDatabase, pathOf, type Db } from './open.ts';
import { Reserve } from './reserve.ts';

/** How every SQLite file begins. */
const MAGIC = 'SQLite format 3\0';
/** Where a file says which releases may write and read it (1: rollback journal, 2: WAL). SQLite only reads a file it takes for newer. */
const VERSIONS_AT = [18, 19];
const VERSIONS = [1, 2];

/**
 * Opens a database that may be relied on. Throws one line that says what to do when it does not answer, is no
 * database, was cut short or is damaged: SQLite looks at every page (`quick_check`), PostgreSQL does that itself
 * where checksums are on. A file that may only be read is refused; a full disk is not.
 */
export async function openSound(url: string): Promise<Db> {
	const name = isPostgres(url) ? `at ${new URL(url).host}` : pathOf(url);
	try {
		if (!isPostgres(url)) assertBegins(pathOf(url));
		const db = openWithReserve(url);
		try {
			if (isPostgres(url)) await sql`select 1`.execute(db);
			else {
				await quickCheck(db);
				await tryWrite(db);
			}
			return db;
		} catch (error) {
			await db.destroy();
			throw error;
		}
	} catch (error) {
		throw described(name, error);
	}
}

/** The files SQLite makes beside a database need room, also on a full disk. */
function openWithReserve(url: string): Db {
	for (;;)
		try {
			return openDatabase(url);
		} catch (error) {
			const mayHelp = ['full', 'away'].includes(faultOf(error) ?? '') && !isPostgres(url);
			if (!mayHelp || !new Reserve(pathOf(url)).release()) throw error;
		}
}

async function quickCheck(db: Db): Promise<void> {
	const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(db);
	if (rows[0]?.quick_check !== 'ok') throw new Damaged(rows[0]?.quick_check);
}

/** Writes and takes it back: SQLite opens read-only what it may not write, and would fail at the first save. */
async function tryWrite(db: Db): Promise<void> {
	const write = db.connection().execute(async (one) => {
		await sql`begin immediate`.execute(one);
		try {
			await sql`create table tried_at_start (id integer)`.execute(one);
		} finally {
			// An error may have ended the transaction; then there is nothing to take back.
			await sql`rollback`.execute(one).catch(() => undefined);
		}
	});
	await write.catch((error: unknown) => {
		if (!['full', 'busy'].includes(faultOf(error) ?? '')) throw error;
	});
}

class Damaged extends Error {}

/** Before SQLite touches it: it takes an empty file for a new database, which is left to the caller. */
function assertBegins(path: string): void {
	const file = statSync(path, { throwIfNoEntry: false });
	if (!file?.isFile() || file.size === 0) return;
	const descriptor = openSync(path, 'r');
	const head = Buffer.alloc(MAGIC.length + 4);
	readSync(descriptor, head, 0, head.length, 0);
	closeSync(descriptor);
	if (head.toString('latin1', 0, MAGIC.length) !== MAGIC)
		throw new Error(`The file ${path} is no database: look at DATABASE_URL, or restore a backup`);
	if (VERSIONS_AT.some((at) => !VERSIONS.includes(head[at]!))) throw new Damaged();
}

function described(name: string, error: unknown): unknown {
	const fault = faultOf(error);
	if (error instanceof Damaged || fault === 'damaged')
		return new Error(
			`The database ${name} is damaged or cut short: put it aside and restore the last backup`,
			{ cause: error }
		);
	if (fault === 'read only')
		return new Error(
			`The database ${name} can only be read: its header is damaged (restore the last backup), or whoever runs Halqa may not write the file and its folder (give permission)`,
			{ cause: error }
		);
	if (fault === null) return error;
	const { code, message } = error as { code?: string; message: string };
	const what = fault === 'full' ? 'the disk is full' : (code ?? message);
	return new Error(`The database ${name} cannot be opened: ${what}`, { cause: error });
}
