import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely } from 'kysely';
import { postgresDialect } from './postgres.ts';
import type { Tables } from './schema.ts';
import { openSqlite, openSqliteToRead, sqliteDialect } from './sqlite.ts';

export type Db = Kysely<Tables>;

/**
 * Opens the database behind `sqlite:PATH` or `postgres://…`.
 * Fails when the address is neither, or SQLite is not durable there.
 */
export function openDatabase(url: string): Db {
	if (isPostgres(url)) return new Kysely<Tables>({ dialect: postgresDialect(url) });
	const path = pathOf(url);
	mkdirSync(dirname(path), { recursive: true });
	return new Kysely<Tables>({ dialect: sqliteDialect(openSqlite(path)) });
}

/** Opens the database behind `sqlite:PATH` once more, unable to write. Fails when there is none or it is not Halqa's. */
export function openToRead(url: string): Db {
	return new Kysely<Tables>({ dialect: sqliteDialect(openSqliteToRead(pathOf(url))) });
}

export function isPostgres(url: string): boolean {
	return /^postgres(ql)?:/.test(url);
}

/** The file of `sqlite:PATH`; fails for any other address. */
export function pathOf(url: string): string {
	if (!url.startsWith('sqlite:'))
		throw new Error('DATABASE_URL must be sqlite:PATH or postgres://…');
	return url.slice('sqlite:'.length);
}
