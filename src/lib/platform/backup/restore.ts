import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { sql } from 'kysely';
import { migrationsIn } from '../db/migrate.ts';
import { openDatabase } from '../db/open.ts';
import { readLabel, type Label } from './container.ts';
import { copierOf, KIND_NAMES, kindOf } from './databases.ts';
import { openLock } from './lock.ts';
import { makeWhole, partialOf, removedAtEnd, removeLeftovers, workFolder } from './partial.ts';
import { BackupRefused } from './refused.ts';
import { readSound, type Sound, type VerifyOrder } from './verify.ts';

export interface RestoreOrder extends VerifyOrder {
	databaseUrl: string;
	/** Where its files go; the folder it lies in must be there, or be `dataFolder`. */
	filesFolder: string;
	migrationsFolder: string;
}

/**
 * Makes a backup the database at `databaseUrl` and its files those of the data folder. Everything is opened and
 * checked before; refused, with nothing changed, where there is a database, or files, already.
 */
export async function restoreBackup(order: RestoreOrder): Promise<Sound> {
	const { file, keys, signal, databaseUrl, dataFolder, filesFolder: files } = order;
	const label = await readLabel(file);
	await assertFits(label, order);
	openLock(label.lock, keys);
	const copier = copierOf(label.database);
	await copier.assertEmpty(databaseUrl);
	using work = workFolder(dataFolder);
	using staged = removedAtEnd(copier.stagedAt(databaseUrl, work.path));
	mkdirSync(dirname(files), { recursive: true, mode: 0o700 });
	removeLeftovers(dirname(files), basename(files));
	using stagedFiles = removedAtEnd(partialOf(files));
	const places = { database: staged.path, files: stagedFiles.path };
	const read = await readSound(file, keys, places, signal);
	await copier.install(databaseUrl, staged.path, label.postgres, signal);
	if (existsSync(stagedFiles.path)) makeWhole(stagedFiles.path, files);
	await assertRows(databaseUrl, read.manifest.tables);
	return read;
}

async function assertFits({ database, schema }: Label, order: RestoreOrder): Promise<void> {
	const { databaseUrl, filesFolder: files, migrationsFolder } = order;
	const target = kindOf(databaseUrl);
	if (target !== database)
		throw new BackupRefused(
			'target',
			`This is a backup of ${KIND_NAMES[database]}, it cannot become ${KIND_NAMES[target]}`
		);
	const known = Object.keys(await migrationsIn(migrationsFolder).getMigrations());
	if (!known.includes(schema))
		throw new BackupRefused(
			'other version',
			`This backup was made by a newer release of Halqa (schema ${schema}): restore it with that release`
		);
	if (existsSync(files) && readdirSync(files).length > 0)
		throw new BackupRefused('target', `There are files in ${files} already; nothing was changed`);
}

/** Opens the restored database as the app does and counts. */
async function assertRows(url: string, tables: Record<string, number>): Promise<void> {
	const db = openDatabase(url);
	try {
		for (const [table, expected] of Object.entries(tables)) {
			const { rows } = await sql<{
				rows: number;
			}>`select count(*) as rows from ${sql.table(table)}`.execute(db);
			if (rows[0]?.rows !== expected)
				throw new Error(
					`The restored database has ${rows[0]?.rows} rows in ${table}, not ${expected}`
				);
		}
	} finally {
		await db.destroy();
	}
}
