import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely } from 'kysely';
import { postgresDialect } from './postgres.ts';
import type { Tables } from './schema.ts';
import { openSqlite, sqliteDialect } from './sqlite.ts';

export type Db = Kysely<Tables>;

/**
 * Opens the database behind `sqlite:PATH` or `postgres://…`.
 * Fails when the address is neither, or SQLite is not durable there.
 */
export function openDatabase(url: string): Db {
	if (isPostgres(url)) return new Kysely<Tables>({ dialect: postgresDialect(url) });
	if (!url.startsWith('sqlite:'))
		throw new Error('DATABASE_URL must be sqlite:PATH or postgres://…');
	const path = pathOf(url);
	mkdirSync(dirname(path), { recursive: true });
	return new Kysely<Tables>({ dialect: sqliteDialect(openSqlite(path)) });
}

export function isPostgres(url: string): boolean {
	return /^postgres(ql)?:/.test(url);
}

/** The file of `sqlite:PATH`. */
export function pathOf(url: string): string {
	return url.slice('sqlite:'.length);
}
