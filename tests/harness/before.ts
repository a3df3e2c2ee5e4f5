import { join } from 'node:path';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { onTestFinished } from 'vitest';
import { isSqlite } from '#lib/platform/db/ddl.ts';
import { migrationsIn } from '#lib/platform/db/migrate.ts';
import { openDatabase, type Db } from '#lib/platform/db/open.ts';
import { blankDatabase } from './emptyDatabase.ts';

export const MIGRATIONS = join(import.meta.dirname, '../../migrations');

/** An empty database with every migration before the one named; gone after the test. */
export async function databaseBefore(migration: string): Promise<Db> {
	const blank = await blankDatabase();
	const db = openDatabase(blank.url);
	onTestFinished(async () => {
		await db.destroy();
		await blank.remove();
	});
	const provider = migrationsIn(MIGRATIONS);
	const names = Object.keys(await provider.getMigrations()).sort();
	if (isSqlite(db)) await sql`pragma foreign_keys = off`.execute(db);
	const last = names[names.indexOf(migration) - 1]!;
	const { error } = await new Migrator({ db, provider }).migrateTo(last);
	if (error) throw error;
	if (isSqlite(db)) await sql`pragma foreign_keys = on`.execute(db);
	return db;
}
