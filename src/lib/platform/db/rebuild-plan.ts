import { sql, type QueryExecutorProvider } from 'kysely';

/** What each database is told of a rebuild. */
export interface RebuildPlan {
	table: string;
	/** The statement that makes the new table, under another name. */
	createAs(name: string): string;
	/** Column to fill → SQL over the old row, from the columns before and after. */
	sources(before: readonly string[], after: readonly string[]): Map<string, string>;
}

/** `insert … select` of a rebuild, and the two lists it is made of. */
export function copyStatement(
	sources: ReadonlyMap<string, string>,
	{ from, to, overriding = '' }: { from: string; to: string; overriding?: string }
): string {
	const columns = [...sources.keys()].map((column) => `"${column}"`).join(', ');
	return `insert into ${to} (${columns}) ${overriding} select ${[...sources.values()].join(', ')} from ${from}`;
}

/** Throws when a rebuild lost or made rows. */
export function assertSameCount(table: string, before: number, after: number): void {
	if (before !== after) throw new Error(`${table} had ${before} rows and has ${after} now`);
}

export async function countRows(db: QueryExecutorProvider, table: string): Promise<number> {
	const [found] = await rowsOf<{ count: number }>(db, `select count(*) as count from ${table}`);
	return found?.count ?? 0;
}

export async function rowsOf<Row>(db: QueryExecutorProvider, statement: string): Promise<Row[]> {
	return (await sql.raw<Row>(statement).execute(db)).rows;
}

export async function run(db: QueryExecutorProvider, statement: string): Promise<void> {
	await sql.raw(statement).execute(db);
}
