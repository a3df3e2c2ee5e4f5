import { isPostgres } from '../db/open.ts';
import type { DatabaseCopy } from './copy.ts';
import { postgresCopy } from './postgres.ts';
import { sqliteCopy } from './sqlite.ts';

export type DatabaseKind = 'sqlite' | 'postgres';

/** What is said of a kind of database to people. */
export const KIND_NAMES: Record<DatabaseKind, string> = {
	sqlite: 'SQLite',
	postgres: 'PostgreSQL'
};

export function kindOf(url: string): DatabaseKind {
	return isPostgres(url) ? 'postgres' : 'sqlite';
}

export function copierOf(kind: DatabaseKind): DatabaseCopy {
	return kind === 'postgres' ? postgresCopy : sqliteCopy;
}
