import { sql, type RawBuilder } from 'kysely';
import type { Db } from '#lib/platform/db/open.ts';
import { lockCounts } from './commands.server.ts';
import { centreTotals, countedPeople, countedSessions, targetTotals } from './queries.server.ts';

/** What is kept, in the order it is counted in: totals are made from the first two. */
const KEPT = [
	{
		table: 'reached_person',
		keys: ['person_id', 'target_id', 'centre_id'],
		values: ['times_count', 'reached_on'],
		count: countedPeople
	},
	{
		table: 'reached_session',
		keys: ['session_id', 'target_id'],
		values: ['centre_id'],
		count: countedSessions
	},
	{
		table: 'reached_centre',
		keys: ['target_id', 'centre_id'],
		values: ['people_count', 'participation_count', 'session_count'],
		count: centreTotals
	},
	{
		table: 'reached_target',
		keys: ['target_id'],
		values: ['people_count'],
		count: targetTotals
	}
] as const;
type Kept = (typeof KEPT)[number];

/**
 * Counts a target of the country anew: it is new, or its period changed. Part of a command: runs on its
 * transaction, after all else it writes. Takes as long as reading the marks of the section.
 */
export async function recountTarget(
	db: Db,
	{ sectionId, targetId }: { sectionId: string; targetId: string }
): Promise<void> {
	await lockCounts(db, sectionId);
	await fill(db, sectionId, targetId);
}

/** Counts every target of every section, where nothing is kept yet. On the transaction it is given. */
export async function countAll(db: Db): Promise<void> {
	for (const { id } of await db.selectFrom('section').select('id').execute()) await fill(db, id);
}

/**
 * Compares what is kept with the registers and counts those sections anew where a row differs, all in one
 * transaction. Answers how many rows differed, and how many are kept now.
 */
export async function mendCounts(db: Db): Promise<{ differing: number; kept: number }> {
	return db.transaction().execute(async (trx) => {
		const sum = { differing: 0, kept: 0 };
		for (const { id } of await trx.selectFrom('section').select('id').orderBy('id').execute()) {
			await lockCounts(trx, id);
			let differing = 0;
			for (const kept of KEPT) differing += await countDiffering(trx, id, kept);
			if (differing > 0) await fill(trx, id);
			sum.differing += differing;
		}
		for (const { table } of KEPT) {
			const row = await trx
				.selectFrom(table)
				.select((eb) => eb.fn.countAll<number>().as('count'))
				.executeTakeFirstOrThrow();
			sum.kept += row.count;
		}
		return sum;
	});
}

/** Forgets what is kept of a section, or of one target of it, and counts it from the registers. */
async function fill(db: Db, sectionId: string, targetId?: string): Promise<void> {
	const only = targetId === undefined ? sql`` : sql`and target_id = ${targetId}`;
	for (const { table } of KEPT)
		await sql`delete from ${sql.table(table)} where section_id = ${sectionId} ${only}`.execute(db);
	for (const { table, keys, values, count } of KEPT) {
		const columns = list([...keys, ...values]);
		await sql`insert into ${sql.table(table)} (${columns}, section_id)
			select ${columns}, cast(${sectionId} as text) from (${count(db, sectionId)}) as counted
			where 1 = 1 ${only}`.execute(db);
	}
}

/** Rows that are kept and not counted so, or counted and not kept so. Totals of nothing are as good as none. */
async function countDiffering(
	db: Db,
	sectionId: string,
	{ table, keys, values, count }: Kept
): Promise<number> {
	const columns = list([...keys, ...values]);
	const counted = sql`select ${columns} from (${count(db, sectionId)}) as counted`;
	const isTotal = table === 'reached_centre' || table === 'reached_target';
	const some = sql.join(
		values.map((name) => sql`${sql.ref(name)} <> 0`),
		sql` or `
	);
	const kept = sql`select ${columns} from ${sql.table(table)}
		where section_id = ${sectionId} ${isTotal ? sql`and (${some})` : sql``}`;
	const { rows } = await sql<{ count: number }>`select count(*) as count from (
		select ${list(keys)} from (${counted} except ${kept}) as not_kept
		union
		select ${list(keys)} from (${kept} except ${counted}) as not_counted
	) as differing`.execute(db);
	return rows[0]!.count;
}

function list(names: readonly string[]): RawBuilder<unknown> {
	return sql.join(names.map((name) => sql.ref(name)));
}
