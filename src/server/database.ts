import { existsSync, mkdirSync } from 'node:fs';
import { ledgerBeside, replayErasures } from '../lib/features/erasure/ledger.commands.server.ts';
import { makeSetupLink } from '../lib/features/organisation/link.commands.server.ts';
import { fillNameKeys } from '../lib/features/people/name-keys.commands.server.ts';
import type { Config } from '../lib/platform/config/config.ts';
import { findKeyProof, storeKeyCheck } from '../lib/platform/crypto/key-check.ts';
import { loadKeyRing, type KeyRing } from '../lib/platform/crypto/keyring.ts';
import { dateIn } from '../lib/platform/clock/zone.ts';
import { fromReserve, refillReserve, unlessFull } from '../lib/platform/db/full.ts';
import { appliedMigrations, migrate, unknownMigrations } from '../lib/platform/db/migrate.ts';
import type { Db } from '../lib/platform/db/open.ts';
import { openSound } from '../lib/platform/db/sound.ts';
import { log } from '../lib/platform/log/log.ts';

/** The migration from which on a database holds a key check value. */
const KEY_CHECK = '0011_installation';

/**
 * Brings database and key ring into the state the app starts from: both proved to be sound and to belong
 * together, schema migrated, an empty database filled with the example organisation where the configuration says so.
 * Answers what the terminal tells of it. Throws one line that says what to do, before it changes anything, when
 * the database is damaged, gone, of a newer release, or not the ring's.
 */
export async function readyDatabase(config: Config): Promise<Ready> {
	mkdirSync(config.dataFolder, { recursive: true });
	// Asked first: a process started at the same time makes the ring last.
	const hasRing = existsSync(config.keyRingFile);
	const db = await openSound(config.databaseUrl);
	try {
		const proved = await proveRing(db, config, hasRing);
		await migrate(db, config.migrationsFolder);
		const ring = proved ?? loadKeyRing(config.keyRingFile, true);
		const now = config.startsAt ?? Date.now();
		await storeKeyCheck(db, ring, now);
		if (config.example === 'load' && (await hasNoSection(db))) await fill(db, ring, config);
		await fillNameKeys(db, ring);
		const ledger = ledgerBeside(config.keyRingFile);
		const again = await replayErasures(db, ring, { file: ledger, now });
		if (again > 0) log.warn({ people: again }, 'erased again whom a backup brought back');
		if (!refillReserve(db)) log.warn('the disk has no room for the reserve of the database');
		const setup = await unlessFull(() => fromReserve(db, () => makeSetupLink(db, now)), null);
		return { example: await findExample(db), setup };
	} finally {
		await db.destroy();
	}
}

/** The ring of a database that is no new one; undefined when both are still to be made. */
async function proveRing(db: Db, config: Config, hasRing: boolean): Promise<KeyRing | undefined> {
	const { keyRingFile, migrationsFolder } = config;
	const applied = await appliedMigrations(db);
	const unknown = await unknownMigrations(db, migrationsFolder);
	if (unknown.length > 0)
		throw new Error(
			`The database is of a newer release of Halqa (${unknown.at(-1)}): start that one, or restore a backup made before it`
		);
	if (applied.length === 0 && hasRing && !config.isNew)
		throw new Error(
			`The database is empty, but there is a key ring, ${keyRingFile}: restore a backup, or start once with HALQA_NEW=1 to begin a new installation with this ring`
		);
	const prove = await findKeyProof(db, {
		keyCheck: applied.includes(KEY_CHECK),
		accounts: applied.length > 0
	});
	if (!prove && !hasRing) return undefined;
	const ring = loadKeyRing(keyRingFile, false);
	try {
		prove?.(ring);
	} catch (error) {
		throw new Error(
			`The key ring ${keyRingFile} is not the one of this database: set HALQA_KEYS to the ring it was made with, or restore that from your copy`,
			{ cause: error }
		);
	}
	return ring;
}

/** A process started at the same time may be first; then the example is there. */
async function fill(db: Db, ring: KeyRing, config: Config): Promise<void> {
	const { loadExample } = await import('../lib/features/example/example.server.ts');
	try {
		await loadExample(db, ring, { today: exampleToday(config) });
	} catch (error) {
		if (await hasNoSection(db)) throw error;
	}
}

/** The example, and the way to an organisation of one's own as long as there is none. */
export interface Ready {
	example: Example;
	/** A secret for whoever reads the terminal, good until `expiresAt` in UTC milliseconds. */
	setup: { token: string; expiresAt: number } | null;
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

async function hasNoSection(db: Db): Promise<boolean> {
	return !(await db.selectFrom('section').select('id').limit(1).executeTakeFirst());
}

/** The example is Lebanon's; its today is Beirut's. */
function exampleToday(config: Config): string {
	return dateIn('Asia/Beirut', config.startsAt ?? Date.now());
}
