/**
 * Why a database did not do what it was asked: no room on the disk; the disk itself fails; the file is damaged; somebody
 * else holds it too long; it may only be read; it is not there (stopped, restarting, too many connections).
 */
export type DatabaseFault = 'full' | 'failing' | 'damaged' | 'busy' | 'read only' | 'away';

/** What a request is answered whose work failed so: 507 Insufficient Storage or 503 Service Unavailable. */
export function statusOf(fault: DatabaseFault): 503 | 507 {
	return fault === 'full' ? 507 : 503;
}

/** Codes of SQLite, of PostgreSQL (SQLSTATE) and of node's sockets, by how they begin; the first that fits counts. */
const CODES: readonly (readonly [RegExp, DatabaseFault])[] = [
	[/^SQLITE_(FULL|IOERR_SHMSIZE)|^53100$|^ENOSPC$|^EDQUOT$/, 'full'],
	[/^SQLITE_IOERR|^58030$/, 'failing'],
	[/^SQLITE_(CORRUPT|NOTADB)|^XX00[12]$/, 'damaged'],
	[/^SQLITE_(BUSY|LOCKED)|^(40001|40P01|55P03|57014)$/, 'busy'],
	[/^SQLITE_(READONLY|PERM)|^25006$/, 'read only'],
	[/^SQLITE_CANTOPEN|^(08\w{3}|53\w{3}|57P0\w)$/, 'away'],
	[/^(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|EPIPE)$/, 'away']
];

/** What drivers say without a code, once a connection is closed or cannot be had in time. */
const WORDS =
	/^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|The database connection is not open|driver has already been destroyed|Cannot use a pool after calling end)/;

/** The fault of a database an error tells of; null for every other error. */
export function faultOf(error: unknown): DatabaseFault | null {
	if (!(error instanceof Error)) return null;
	const { code } = error as { code?: unknown };
	const known = typeof code === 'string' && CODES.find(([pattern]) => pattern.test(code));
	if (known) return known[1];
	return WORDS.test(error.message) ? 'away' : null;
}

/**
 * True when SQLite cannot say what of its last writes is on the disk: a failed fsync is not told twice, so
 * that a process which goes on would acknowledge what is not there.
 */
export function losesTrack(error: unknown): boolean {
	const code = String((error as { code?: unknown } | null)?.code);
	return faultOf(error) === 'failing' && /^SQLITE_IOERR_(.*FSYNC|WRITE|TRUNCATE|CLOSE)/.test(code);
}
