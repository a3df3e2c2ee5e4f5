import { PostgresDialect } from 'kysely';
import pg from 'pg';

const BIGINT = 20;
const NUMERIC = 1700;

/** Kysely's dialect over a pool; counts and sums come back as numbers, as they do from SQLite. */
export function postgresDialect(url: string): PostgresDialect {
	pg.types.setTypeParser(BIGINT, Number);
	pg.types.setTypeParser(NUMERIC, Number);
	const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5000 });
	pool.on('error', () => undefined); // a broken idle connection is replaced at the next query
	// One that breaks in the middle of a transaction fails its next query; unheard it would end the process.
	pool.on('connect', (client) => client.on('error', () => undefined));
	return new PostgresDialect({ pool });
}
