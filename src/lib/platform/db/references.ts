import { sql } from 'kysely';
import { inBatches } from './batches.ts';
import { isSqlite } from './ddl.ts';
import type { Db } from './open.ts';

/** A column whose value is the key of a row of another table, as the database itself holds it to be. */
export interface ForeignKey {
	child: string;
	/** The column that holds the parent's key; of two, the one that is not the section. */
	column: string;
	parent: string;
	parentColumn: string;
	/** Whether the row goes with its parent. */
	cascades: boolean;
}

const read = new WeakMap<object, Promise<readonly ForeignKey[]>>();

/** Every foreign key of the open database, read from its schema once; a table added later is among them by itself. */
export function foreignKeys(db: Db): Promise<readonly ForeignKey[]> {
	const { adapter } = db.getExecutor(); // one for a database and all its transactions
	const known = read.get(adapter) ?? readForeignKeys(db);
	read.set(adapter, known);
	known.catch(() => read.delete(adapter));
	return known;
}

async function readForeignKeys(db: Db): Promise<ForeignKey[]> {
	const query = isSqlite(db)
		? sql<ForeignKey>`select child.name as child, fk."from" as "column", fk."table" as parent,
				coalesce(fk."to", 'id') as "parentColumn", fk.on_delete = 'CASCADE' as cascades
			from sqlite_master child join pragma_foreign_key_list(child.name) fk
			where child.type = 'table'`
		: sql<ForeignKey>`select child.relname as child, own.attname as column, parent.relname as parent,
				other.attname as "parentColumn", fk.confdeltype = 'c' as cascades
			from pg_constraint fk
			cross join lateral unnest(fk.conkey, fk.confkey) as pair (own, other)
			join pg_class child on child.oid = fk.conrelid
			join pg_class parent on parent.oid = fk.confrelid
			join pg_attribute own on own.attrelid = fk.conrelid and own.attnum = pair.own
			join pg_attribute other on other.attrelid = fk.confrelid and other.attnum = pair.other
			where fk.contype = 'f' and fk.connamespace = current_schema()::regnamespace`;
	const { rows } = await query.execute(db);
	return rows
		.filter(({ column, parent }) => column !== 'section_id' || parent === 'section')
		.map((row) => ({ ...row, cascades: Boolean(row.cascades) }));
}

/** Those of some ids that stand in one of the columns. */
export async function findReferred(
	db: Db,
	columns: readonly { table: string; column: string }[],
	ids: readonly string[]
): Promise<Set<string>> {
	const referred = new Set<string>();
	if (columns.length === 0) return referred;
	await inBatches(ids, async (batch) => {
		const each = columns.map(
			({ table, column }) =>
				sql`select ${sql.ref(column)} as id from ${sql.table(table)} where ${sql.ref(column)} in (${sql.join(batch)})`
		);
		const { rows } = await sql<{ id: string }>`${sql.join(each, sql` union `)}`.execute(db);
		for (const { id } of rows) referred.add(id);
	});
	return referred;
}
