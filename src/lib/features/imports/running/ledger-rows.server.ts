import { createHash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import type { Context } from '#lib/platform/command/context.ts';
import { batchesOf, inBatches } from '#lib/platform/db/batches.ts';
import type { Tables } from '#lib/platform/db/schema.ts';

/** Rows of any table that an import writes, with their columns as they stand in the database. */
export type StoredRow = Record<string, string | number | null>;

export interface Shape {
	keys: readonly string[];
	/** The one of them a change may move: the row is still the same. */
	moving?: string;
	/** Columns that others count in; a change of theirs is not a change of the row. */
	counted: readonly string[];
}

/** What an import writes to. */
export const SHAPES = {
	cohort: {
		keys: ['id'],
		counted: ['member_count']
	},
	person: {
		keys: ['id'],
		counted: []
	},
	guardian: { keys: ['id'], counted: [] },
	consent: { keys: ['id'], counted: [] },
	cohort_member: {
		keys: ['cohort_id', 'person_id', 'joined_on'],
		moving: 'joined_on',
		counted: []
	},
	cycle: {
		keys: ['id'],
		counted: []
	},
	session: {
		keys: ['id'],
		counted: []
	},
	mark: { keys: ['session_id', 'person_id'], counted: [] }
} as const satisfies Partial<Record<keyof Tables, Shape>>;
export type Written = keyof typeof SHAPES;

/** Every row of a table with one of the keys. */
export async function rowsOf(
	ctx: Context,
	table: Written,
	keys: readonly string[][]
): Promise<StoredRow[]> {
	const shape: Shape = SHAPES[table];
	const rows: StoredRow[] = [];
	await inBatches(keys, async (part) => {
		const found = await sql<StoredRow>`select * from ${sql.table(table)} where ${isOneOf(
			shape,
			part
		)}`.execute(ctx.db);
		rows.push(...found.rows);
	});
	return rows;
}

/** Overwrites rows with what they were, all columns but those others count in. */
export async function putBack(ctx: Context, table: Written, rows: StoredRow[]): Promise<void> {
	const shape: Shape = SHAPES[table];
	for (const part of batchesOf(rows)) {
		const columns = Object.keys(part[0]!);
		const set = columns.filter(
			(name) => !shape.keys.includes(name) && !shape.counted.includes(name)
		);
		await sql`insert into ${sql.table(table)} (${sql.join(columns.map((name) => sql.ref(name)))})
			values ${sql.join(part.map((row) => sql`(${sql.join(columns.map((name) => row[name] ?? null))})`))}
			on conflict (${sql.join(shape.keys.map((name) => sql.ref(name)))})
			do update set ${sql.join(
				set.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`)
			)}`.execute(ctx.db);
	}
}

/** Deletes the rows of a table with one of the keys. */
export async function removeRows(
	ctx: Context,
	table: Written,
	keys: readonly string[][]
): Promise<void> {
	await inBatches(keys, (part) =>
		sql`delete from ${sql.table(table)} where ${isOneOf(SHAPES[table], part)}`.execute(ctx.db)
	);
}

function isOneOf(shape: Shape, rows: readonly string[][]): RawBuilder<unknown> {
	const keys = shape.keys.slice(0, rows[0]!.length);
	if (keys.length === 1)
		return sql`${sql.ref(keys[0]!)} in (${sql.join(rows.map(([value]) => value))})`;
	const values = rows.map((row) => sql`(${sql.join(row)})`);
	return sql`(${sql.join(keys.map((name) => sql.ref(name)))}) in (values ${sql.join(values)})`;
}

/** The key of a row as one text. */
export function keyOf({ keys }: Pick<Shape, 'keys'>, row: StoredRow): string {
	return keys.map((name) => row[name]).join(' ');
}

/** What a row is known by, also after a change moved its key. */
export function sameOf({ keys, moving }: Shape, row: StoredRow): string {
	return keyOf({ keys: keys.filter((name) => name !== moving) }, row);
}

/** What shows that a row changed, in the columns named. */
export function fingerprint(row: StoredRow, columns: readonly string[]): string {
	const values = columns.map((name) => row[name] ?? null);
	return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 22);
}
