import { statfs } from 'node:fs/promises';
import { isUpToDate } from './db/migrate.ts';
import { log } from './log/log.ts';
import type { Services } from './services.server.ts';

/** Below this much free disk the process takes no more work (`security.md` 5). */
const LEAST_FREE_BYTES = 256 * 1024 * 1024;

/** True when the database answers with the newest schema, the keys are loaded and the disk has room. */
export async function isReady({ config, db, ring }: Services): Promise<boolean> {
	try {
		ring.derive(ring.current, 'seal');
		if (!(await isUpToDate(db, config.migrationsFolder))) throw new Error('the schema is behind');
		const disk = await statfs(config.dataFolder);
		if (disk.bavail * disk.bsize < LEAST_FREE_BYTES) throw new Error('the disk is nearly full');
		return true;
	} catch (err) {
		log.error({ err }, 'not ready');
		return false;
	}
}
