import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration, type MigrationProvider } from 'kysely/migration';
import { isSqlite } from './ddl.ts';
import type { Db } from './open.ts';
import { assertReferences, hasForeignKeys } from './rebuild-sqlite.ts';

/** One file of `migrations/`. `rebuilds` says that it calls `rebuildTable`. */
interface MigrationFile extends Migration {
	rebuilds?: boolean;
}

/** The ordered set in `migrations/`: file name without ending → its migration. */
export function migrationsIn(folder: string): MigrationProvider & {
	getMigrations(): Promise<Record<string, MigrationFile>>;
} {
	return {
		async getMigrations() {
			const loaded = await Promise.all(
				namesIn(folder).map(async (name): Promise<[string, MigrationFile]> => {
					const file = await import(
						/* @vite-ignore */ pathToFileURL(join(folder, `${name}.ts`)).href
					);
					return [name, { ...file, up: (db) => upAndCheck(file, db) }];
				})
			);
			return Object.fromEntries(loaded);
		}
	};
}

/**
 * Brings the schema forward, all that is missing in one transaction; throws on the first that fails, and then
 * nothing has changed. When one of them rebuilds a table, SQLite's foreign keys are off around the transaction
 * (within it the switch does nothing), every reference is checked before it commits, and they are on again after.
 */
export async function migrate(db: Db, folder: string): Promise<void> {
	const provider = migrationsIn(folder);
	const migrator = new Migrator({ db, provider });
	const isRebuilding =
		isSqlite(db) &&
		(await migrator.getMigrations()).some(
			({ executedAt, migration }) => !executedAt && (migration as MigrationFile).rebuilds
		);
	if (isRebuilding) await sql`pragma foreign_keys = off`.execute(db);
	try {
		const { error } = await migrator.migrateToLatest();
		if (error) throw error;
	} finally {
		if (isRebuilding) await sql`pragma foreign_keys = on`.execute(db);
	}
	if (isSqlite(db) && !(await hasForeignKeys(db)))
		throw new Error('SQLite foreign_keys is off, Halqa needs it on');
}

/** True when every migration in the folder has been applied to this database. */
export async function isUpToDate(db: Db, folder: string): Promise<boolean> {
	const applied = new Set(await appliedMigrations(db));
	return namesIn(folder).every((name) => applied.has(name));
}

/** Names of the migrations a database has seen, the latest last; none of an empty one. */
export async function appliedMigrations(db: Db): Promise<string[]> {
	const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
	if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
	const { rows } = await sql<{ name: string }>`
		select name from kysely_migration order by name`.execute(db);
	return rows.map(({ name }) => name);
}

/** Migrations a database has seen and this folder does not hold: a newer release has been here. */
export async function unknownMigrations(db: Db, folder: string): Promise<string[]> {
	const known = new Set(namesIn(folder));
	return (await appliedMigrations(db)).filter((name) => !known.has(name));
}

async function upAndCheck(file: MigrationFile, db: Kysely<unknown>): Promise<void> {
	await file.up(db);
	if (isSqlite(db) && !(await hasForeignKeys(db))) await assertReferences(db);
}

function namesIn(folder: string): string[] {
	return readdirSync(folder)
		.filter((name) => /^\d{4}_.+\.ts$/.test(name))
		.map((name) => name.slice(0, -3))
		.sort();
}
