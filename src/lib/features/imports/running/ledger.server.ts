import { createHash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import { countPlaces } from '#lib/features/cohorts/places.commands.server.ts';
import { findHeld } from '#lib/features/people/places.queries.server.ts';
import { removeParts } from '#lib/features/people/rows.commands.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { batchesOf, inBatches } from '#lib/platform/db/batches.ts';
import { open, seal, type Sealed } from '#lib/platform/crypto/sealed.ts';
import type { Row, Tables } from '#lib/platform/db/schema.ts';
import type { StayedWhy } from '../types.ts';

/** Rows of any table that an import writes, with their columns as they stand in the database. */
export type StoredRow = Record<string, string | number | null>;

interface Shape {
	keys: readonly string[];
	/** The one of them a change may move: the row is still the same. */
	moving?: string;
	/** Columns that others count in; a change of theirs is not a change of the row. */
	counted: readonly string[];
	/** Rows elsewhere that need this one: while there are any, it stays. */
	needed: readonly (readonly [table: keyof Tables, column: string])[];
	/** Rows that are part of this one and go with it. */
	owned: readonly (readonly [table: keyof Tables, column: string])[];
}

/** What an import writes to, and what must be looked at before a row of it is removed again. */
export const SHAPES = {
	cohort: {
		keys: ['id'],
		counted: ['member_count'],
		needed: [
			['cohort_member', 'cohort_id'],
			['cohort_facilitator', 'cohort_id'],
			['cycle', 'cohort_id'],
			['session', 'cohort_id']
		],
		owned: []
	},
	person: {
		keys: ['id'],
		counted: [],
		needed: [], // told by `findHeld`
		owned: [] // removed by `removeParts`
	},
	guardian: { keys: ['id'], counted: [], needed: [], owned: [] },
	cohort_member: {
		keys: ['cohort_id', 'person_id', 'joined_on'],
		moving: 'joined_on',
		counted: [],
		needed: [],
		owned: []
	},
	cycle: {
		keys: ['id'],
		counted: [],
		needed: [
			['session', 'cycle_id'],
			['milestone_cycle', 'cycle_id'],
			['unplanned_cycle', 'cycle_id']
		],
		owned: []
	},
	session: {
		keys: ['id'],
		counted: [],
		needed: [
			['mark', 'session_id'],
			['session_facilitator', 'session_id'],
			['slot', 'session_id'],
			['substitute', 'session_id'],
			['feedback_code', 'session_id'],
			['concern', 'session_id']
		],
		owned: []
	},
	mark: { keys: ['session_id', 'person_id'], counted: [], needed: [], owned: [] }
} as const satisfies Partial<Record<keyof Tables, Shape>>;
export type Written = keyof typeof SHAPES;

/** Rows of a table that a step added, or with `before` changed. */
export interface Done {
	table: Written;
	keys: string[][];
	/** The changed ones as they were. */
	before?: readonly StoredRow[];
}

/** What became of one row: enough to put it back, and to see whether anybody touched it since. */
interface Change {
	key: string[];
	/** null: it was not there. */
	before: StoredRow | null;
	/** Fingerprint of the row as the run left it. */
	after: string;
}

/** Changes to rows of one table, and the columns their fingerprints are made of. */
interface Entry {
	columns: string[];
	changes: Change[];
	/** Marks: the version of each session then. A register taken since has another. */
	versions?: Record<string, number>;
}

/**
 * Writes down what a step of a run did, in the order given. To be called in the step's transaction,
 * after its writes.
 */
export async function writeDown(
	ctx: Context,
	importId: string,
	done: readonly Done[]
): Promise<void> {
	const { last } = await ctx.db
		.selectFrom('import_change')
		.select((eb) => eb.fn.max('seq').as('last'))
		.where('import_id', '=', importId)
		.executeTakeFirstOrThrow();
	let seq = Number(last ?? 0);
	const rows = [];
	for (const { table, keys, before = [] } of done) {
		if (keys.length === 0) continue;
		const shape: Shape = SHAPES[table];
		const earlier = new Map(before.map((row) => [sameOf(shape, row), row]));
		const now = await rowsOf(ctx, table, keys);
		const columns = Object.keys(now[0] ?? {}).filter((name) => !shape.counted.includes(name));
		const entry: Entry = {
			columns,
			changes: now.map((row) => ({
				key: shape.keys.map((name) => String(row[name])),
				before: earlier.get(sameOf(shape, row)) ?? null,
				after: fingerprint(row, columns)
			})),
			...(table === 'mark' && {
				versions: await versionsOf(
					ctx,
					keys.map(([id]) => id!)
				)
			})
		};
		seq += 1;
		rows.push({
			import_id: importId,
			seq,
			section_id: ctx.scope.sectionId,
			table_name: table,
			rows_sealed: seal(ctx.ring, placeOf(importId, seq), JSON.stringify(entry))
		});
	}
	if (rows.length > 0) await ctx.db.insertInto('import_change').values(rows).execute();
}

/** What became of an entry that was taken back. */
export interface Back {
	table: Written;
	keys: string[][];
	/** Keys of rows that stay, and why. */
	stayed: { key: string; why: StayedWhy }[];
	restored: StoredRow[];
	/** What of the entry can be taken back later; null where nothing stays. */
	rest: Sealed | null;
}

/** The ids of rows an entry is about, and of the people and sessions they belong to. */
export function idsIn(
	ctx: Context,
	importId: string,
	entry: Pick<Row<'import_change'>, 'seq' | 'rows_sealed'>
): string[] {
	return openEntry(ctx, importId, entry).changes.flatMap(({ key }) => key);
}

/** An entry without its changes to rows of these ids: unchanged when it has none, null when nothing else is in it. */
export function withoutIds(
	ctx: Context,
	importId: string,
	entry: Pick<Row<'import_change'>, 'seq' | 'rows_sealed'>,
	ids: ReadonlySet<string>
): Sealed | null {
	const opened = openEntry(ctx, importId, entry);
	const isAbout = (id: unknown) => ids.has(String(id));
	const changes = opened.changes.filter(
		({ key, before }) => !key.some(isAbout) && !Object.values(before ?? {}).some(isAbout)
	);
	if (changes.length === opened.changes.length) return entry.rows_sealed;
	if (changes.length === 0) return null;
	return seal(ctx.ring, placeOf(importId, entry.seq), JSON.stringify({ ...opened, changes }));
}

function openEntry(
	{ ring }: Context,
	importId: string,
	{ seq, rows_sealed }: Pick<Row<'import_change'>, 'seq' | 'rows_sealed'>
): Entry {
	return JSON.parse(open(ring, placeOf(importId, seq), rows_sealed)) as Entry;
}

/**
 * Takes one entry back: removes what was added and restores what was changed, where the row is as the run
 * left it and nothing needs it. Answers the keys it is about, and of rows that stay because somebody touched or
 * used them since.
 */
export async function takeBack(
	ctx: Context,
	importId: string,
	entry: { seq: number; table_name: string; rows_sealed: Tables['import_change']['rows_sealed'] }
): Promise<Back> {
	const table = entry.table_name as Written;
	const shape: Shape = SHAPES[table];
	const opened = openEntry(ctx, importId, entry);
	const { columns, changes, versions } = opened;
	const rows = await rowsOf(
		ctx,
		table,
		changes.map(({ key }) => key)
	);
	const there = standing(shape, { columns, changes }, rows);
	const now = new Map(there.map(({ key, row }) => [key.join(' '), row]));
	const versionsNow = versions ? await versionsOf(ctx, Object.keys(versions)) : {};
	const merged = await mergedAmong(ctx, rows);
	const untouched = there.filter(
		({ key, row, after }) =>
			fingerprint(row, columns) === after &&
			(!versions || versions[key[0]!] === versionsNow[key[0]!]) &&
			!merged.has(String(row['person_id']))
	);
	const changed = untouched.filter(({ before, row }) => before && fits(before, row));
	const restored = changed.map(({ before }) => before!);
	const added = untouched.filter(({ before }) => before === null).map(({ key }) => key);
	const free = await withoutNeeded(ctx, shape, table, added);
	if (table === 'cohort_member')
		await giveBackPlaces(
			ctx,
			free.map((key) => now.get(key.join(' '))!)
		);
	if (table === 'person')
		await removeParts(
			ctx,
			free.map(([id]) => id!)
		);
	for (const [owned, column] of shape.owned)
		await inBatches(free, (part) =>
			sql`delete from ${sql.table(owned)} where ${sql.ref(column)} in (${sql.join(
				part.map(([id]) => id)
			)})`.execute(ctx.db)
		);
	await removeRows(ctx, table, free);
	if (shape.moving)
		await removeRows(
			ctx,
			table,
			changed.map(({ key }) => key)
		);
	await putBack(ctx, table, restored);
	const back = new Set([...free, ...changed.map(({ key }) => key)].map((key) => key.join(' ')));
	const isUntouched = new Set(untouched);
	const left = there.filter(({ key }) => !back.has(key.join(' ')));
	const stayed = left.map((one) => ({
		key: one.key.join(' '),
		why: isUntouched.has(one)
			? ('used' as const)
			: merged.has(String(one.row['person_id'] ?? one.row['id']))
				? ('merged' as const)
				: ('changed' as const)
	}));
	const rest =
		left.length === 0
			? null
			: seal(
					ctx.ring,
					placeOf(importId, entry.seq),
					JSON.stringify({
						...opened,
						changes: left.map(({ key, before, after }) => ({ key, before, after }))
					} satisfies Entry)
				);
	return { table, keys: changes.map(({ key }) => key), stayed, restored, rest };
}

/**
 * The changes whose rows are there, under the keys these have now. Entries from before somebody could come back to a
 * cohort name a membership by cohort and person alone: of several it is the one that looks as the run left it.
 */
function standing(
	shape: Shape,
	{ columns, changes }: Pick<Entry, 'columns' | 'changes'>,
	rows: readonly StoredRow[]
): (Change & { row: StoredRow })[] {
	const length = changes[0]?.key.length ?? 0;
	const byKey = Map.groupBy(rows, (row) => keyOf({ keys: shape.keys.slice(0, length) }, row));
	return changes.flatMap((change) => {
		const alike = byKey.get(change.key.join(' ')) ?? [];
		const row = alike.find((one) => fingerprint(one, columns) === change.after) ?? alike[0];
		return row ? [{ ...change, key: shape.keys.map((name) => String(row[name])), row }] : [];
	});
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

/** Of the people rows are about, those who were merged since: taking it apart counts on what they have. */
async function mergedAmong(ctx: Context, rows: readonly StoredRow[]): Promise<Set<string>> {
	const people = [...new Set(rows.flatMap((row) => row['person_id'] ?? []))].map((id) => [
		String(id)
	]);
	const merged = new Set<string>();
	for (const column of ['kept_id', 'merged_id'] as const)
		await inBatches(people, async (part) => {
			const found = await ctx.db
				.selectFrom('person_merge')
				.select(`${column} as id`)
				.where(
					column,
					'in',
					part.map(([id]) => id!)
				)
				.execute();
			for (const { id } of found) merged.add(id);
		});
	return merged;
}

/** A group that has more members by now than it had places before keeps the places it has. */
function fits(before: StoredRow, { member_count }: StoredRow): boolean {
	return !member_count || Number(before['capacity']) >= Number(member_count);
}

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
async function putBack(ctx: Context, table: Written, rows: StoredRow[]): Promise<void> {
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

/** Those of the keys that nothing else needs. */
async function withoutNeeded(
	ctx: Context,
	shape: Shape,
	table: Written,
	keys: string[][]
): Promise<string[][]> {
	const ids = keys.map(([id]) => id!);
	const needed = table === 'person' ? await findHeld(ctx.db, ids) : new Set<string>();
	for (const [other, column] of shape.needed)
		await inBatches(keys, async (part) => {
			const found = await sql<{ id: string }>`select distinct ${sql.ref(column)} as id
				from ${sql.table(other)} where ${sql.ref(column)} in (${sql.join(part.map(([id]) => id))})`.execute(
				ctx.db
			);
			for (const { id } of found.rows) needed.add(id);
		});
	if (table === 'cohort_member') return withoutMarked(ctx, keys);
	return keys.filter(([id]) => !needed.has(id!));
}

/** A member with a mark in a session of the cohort stays one: the register still names them. */
async function withoutMarked(ctx: Context, keys: string[][]): Promise<string[][]> {
	const marked = new Set<string>();
	await inBatches(keys, async (part) => {
		const found = await ctx.db
			.selectFrom('mark')
			.innerJoin('session', 'session.id', 'mark.session_id')
			.select(['session.cohort_id', 'mark.person_id'])
			.distinct()
			.where('session.cohort_id', 'in', [...new Set(part.map(([cohort]) => cohort!))])
			.where(
				'mark.person_id',
				'in',
				part.map(([, person]) => person!)
			)
			.execute();
		for (const { cohort_id, person_id } of found) marked.add(`${cohort_id} ${person_id}`);
	});
	return keys.filter(([cohort, person]) => !marked.has(`${cohort} ${person}`));
}

async function giveBackPlaces(ctx: Context, members: StoredRow[]): Promise<void> {
	const places = new Map<string, number>();
	for (const { cohort_id, left_on } of members)
		if (left_on === null) places.set(String(cohort_id), (places.get(String(cohort_id)) ?? 0) + 1);
	await countPlaces(ctx, places, -1);
}

async function versionsOf(ctx: Context, ids: readonly string[]): Promise<Record<string, number>> {
	const rows = await rowsOf(
		ctx,
		'session',
		[...new Set(ids)].map((id) => [id])
	);
	return Object.fromEntries(rows.map((row) => [String(row['id']), Number(row['version'])]));
}

function isOneOf(shape: Shape, rows: readonly string[][]): RawBuilder<unknown> {
	const keys = shape.keys.slice(0, rows[0]!.length);
	if (keys.length === 1)
		return sql`${sql.ref(keys[0]!)} in (${sql.join(rows.map(([value]) => value))})`;
	const values = rows.map((row) => sql`(${sql.join(row)})`);
	return sql`(${sql.join(keys.map((name) => sql.ref(name)))}) in (values ${sql.join(values)})`;
}

function keyOf({ keys }: Pick<Shape, 'keys'>, row: StoredRow): string {
	return keys.map((name) => row[name]).join(' ');
}

/** What a row is known by, also after a change moved its key. */
function sameOf({ keys, moving }: Shape, row: StoredRow): string {
	return keyOf({ keys: keys.filter((name) => name !== moving) }, row);
}

function fingerprint(row: StoredRow, columns: readonly string[]): string {
	const values = columns.map((name) => row[name] ?? null);
	return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 22);
}

/** What stayed of an entry keeps its number with a minus before it, until it is tried again. */
function placeOf(importId: string, seq: number) {
	return { table: 'import_change', column: 'rows_sealed', row: `${importId} ${Math.abs(seq)}` };
}
