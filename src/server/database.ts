import { mkdirSync } from 'node:fs';
import type { Config } from '../lib/platform/config/config.ts';
import { loadKeyRing } from '../lib/platform/crypto/keyring.ts';
import { dateIn } from '../lib/platform/clock/zone.ts';
import { migrate } from '../lib/platform/db/migrate.ts';
import { openDatabase, type Db } from '../lib/platform/db/open.ts';

/**
 * Brings database and key ring into the state the app starts from: schema migrated, keys present, an
 * empty database filled with the example organisation where the configuration says so.
 * True when the database holds example data. Throws when accounts exist and their keys do not.
 */
export async function readyDatabase(config: Config): Promise<boolean> {
	mkdirSync(config.dataFolder, { recursive: true });
	const db = openDatabase(config.databaseUrl);
	try {
		await migrate(db, config.migrationsFolder);
		const ring = loadKeyRing(config.keyRingFile, await isEmpty(db, 'account'));
		if (config.example === 'load' && (await isEmpty(db, 'section'))) {
			const { loadExample } = await import('../lib/features/example/example.server.ts');
			await loadExample(db, ring, { today: exampleToday(config) });
		}
		return !!(await db
			.selectFrom('section')
			.select('id')
			.where('is_example', '=', 1)
			.executeTakeFirst());
	} finally {
		await db.destroy();
	}
}

async function isEmpty(db: Db, table: 'account' | 'section'): Promise<boolean> {
	return !(await db.selectFrom(table).select('id').limit(1).executeTakeFirst());
}

/** The example is Lebanon's; its today is Beirut's. */
function exampleToday(config: Config): string {
	return dateIn('Asia/Beirut', config.startsAt ?? Date.now());
}
