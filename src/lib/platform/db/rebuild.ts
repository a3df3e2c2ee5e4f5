import type { QueryExecutorProvider } from 'kysely';
import { ddl, isSqlite } from './ddl.ts';
import type { RebuildPlan } from './rebuild-plan.ts';
import { rebuildOnPostgres } from './rebuild-postgres.ts';
import { rebuildOnSqlite } from './rebuild-sqlite.ts';

/** One table as it shall be from now on. */
export interface Rebuild {
	/** `create table NAME (…)` under the table's own name, in the words of `ddl`. */
	create: string;
	/** Columns that are new or change: SQL over the old row, such as `{ seats: 'capacity * 2' }`. */
	copy?: Readonly<Record<string, string>>;
	/** Columns whose content is given up. */
	drop?: readonly string[];
}

/**
 * Gives a table another shape and keeps its rows, on both databases from one description: a new table is made,
 * filled, and takes the old one's place. Indexes and triggers are made again (drop before what shall not come
 * back), and whatever refers to the table goes on doing so. For migrations that `export const rebuilds = true`.
 * Throws, and the migration with it, when a row does not fit the new shape, one is missing afterwards, a reference
 * leads nowhere, or a column would be lost that `drop` does not name. What others were granted on a table of
 * PostgreSQL is not kept.
 */
export async function rebuildTable(
	db: QueryExecutorProvider,
	{ create, copy = {}, drop = [] }: Rebuild
): Promise<void> {
	const [statement = '', ...others] = ddl(db, create);
	const [head, table] = /^create table (\w+) \(/.exec(statement) ?? [];
	if (!head || !table || others.length > 0)
		throw new Error('a rebuild takes one "create table NAME (…)"');
	const plan: RebuildPlan = {
		table,
		createAs: (name) => `create table ${name} (${statement.slice(head.length)}`,
		sources(before, after) {
			const lost = before.filter((column) => !after.includes(column) && !drop.includes(column));
			if (lost.length > 0) throw new Error(`${table} would lose ${lost.join(', ')}`);
			const unknown = Object.keys(copy).filter((column) => !after.includes(column));
			if (unknown.length > 0) throw new Error(`${table} has no ${unknown.join(', ')}`);
			const kept = after.filter((column) => before.includes(column));
			return new Map([
				...kept.map((column): [string, string] => [column, `"${column}"`]),
				...Object.entries(copy)
			]);
		}
	};
	await (isSqlite(db) ? rebuildOnSqlite(db, plan) : rebuildOnPostgres(db, plan));
}
