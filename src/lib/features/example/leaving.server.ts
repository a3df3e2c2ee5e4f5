import { sql } from 'kysely';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { foreignKeys, type ForeignKey } from '#lib/platform/db/references.ts';
import type { Db } from '#lib/platform/db/open.ts';

/** Tables of the database itself, and some whose rows name nobody and are forgotten by themselves. */
const NOBODYS = [
	'kysely_migration',
	'kysely_migration_lock',
	'installation',
	'login_attempt',
	'setup_link',
	'job'
];
/** Columns that name an account without a foreign key, so that a record outlives it. */
const NAME_AN_ACCOUNT = ['actor_id', 'account_id'];

export type LeavingRefusal = { reason: 'example_itself' };

/**
 * Deletes every row of every example organisation and its network's accounts, everywhere, in one
 * transaction. What to delete and in which order is read from the schema, so a table that is added later
 * is not forgotten; one that belongs to nobody it can tell makes it throw. Refuses inside the example.
 */
export function leaveExample(
	ctx: Context,
	once: string
): Promise<Outcome<null, LeavingRefusal | KeyReused>> {
	return command(
		ctx,
		{ name: 'leave example', once, input: null },
		async ({ ctx, refuse, audit }) => {
			const own = await ctx.db
				.selectFrom('section')
				.select('is_example')
				.where('id', '=', ctx.scope.sectionId)
				.executeTakeFirstOrThrow();
			if (own.is_example) refuse({ reason: 'example_itself' });
			for (const table of await childrenFirst(ctx.db)) await deleteExampleRows(ctx.db, table);
			await audit({
				action: 'leave example',
				objectType: 'section',
				objectId: ctx.scope.sectionId,
				fields: []
			});
			return null;
		}
	);
}

interface TableOf {
	name: string;
	columns: string[];
	references: ForeignKey[];
}

const doomedSections = sql`select id from section where is_example = 1`;
const doomedAccounts = sql`select id from account where section_id in (${doomedSections}) or (section_id is null and is_example = 1)`;

async function deleteExampleRows(db: Db, table: TableOf): Promise<void> {
	const conditions = conditionsOf(table);
	if (conditions.length === 0) throw new Error(`Whose rows does ${table.name} hold?`);
	await sql`delete from ${sql.table(table.name)} where ${sql.join(conditions, sql` or `)}`.execute(
		db
	);
}

/** By its section; else by the account it names; else by the row it hangs on. */
function conditionsOf({ name, columns, references }: TableOf) {
	if (name === 'section') return [sql`is_example = 1`];
	if (name === 'account') return [sql`id in (${doomedAccounts})`];
	const bySection = columns.includes('section_id') ? [sql`section_id in (${doomedSections})`] : [];
	const byAccount = NAME_AN_ACCOUNT.filter((column) => columns.includes(column)).map(
		(column) => sql`${sql.ref(column)} in (${doomedAccounts})`
	);
	if (bySection.length + byAccount.length > 0) return [...bySection, ...byAccount];
	return references.map(
		({ column, parent, parentColumn }) =>
			sql`${sql.ref(column)} in (select ${sql.ref(parentColumn)} from ${sql.table(parent)} where section_id in (${doomedSections}))`
	);
}

/** Every table with rows of organisations, each before those it refers to. */
async function childrenFirst(db: Db): Promise<TableOf[]> {
	const all = await foreignKeys(db);
	const tables = (await db.introspection.getTables())
		.filter(({ name, isView }) => !isView && !NOBODYS.includes(name))
		.map(({ name, columns }) => ({
			name,
			columns: columns.map((column) => column.name),
			references: all.filter(({ child, parent }) => child === name && parent !== name)
		}));
	const ordered: TableOf[] = [];
	while (ordered.length < tables.length) {
		const left = tables.filter((table) => !ordered.includes(table));
		const free = left.filter(
			({ name }) => !left.some(({ references }) => references.some(({ parent }) => parent === name))
		);
		if (free.length === 0) throw new Error('Tables refer to each other in a ring');
		ordered.push(...free);
	}
	return ordered;
}
