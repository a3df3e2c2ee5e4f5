import { countPlaces } from '#lib/features/cohorts/places.commands.server.ts';
import { removeParts } from '#lib/features/people/rows.commands.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { open, seal, type Sealed } from '#lib/platform/crypto/sealed.ts';
import type { Row, Tables } from '#lib/platform/db/schema.ts';
import type { StayedWhy } from '../types.ts';
import { mergedAmong, withoutNeeded } from './staying.server.ts';
import {
	fingerprint,
	keyOf,
	putBack,
	removeRows,
	rowsOf,
	sameOf,
	SHAPES,
	type Shape,
	type StoredRow,
	type Written
} from './ledger-rows.server.ts';

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

/** A change whose row is still there. */
interface Standing extends Change {
	row: StoredRow;
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
	const versionsNow = versions ? await versionsOf(ctx, Object.keys(versions)) : {};
	const merged = await mergedAmong(ctx, rows);
	const untouched = there.filter(
		({ key, row, after }) =>
			fingerprint(row, columns) === after &&
			(!versions || versions[key[0]!] === versionsNow[key[0]!]) &&
			!merged.has(String(row['person_id']))
	);
	const changed = untouched.filter(({ before, row }) => before && fits(before, row));
	const removed = await removeAdded(
		ctx,
		table,
		untouched.filter(({ before }) => before === null)
	);
	const restored = await restore(ctx, table, changed);
	const back = new Set([...removed, ...changed.map(({ key }) => key)].map((key) => key.join(' ')));
	const left = there.filter(({ key }) => !back.has(key.join(' ')));
	const isUntouched = new Set(untouched);
	const why = (one: Standing): StayedWhy => {
		if (isUntouched.has(one)) return 'used';
		return merged.has(String(one.row['person_id'] ?? one.row['id'])) ? 'merged' : 'changed';
	};
	return {
		table,
		keys: changes.map(({ key }) => key),
		stayed: left.map((one) => ({ key: one.key.join(' '), why: why(one) })),
		restored,
		rest: left.length > 0 ? sealRest(ctx, importId, entry.seq, { ...opened, changes: left }) : null
	};
}

/** Removes the rows a run added that nothing needs since, with what is part of them; answers their keys. */
async function removeAdded(
	ctx: Context,
	table: Written,
	added: readonly Standing[]
): Promise<string[][]> {
	const rows = new Map(added.map((one) => [one.key, one.row]));
	const free = await withoutNeeded(
		ctx,
		table,
		added.map(({ key }) => key)
	);
	if (table === 'cohort_member')
		await giveBackPlaces(
			ctx,
			free.map((key) => rows.get(key)!)
		);
	if (table === 'person')
		await removeParts(
			ctx,
			free.map(([id]) => id!)
		);
	await removeRows(ctx, table, free);
	return free;
}

/** Makes the rows a run changed what they were before, and answers them. */
async function restore(
	ctx: Context,
	table: Written,
	changed: readonly Standing[]
): Promise<StoredRow[]> {
	const before = changed.map((one) => one.before!);
	const shape: Shape = SHAPES[table];
	if (shape.moving)
		await removeRows(
			ctx,
			table,
			changed.map(({ key }) => key)
		);
	await putBack(ctx, table, before);
	return before;
}

/** What stays of an entry, sealed to be tried again. */
function sealRest({ ring }: Context, importId: string, seq: number, rest: Entry): Sealed {
	const changes = rest.changes.map(({ key, before, after }) => ({ key, before, after }));
	return seal(ring, placeOf(importId, seq), JSON.stringify({ ...rest, changes } satisfies Entry));
}

/**
 * The changes whose rows are there, under the keys these have now. Entries from before somebody could come back to a
 * cohort name a membership by cohort and person alone: of several it is the one that looks as the run left it.
 */
function standing(
	shape: Shape,
	{ columns, changes }: Pick<Entry, 'columns' | 'changes'>,
	rows: readonly StoredRow[]
): Standing[] {
	const length = changes[0]?.key.length ?? 0;
	const byKey = Map.groupBy(rows, (row) => keyOf({ keys: shape.keys.slice(0, length) }, row));
	return changes.flatMap((change) => {
		const alike = byKey.get(change.key.join(' ')) ?? [];
		const row = alike.find((one) => fingerprint(one, columns) === change.after) ?? alike[0];
		return row ? [{ ...change, key: shape.keys.map((name) => String(row[name])), row }] : [];
	});
}

/** A group that has more members by now than it had places before keeps the places it has. */
function fits(before: StoredRow, { member_count }: StoredRow): boolean {
	return !member_count || Number(before['capacity']) >= Number(member_count);
}

async function versionsOf(ctx: Context, ids: readonly string[]): Promise<Record<string, number>> {
	const rows = await rowsOf(
		ctx,
		'session',
		[...new Set(ids)].map((id) => [id])
	);
	return Object.fromEntries(rows.map((row) => [String(row['id']), Number(row['version'])]));
}

async function giveBackPlaces(ctx: Context, members: StoredRow[]): Promise<void> {
	const places = new Map<string, number>();
	for (const { cohort_id, left_on } of members)
		if (left_on === null) places.set(String(cohort_id), (places.get(String(cohort_id)) ?? 0) + 1);
	await countPlaces(ctx, places, -1);
}

/** What stayed of an entry keeps its number with a minus before it, until it is tried again. */
function placeOf(importId: string, seq: number) {
	return { table: 'import_change', column: 'rows_sealed', row: `${importId} ${Math.abs(seq)}` };
}
