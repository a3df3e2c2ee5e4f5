import { mkdirSync } from 'node:fs';
import type { Config } from '../lib/platform/config/config.ts';
import { loadKeyRing } from '../lib/platform/crypto/keyring.ts';
import { dateIn } from '../lib/platform/clock/zone.ts';
import { migrate } from '../lib/platform/db/migrate.ts';
import { fillNameKeys } from '../lib/features/people/jobs.server.ts';
import { openDatabase, type Db } from '../lib/platform/db/open.ts';

/**
 * Brings database and key ring into the state the app starts from: schema migrated, keys present, an
 * empty database filled with the example organisation where the configuration says so.
 * Answers what of the example it holds. Throws when accounts exist and their keys do not.
 */
export async function readyDatabase(config: Config): Promise<Example> {
	mkdirSync(config.dataFolder, { recursive: true });
	const db = openDatabase(config.databaseUrl);
	try {
		await migrate(db, config.migrationsFolder);
		const ring = loadKeyRing(config.keyRingFile, await isEmpty(db, 'account'));
		if (config.example === 'load' && (await isEmpty(db, 'section'))) {
			const { loadExample } = await import('../lib/features/example/example.server.ts');
			await loadExample(db, ring, { today: exampleToday(config) });
		}
		await fillNameKeys(db, ring);
		return await findExample(db);
	} finally {
		await db.destroy();
	}
}

/** What the terminal tells of the example. */
export interface Example {
	isThere: boolean;
	/** A code children can answer under, from its session's start until its day ends. */
	openCode: { code: string; date: string; time: string; zone: string } | null;
}

async function findExample(db: Db): Promise<Example> {
	const section = await db
		.selectFrom('section')
		.select('id')
		.where('is_example', '=', 1)
		.executeTakeFirst();
	const code = await db
		.selectFrom('feedback_code as code')
		.innerJoin('session', 'session.id', 'code.session_id')
		.innerJoin('section', 'section.id', 'session.section_id')
		.select(['code.code', 'session.on_date as date', 'session.start_time as time', 'session.zone'])
		.where('section.is_example', '=', 1)
		.where('code.closed_at', 'is', null)
		.orderBy('session.on_date', 'desc')
		.executeTakeFirst();
	return { isThere: section !== undefined, openCode: code ?? null };
}

async function isEmpty(db: Db, table: 'account' | 'section'): Promise<boolean> {
	return !(await db.selectFrom(table).select('id').limit(1).executeTakeFirst());
}

/** The example is Lebanon's; its today is Beirut's. */
function exampleToday(config: Config): string {
	return dateIn('Asia/Beirut', config.startsAt ?? Date.now());
}
