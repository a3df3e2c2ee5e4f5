import type { QueryExecutorProvider } from 'kysely';
import {
	assertSameCount,
	copyStatement,
	countRows,
	rowsOf,
	run,
	type RebuildPlan
} from './rebuild-plan.ts';

/**
 * The same on PostgreSQL, within the migration's transaction. The old table and all that bears a name of its own
 * step aside, so that the new ones get the names a fresh database gives them; then what referred to the old table
 * refers to the new one, and every such row is checked.
 */
export async function rebuildOnPostgres(
	db: QueryExecutorProvider,
	plan: RebuildPlan
): Promise<void> {
	const { table } = plan;
	const aside = `${table}_before`;
	const before = await countRows(db, table);
	const columns = await columnsOf(db, table);
	const references = await rowsOf<{ of: string; name: string; definition: string }>(
		db,
		`select conrelid::regclass::text as of, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
		from pg_constraint where contype = 'f' and confrelid = '${table}'::regclass and conrelid <> confrelid`
	);
	const around = await rowsOf<{ definition: string }>(
		db,
		`select pg_get_indexdef(indexrelid) as definition from pg_index
		where indrelid = '${table}'::regclass
			and not exists (select 1 from pg_constraint where conindid = indexrelid and conrelid = indrelid)
		union all
		select pg_get_triggerdef(oid) from pg_trigger where tgrelid = '${table}'::regclass and not tgisinternal`
	);
	for (const { of, name } of references) await run(db, `alter table ${of} drop constraint ${name}`);
	await stepAside(db, table);
	await run(db, `alter table ${table} rename to ${aside}`);
	await run(db, plan.createAs(table));
	const sources = plan.sources(columns, await columnsOf(db, table));
	const overriding = 'overriding system value'; // keys that count by themselves keep what they are
	await run(db, copyStatement(sources, { from: aside, to: table, overriding }));
	assertSameCount(table, before, await countRows(db, table));
	await countOn(db, { table, aside });
	await run(db, `drop table ${aside}`);
	for (const { definition } of around) await run(db, definition);
	for (const { of, name, definition } of references)
		await run(db, `alter table ${of} add constraint ${name} ${definition}`);
}

/** Takes the names of a table's constraints, indexes and sequences away; those of constraints go with them. */
async function stepAside(db: QueryExecutorProvider, table: string): Promise<void> {
	const named = await rowsOf<{ statement: string }>(
		db,
		`select format('alter table ${table} rename constraint %I to %I', conname, 'halqa_before_' || oid) as statement
		from pg_constraint where conrelid = '${table}'::regclass
		union all
		select format('alter index %s rename to %I', indexrelid::regclass, 'halqa_before_' || indexrelid)
		from pg_index where indrelid = '${table}'::regclass
			and not exists (select 1 from pg_constraint where conindid = indexrelid and conrelid = indrelid)
		union all
		select format('alter sequence %s rename to %I', objid::regclass, 'halqa_before_' || objid)
		from pg_depend where classid = 'pg_class'::regclass and refobjid = '${table}'::regclass and deptype = 'i'
			and exists (select 1 from pg_class where pg_class.oid = objid and relkind = 'S')`
	);
	for (const { statement } of named) await run(db, statement);
}

/** Columns that count by themselves go on where they were. */
async function countOn(
	db: QueryExecutorProvider,
	{ table, aside }: { table: string; aside: string }
): Promise<void> {
	const counted = await rowsOf<{ before: string | null; now: string }>(
		db,
		`select pg_get_serial_sequence('${aside}', attname) as before,
			pg_get_serial_sequence('${table}', attname) as now
		from pg_attribute where attrelid = '${table}'::regclass and attidentity <> ''`
	);
	for (const { before, now } of counted)
		if (before) await run(db, `select setval('${now}', last_value, is_called) from ${before}`);
}

async function columnsOf(db: QueryExecutorProvider, table: string): Promise<string[]> {
	const columns = await rowsOf<{ name: string }>(
		db,
		`select attname as name from pg_attribute
		where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped order by attnum`
	);
	return columns.map(({ name }) => name);
}
