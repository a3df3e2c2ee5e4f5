import type { QueryExecutorProvider } from 'kysely';
import {
	assertSameCount,
	copyStatement,
	countRows,
	rowsOf,
	run,
	type RebuildPlan
} from './rebuild-plan.ts';

const FRESH = 'halqa_rebuilt';

/**
 * SQLite's own way to change a table (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes"):
 * with foreign keys on, dropping the old table would delete or refuse what refers to it. The old way of renaming
 * leaves what others say of a table as it is, and minds no trigger that speaks of the missing one in between.
 */
export async function rebuildOnSqlite(db: QueryExecutorProvider, plan: RebuildPlan): Promise<void> {
	if (await hasForeignKeys(db))
		throw new Error('a migration that rebuilds a table says so: export const rebuilds = true');
	const { table } = plan;
	const before = await countRows(db, table);
	const around = await rowsOf<{ sql: string }>(
		db,
		`select sql from sqlite_master where tbl_name = '${table}' and type in ('index', 'trigger') and sql is not null`
	);
	const lastKey = await lastKeyOf(db, table);
	await run(db, plan.createAs(FRESH));
	const sources = plan.sources(await columnsOf(db, table), await columnsOf(db, FRESH));
	await run(db, copyStatement(sources, { from: table, to: FRESH }));
	assertSameCount(table, before, await countRows(db, FRESH));
	await run(db, 'pragma legacy_alter_table = on');
	try {
		await run(db, `drop table ${table}`);
		await run(db, `alter table ${FRESH} rename to ${table}`);
	} finally {
		await run(db, 'pragma legacy_alter_table = off');
	}
	for (const statement of around) await run(db, statement.sql);
	if (lastKey !== undefined)
		await run(db, `update sqlite_sequence set seq = ${lastKey} where name = '${table}'`);
}

/** Throws, naming the tables, when a row refers to one that is not there. */
export async function assertReferences(db: QueryExecutorProvider): Promise<void> {
	const lost = await rowsOf<{ table: string; parent: string }>(db, 'pragma foreign_key_check');
	const [first] = lost;
	if (first)
		throw new Error(
			`${lost.length} rows refer to nothing, the first in ${first.table} to a row of ${first.parent}`
		);
}

/** Whether this connection of SQLite minds its foreign keys. */
export async function hasForeignKeys(db: QueryExecutorProvider): Promise<boolean> {
	const [found] = await rowsOf<{ foreign_keys: number }>(db, 'pragma foreign_keys');
	return found?.foreign_keys === 1;
}

/** The highest key a table with ascending keys has ever given; undefined for the others. */
async function lastKeyOf(db: QueryExecutorProvider, table: string): Promise<number | undefined> {
	const counts = await rowsOf(db, `select 1 from sqlite_master where name = 'sqlite_sequence'`);
	if (counts.length === 0) return undefined;
	const [found] = await rowsOf<{ seq: number }>(
		db,
		`select seq from sqlite_sequence where name = '${table}'`
	);
	return found?.seq;
}

async function columnsOf(db: QueryExecutorProvider, table: string): Promise<string[]> {
	const columns = await rowsOf<{ name: string }>(
		db,
		`select name from pragma_table_info('${table}')`
	);
	return columns.map(({ name }) => name);
}
