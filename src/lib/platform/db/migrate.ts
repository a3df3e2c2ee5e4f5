import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Migrator, type Migration, type MigrationProvider } from 'kysely/migration';
import type { Db } from './open.ts';

/** The ordered set in `migrations/`: file name without ending → its migration. */
export function migrationsIn(folder: string): MigrationProvider {
	return {
		async getMigrations() {
			const files = readdirSync(folder).filter((name) => /^\d{4}_.+\.ts$/.test(name));
			const loaded = await Promise.all(
				files.map(async (name): Promise<[string, Migration]> => [
					name.slice(0, -3),
					await import(/* @vite-ignore */ pathToFileURL(join(folder, name)).href)
				])
			);
			return Object.fromEntries(loaded);
		}
	};
}

/** Brings the schema forward, each migration in its own transaction; throws on the first that fails. */
export async function migrate(db: Db, folder: string): Promise<void> {
	const migrator = new Migrator({ db, provider: migrationsIn(folder) });
	const { error } = await migrator.migrateToLatest();
	if (error) throw error;
}

/** True when every migration in the folder has been applied to this database. */
export async function isUpToDate(db: Db, folder: string): Promise<boolean> {
	const migrator = new Migrator({ db, provider: migrationsIn(folder) });
	const known = await migrator.getMigrations();
	return known.every((migration) => migration.executedAt !== undefined);
}
