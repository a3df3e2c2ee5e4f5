import Database from 'better-sqlite3';
import { SqliteAdapter, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import { losesTrack } from './faults.ts';
import { mayUseReserve, Reserve } from './reserve.ts';

/** SQLite before this can lose committed WAL data when two processes checkpoint at once. */
const OLDEST_SAFE_VERSION = [3, 51, 3];

/** What every connection must answer to its pragmas; anything else stops the start. */
const REQUIRED: Record<string, string | number> = {
	journal_mode: 'wal',
	synchronous: 2,
	foreign_keys: 1,
	secure_delete: 1,
	trusted_schema: 0,
	temp_store: 2
};

/** What a connection that only reads must answer. */
const REQUIRED_TO_READ: Record<string, string | number> = {
	journal_mode: 'wal', // a reader sees what is committed, and lets others write
	query_only: 1,
	trusted_schema: 0,
	temp_store: 2
};

/**
 * Opens the embedded database, durable on every commit, and asserts that it is.
 * Fails when SQLite is too old or refuses one of the settings (a network disk refuses WAL).
 */
export function openSqlite(path: string): Database.Database {
	const database = new Database(path);
	database.pragma('busy_timeout = 5000');
	database.pragma('journal_mode = WAL');
	database.pragma('synchronous = FULL');
	database.pragma('foreign_keys = ON');
	database.pragma('secure_delete = ON');
	database.pragma('trusted_schema = OFF');
	database.pragma('temp_store = MEMORY');
	database.pragma('journal_size_limit = 67108864');
	assertSafe(database);
	return database;
}

/**
 * Opens the embedded database a second time, for reading alone. Fails when there is no file, or it is not the one
 * `openSqlite` has made durable.
 */
export function openSqliteToRead(path: string): Database.Database {
	const database = new Database(path, { readonly: true, fileMustExist: true });
	database.pragma('busy_timeout = 5000');
	database.pragma('query_only = ON');
	database.pragma('trusted_schema = OFF');
	database.pragma('temp_store = MEMORY');
	assertSafe(database, REQUIRED_TO_READ);
	return database;
}

/** Throws, naming the setting, when a connection is not as durable and strict as Halqa needs. */
export function assertSafe(database: Database.Database, required = REQUIRED): void {
	const { version } = database.prepare('select sqlite_version() as version').get() as {
		version: string;
	};
	if (isOlder(version.split('.').map(Number), OLDEST_SAFE_VERSION))
		throw new Error(`SQLite ${version} is older than ${OLDEST_SAFE_VERSION.join('.')}`);
	for (const [name, wanted] of Object.entries(required)) {
		const found = database.pragma(name, { simple: true });
		if (found !== wanted) throw new Error(`SQLite ${name} is ${found}, Halqa needs ${wanted}`);
	}
}

function isOlder(version: number[], than: number[]): boolean {
	for (const [i, part] of than.entries()) if (version[i] !== part) return (version[i] ?? 0) < part;
	return false;
}

/**
 * Kysely's dialect over a connection that keeps its prepared statements and takes the write lock
 * at `begin`: with a deferred begin, two processes that both write fail busy at once instead of waiting.
 */
export function sqliteDialect(
	database: Database.Database,
	whenLost: (error: unknown) => void = endProcess
): SqliteDialect {
	const reserve = new Reserve(database.name);
	const guard = new WriteGuard(reserve, whenLost);
	const statements = new Map<string, SqliteStatement>();
	const cached: SqliteDatabase = {
		close: () => database.close(),
		prepare(sql) {
			// A write that found the disk full has undone its whole transaction; there is nothing left to undo.
			if (sql === 'rollback' && !database.inTransaction) return NOTHING;
			const text = sql === 'begin' ? 'begin immediate' : sql;
			let statement = statements.get(text);
			if (!statement) {
				if (statements.size >= 500) statements.clear();
				statement = withEncodedParameters(database.prepare(text), guard);
				statements.set(text, statement);
			}
			return statement;
		}
	};
	return new HalqaSqliteDialect({ database: cached }, reserve);
}

class HalqaSqliteDialect extends SqliteDialect {
	readonly #reserve: Reserve;

	constructor(config: ConstructorParameters<typeof SqliteDialect>[0], reserve: Reserve) {
		super(config);
		this.#reserve = reserve;
	}

	override createAdapter() {
		return new HalqaSqliteAdapter(this.#reserve);
	}
}

/** What a database handle and its transactions know of the file behind them. */
export class HalqaSqliteAdapter extends SqliteAdapter {
	readonly reserve: Reserve;

	constructor(reserve: Reserve) {
		super();
		this.reserve = reserve;
	}

	/** SQLite rolls schema changes back like any other; said here so that a failing migration leaves nothing behind. */
	override get supportsTransactionalDdl() {
		return true;
	}
}

const NOTHING: SqliteStatement = {
	reader: false,
	all: () => [],
	run: () => ({ changes: 0, lastInsertRowid: 0 }),
	iterate: () => [][Symbol.iterator]()
};

/** Stands before every write of a connection. */
class WriteGuard {
	readonly #reserve: Reserve;
	readonly #whenLost: (error: unknown) => void;
	#lost: unknown;

	constructor(reserve: Reserve, whenLost: (error: unknown) => void) {
		this.#reserve = reserve;
		this.#whenLost = whenLost;
	}

	/** Throws when this write may not have the room that is left, or writes are over for this process. */
	mayWrite(): void {
		if (this.#lost) throw this.#lost;
		if (!mayUseReserve() && this.#reserve.isMissed())
			throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
	}

	/**
	 * Runs a statement. When the disk fails so that nobody knows what of the last writes is on it, this connection
	 * writes no more.
	 */
	watch<Result>(run: () => Result): Result {
		try {
			return run();
		} catch (error) {
			if (losesTrack(error) && !this.#lost) {
				this.#lost = error;
				this.#whenLost(error);
			}
			throw error;
		}
	}
}

/** As after any uncaught error: once it has answered. The next process reads what is there. */
function endProcess(error: unknown): void {
	setImmediate(() => {
		throw error;
	});
}

function withEncodedParameters(statement: Database.Statement, guard: WriteGuard): SqliteStatement {
	const writes = !statement.readonly && !/^(begin|rollback)/.test(statement.source);
	const checked = (parameters: readonly unknown[]) => {
		if (writes) guard.mayWrite();
		return parameters.map(encode);
	};
	return {
		reader: statement.reader,
		all: (parameters) => guard.watch(() => statement.all(checked(parameters))),
		run: (parameters) => guard.watch(() => statement.run(checked(parameters))),
		iterate: (parameters) => statement.iterate(checked(parameters)) as IterableIterator<unknown>
	};
}

/** PostgreSQL's driver takes booleans; SQLite stores 0 and 1. */
function encode(parameter: unknown): unknown {
	return typeof parameter === 'boolean' ? Number(parameter) : parameter;
}
