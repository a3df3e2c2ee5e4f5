import { sql } from 'kysely';
import { isSqlite } from './ddl.ts';
import type { Db } from './open.ts';

/**
 * Empties SQLite's log of writes into the file, so that nothing deleted stands in it any more: pages that are freed are
 * overwritten, but the log keeps those from before. Throws while somebody reads. PostgreSQL has a log of its own.
 */
export async function emptyWriteLog(db: Db): Promise<void> {
	if (!isSqlite(db)) return;
	const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
	if (rows[0]?.busy) throw new Error('the log of writes could not be emptied: somebody reads');
}
