import { existsSync } from 'node:fs';
import type { Config } from '../../src/lib/platform/config/config.ts';
import { appliedMigrations } from '../../src/lib/platform/db/migrate.ts';
import { isPostgres, pathOf, type Db } from '../../src/lib/platform/db/open.ts';
import { openSound } from '../../src/lib/platform/db/sound.ts';

/** The database of the installation for as long as `work` takes; the app may run beside it. Throws when there is none, or none that has seen the migration `since`. */
export async function withDatabase<T>(
	{ databaseUrl }: Config,
	since: string,
	work: (db: Db) => Promise<T>
): Promise<T> {
	if (!isPostgres(databaseUrl) && !existsSync(pathOf(databaseUrl)))
		throw new Error(`There is no database ${pathOf(databaseUrl)}`);
	const db = await openSound(databaseUrl);
	try {
		if (!(await appliedMigrations(db)).includes(since))
			throw new Error(
				'The database is of an older release: start this release of Halqa on it once'
			);
		return await work(db);
	} finally {
		await db.destroy();
	}
}
