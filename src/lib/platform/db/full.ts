import { log } from '../log/log.ts';
import { faultOf, type DatabaseFault } from './faults.ts';
import type { Db } from './open.ts';
import { usingReserve, type Reserve } from './reserve.ts';
import { HalqaSqliteAdapter } from './sqlite.ts';

/**
 * Stores what cannot wait for room: a child's wish to talk, who looked at one. On a full disk it takes from the
 * space reserved for it (SQLite; a PostgreSQL has none) and tries again. `write` must be one that may be done
 * twice when it failed; within a transaction it is tried once. Throws what the write throws once nothing is left.
 */
export async function fromReserve<Result>(db: Db, write: () => Promise<Result>): Promise<Result> {
	for (;;)
		try {
			return await usingReserve(write);
		} catch (error) {
			if (faultOf(error) !== 'full' || db.isTransaction || !reserveOf(db)?.release()) throw error;
			log.warn('the disk is full: something that cannot wait is stored from the reserve');
		}
}

/** Makes or completes the reserve of an embedded database. False when there is no room for it. */
export function refillReserve(db: Db): boolean {
	return reserveOf(db)?.refill() ?? true;
}

/** Faults that keep a database from writing, but not from being read. */
const WRITES_ALONE: readonly (DatabaseFault | null)[] = ['full', 'read only', 'busy'];
let isSaid = false;

/**
 * Does a write beside a read, best effort: `otherwise` when there is no room for it or somebody else holds the
 * database. Reading never depends on a write. Said in the log once, until a write succeeds again; other errors are thrown.
 */
export async function unlessFull<Result>(
	write: () => Promise<Result>,
	otherwise: Result
): Promise<Result> {
	try {
		const result = await write();
		isSaid = false;
		return result;
	} catch (error) {
		if (!WRITES_ALONE.includes(faultOf(error))) throw error;
		if (!isSaid) log.error({ err: error }, 'only reading: what is written beside it is left out');
		isSaid = true;
		return otherwise;
	}
}

function reserveOf(db: Db): Reserve | undefined {
	const { adapter } = db.getExecutor();
	return adapter instanceof HalqaSqliteAdapter ? adapter.reserve : undefined;
}
