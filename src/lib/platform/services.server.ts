import { clockFrom, type Clock } from './clock/zone.ts';
import { readConfig, type Config } from './config/config.ts';
import { loadKeyRing, type KeyRing } from './crypto/keyring.ts';
import { openDatabase, type Db } from './db/open.ts';
import { openFiles, type FileStore } from './files/store.ts';

/** What one running process has: its settings, database, files, keys and clock. */
export interface Services {
	config: Config;
	db: Db;
	files: FileStore;
	ring: KeyRing;
	clock: Clock;
}

/** Opens everything from the environment; throws, saying what, when a part is missing. */
export function openServices(env: NodeJS.ProcessEnv): Services {
	const config = readConfig(env);
	const ring = loadKeyRing(config.keyRingFile, false);
	return {
		config,
		ring,
		db: openDatabase(config.databaseUrl),
		files: openFiles(config.filesFolder, ring),
		clock: config.startsAt === null ? Date.now : clockFrom(config.startsAt)
	};
}
