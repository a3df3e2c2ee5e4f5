import { SqliteAdapter, type QueryExecutorProvider } from 'kysely';

/**
 * Splits a script of `create` statements and spells the few words that differ: INSTANT (UTC
 * milliseconds), COUNTER (an ascending key), and STRICT tables, so that SQLite refuses wrong types as
 * PostgreSQL does. There, a table whose key has several columns is stored in the order of that key:
 * a session's marks lie together, and counting them takes half as long.
 */
export function ddl(db: QueryExecutorProvider, script: string): string[] {
	const sqlite = isSqlite(db);
	return script
		.split(';')
		.map((statement) => statement.trim())
		.filter((statement) => statement !== '')
		.map((statement) => statement.replaceAll('INSTANT', sqlite ? 'integer' : 'bigint'))
		.map((statement) =>
			statement.replaceAll(
				'COUNTER',
				sqlite
					? 'integer primary key autoincrement'
					: 'bigint generated always as identity primary key'
			)
		)
		.map((statement) =>
			sqlite && statement.startsWith('create table')
				? `${statement} ${storage(statement)}`
				: statement
		);
}

function storage(table: string): string {
	return table.includes('primary key (') ? 'strict, without rowid' : 'strict';
}

/** Whether a handle or transaction is of the embedded database. */
export function isSqlite(db: QueryExecutorProvider): boolean {
	return db.getExecutor().adapter instanceof SqliteAdapter;
}
