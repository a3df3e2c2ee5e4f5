import type { Db } from './open.ts';
import type { NewRow, Tables } from './schema.ts';

/** Far below what a statement may carry: 32,766 parameters on SQLite, 65,535 on PostgreSQL, some used more than once. */
const MOST_PARAMETERS = 10_000;
const MOST_ROWS = 1000;

/** Rows, or ids, in parts of which each fits into a statement; no part when there are none. */
export function batchesOf<One>(all: readonly One[]): One[][] {
	const atOnce = Math.min(MOST_ROWS, Math.floor(MOST_PARAMETERS / widthOf(all)));
	return Array.from({ length: Math.ceil(all.length / atOnce) }, (_, at) =>
		all.slice(at * atOnce, (at + 1) * atOnce)
	);
}

/** Does something with each part, one after the other: of a transaction there is one connection. */
export async function inBatches<One>(
	all: readonly One[],
	work: (part: One[]) => Promise<unknown>
): Promise<void> {
	for (const part of batchesOf(all)) await work(part);
}

/** Inserts any number of rows. Throws as an insert does; those before are undone by the transaction alone. */
export async function insertAll<Table extends keyof Tables>(
	db: Db,
	table: Table,
	rows: readonly NewRow<Table>[]
): Promise<void> {
	await inBatches(rows, (part) =>
		db
			.insertInto(table)
			.values(part as never) // the table is only known by its type parameter
			.execute()
	);
}

/** Parameters of the widest row; an id is one. */
function widthOf(all: readonly unknown[]): number {
	return all.reduce<number>(
		(most, one) =>
			Math.max(most, typeof one === 'object' && one !== null ? Object.keys(one).length : 1),
		1
	);
}
