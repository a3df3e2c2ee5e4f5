import { sql } from 'kysely';
import type { Context } from '#lib/platform/command/context.ts';
import { inBatches, insertAll } from '#lib/platform/db/batches.ts';
import type { MarkCode, NewRow, Row } from '#lib/platform/db/schema.ts';
import { mayOpen } from './queries.server.ts';

/** Rows of cycles and of sessions for the commands of other features: on their transaction, by their rules. */

const MOST_HEADS = 999;

/** Writes cycles that were planned elsewhere. */
export async function addCycles({ db }: Context, rows: readonly NewRow<'cycle'>[]): Promise<void> {
	await insertAll(db, 'cycle', rows);
}

/** Writes sessions that take no slots: what is over needs no room. */
export async function addSessions(
	{ db }: Context,
	rows: readonly NewRow<'session'>[]
): Promise<void> {
	await insertAll(db, 'session', rows);
}

/** What a register says of its session. */
export type SessionRecord = Pick<
	Row<'session'>,
	'status' | 'headcount' | 'headcount_reason_sealed' | 'recorded_by' | 'recorded_at'
>;

/** Writes what a register says of a session within reach; false when another version of it stands by now. */
export async function setRecord(
	ctx: Context,
	{ id, version }: { id: string; version: number },
	record: SessionRecord
): Promise<boolean> {
	const { numUpdatedRows } = await ctx.db
		.updateTable('session')
		.set({ ...record, version: version + 1 })
		.where('id', '=', id)
		.where('version', '=', version)
		.where(mayOpen(ctx))
		.executeTakeFirst();
	return Boolean(numUpdatedRows);
}

/** Sessions with marks are held; as many heads as have one of the `attended` marks. */
export async function holdSessions(
	{ db, scope, actor, now }: Context,
	ids: readonly string[],
	attended: readonly MarkCode[]
): Promise<void> {
	await inBatches(ids, (batch) =>
		db
			.updateTable('session')
			.set((eb) => ({
				status: 'held',
				headcount: eb
					.selectFrom('mark')
					.whereRef('mark.session_id', '=', 'session.id')
					.where('mark.code', 'in', attended)
					.select(
						sql<number>`case when count(*) > ${sql.lit(MOST_HEADS)} then ${sql.lit(MOST_HEADS)} else count(*) end`.as(
							'count'
						)
					),
				recorded_by: actor.accountId,
				recorded_at: now,
				version: eb('version', '+', 1)
			}))
			.where('section_id', '=', scope.sectionId)
			.where('id', 'in', batch)
			.execute()
	);
}
