import { sql, type RawBuilder } from 'kysely';
import type { Context } from '#lib/platform/command/context.ts';
import { inBatches, insertAll } from '#lib/platform/db/batches.ts';
import type { NewRow } from '#lib/platform/db/schema.ts';
import { known, STRANDS, type SessionMode, type Strand } from '#lib/platform/db/vocabularies.ts';
import { resourcesOf, slotsOf } from './rules.ts';
import { insertSlots } from './slots.commands.server.ts';
import { isHalf } from './strands.rules.ts';
import { openingOf } from './substitutes.queries.server.ts';

/** Sessions that take place elsewhere, by others or not at all: rows for the commands of other features, by their rules. */

/** Where and when a session is to be, and who runs it. */
export interface PlacedSession {
	id: string;
	cohortId: string | null;
	strand: Strand;
	date: string;
	time: string;
	minutes: number;
	zone: string;
	roomId: string | null;
	mode: SessionMode;
	placeTexts: string | null;
	facilitatorIds: readonly string[];
	/** Others run it than before. */
	isRestaffed: boolean;
}

/**
 * Puts sessions that were planned or cancelled where they are to be, as planned ones: their rows, who runs them, the
 * days on which they are open to who stands in, and their slots. False when another session holds one of the slots.
 */
export async function placeSessions(
	ctx: Context,
	sessions: readonly PlacedSession[]
): Promise<boolean> {
	await inBatches(sessions, (batch) => writePlaces(ctx, batch));
	await inBatches(
		sessions.filter(({ isRestaffed }) => isRestaffed),
		(batch) => writeFacilitators(ctx, batch)
	);
	const others = await leaveSlots(
		ctx,
		sessions.map(({ id }) => id)
	);
	return insertSlots(ctx, onceOfHalves([...sessions, ...others]));
}

/** Planned sessions do not take place: they give their rooms, and whoever was to run them, free. */
export async function cancelSessions(ctx: Context, ids: readonly string[]): Promise<void> {
	await inBatches(ids, (batch) =>
		ctx.db
			.updateTable('session')
			.set((eb) => ({ status: 'cancelled', version: eb('version', '+', 1) }))
			.where('section_id', '=', ctx.scope.sectionId)
			.where('id', 'in', batch)
			.where('status', '=', 'planned')
			.execute()
	);
	await insertSlots(ctx, onceOfHalves(await leaveSlots(ctx, ids)));
}

/** Cycles begin and end with the first and last session that is not cancelled; one without any keeps its dates. */
export async function boundCycles(ctx: Context, cycleIds: readonly string[]): Promise<void> {
	await inBatches([...new Set(cycleIds)], (batch) =>
		ctx.db
			.updateTable('cycle')
			.set((eb) => {
				const dates = eb
					.selectFrom('session')
					.whereRef('session.cycle_id', '=', 'cycle.id')
					.where('session.status', 'not in', ['draft', 'cancelled']);
				return {
					starts_on: eb.fn.coalesce(
						dates.select((one) => one.fn.min('session.on_date').as('first')),
						'starts_on'
					),
					ends_on: eb.fn.coalesce(
						dates.select((one) => one.fn.max('session.on_date').as('last')),
						'ends_on'
					)
				};
			})
			.where('section_id', '=', ctx.scope.sectionId)
			.where('id', 'in', batch)
			.execute()
	);
}

async function writePlaces(ctx: Context, sessions: readonly PlacedSession[]): Promise<void> {
	const ids = sessions.map(({ id }) => id);
	await ctx.db
		.updateTable('session')
		.set((eb) => ({
			on_date: byId(sessions, ({ date }) => date),
			start_time: byId(sessions, ({ time }) => time),
			minutes: byId(sessions, ({ minutes }) => minutes),
			room_id: byId(sessions, ({ roomId }) => roomId),
			mode: byId(sessions, ({ mode }) => mode),
			place_texts: byId(sessions, ({ placeTexts }) => placeTexts),
			status: 'planned' as const,
			version: eb('version', '+', 1)
		}))
		.where('section_id', '=', ctx.scope.sectionId)
		.where('id', 'in', ids)
		.where('status', 'in', ['planned', 'cancelled'])
		.execute();
	await ctx.db
		.updateTable('substitute')
		.set({
			opens_at: byId(sessions, (session) => openingOf(session).opensAt, 'session_id'),
			closes_at: byId(sessions, (session) => openingOf(session).closesAt, 'session_id')
		})
		.where('session_id', 'in', ids)
		.where('ended_at', 'is', null)
		.execute();
}

async function writeFacilitators(
	{ db, scope, now }: Context,
	sessions: readonly PlacedSession[]
): Promise<void> {
	await db
		.deleteFrom('session_facilitator')
		.where(
			'session_id',
			'in',
			sessions.map(({ id }) => id)
		)
		.execute();
	await insertAll(
		db,
		'session_facilitator',
		sessions.flatMap(({ id, facilitatorIds }) =>
			facilitatorIds.map((account_id) => ({
				session_id: id,
				account_id,
				section_id: scope.sectionId
			}))
		)
	);
	// who stood in and runs it no more may not open it either
	await db
		.updateTable('substitute')
		.set({ ended_at: now })
		.where(
			'session_id',
			'in',
			sessions.map(({ id }) => id)
		)
		.where('ended_at', 'is', null)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('session_facilitator as runs')
						.select('runs.account_id')
						.whereRef('runs.session_id', '=', 'substitute.session_id')
						.whereRef('runs.account_id', '=', 'substitute.account_id')
				)
			)
		)
		.execute();
}

/** A value of each row's own in one statement. */
function byId<Value extends string | number | null>(
	sessions: readonly PlacedSession[],
	valueOf: (session: PlacedSession) => Value,
	column: 'id' | 'session_id' = 'id'
): RawBuilder<Value> {
	const cases = sessions.map((session) => {
		const value = valueOf(session);
		const type = sql.raw(typeof value === 'number' ? 'bigint' : 'text');
		return sql`when ${session.id} then cast(${value} as ${type})`;
	});
	return sql<Value>`case ${sql.ref(column)} ${sql.join(cases, sql` `)} end`;
}

type Holding = Pick<
	PlacedSession,
	'id' | 'cohortId' | 'strand' | 'date' | 'time' | 'minutes' | 'roomId' | 'facilitatorIds'
>;

/**
 * Gives the slots of sessions free. Two halves hold the time of their cohort once, in the name of either: of those whose
 * other half is among them it is given free as well; they are answered, to take it anew.
 */
async function leaveSlots({ db }: Context, ids: readonly string[]): Promise<Holding[]> {
	const leaving = new Set(ids);
	const others: Holding[] = [];
	await inBatches(ids, async (batch) => {
		await db.deleteFrom('slot').where('session_id', 'in', batch).execute();
		const rows = await db
			.selectFrom('session as half')
			.innerJoin('session as other', (join) =>
				join
					.onRef('other.cycle_id', '=', 'half.cycle_id')
					.onRef('other.position', '=', 'half.position')
					.onRef('other.id', '<>', 'half.id')
			)
			.select(['other.id', 'other.cohort_id', 'other.strand', 'other.on_date'])
			.select(['other.start_time', 'other.minutes'])
			.where('half.id', 'in', batch)
			.where('half.strand', 'in', ['girls', 'mothers'])
			.where('other.status', '=', 'planned')
			.execute();
		others.push(
			...rows
				.filter(({ id }) => !leaving.has(id))
				.map((row) => ({
					...{ id: row.id, cohortId: row.cohort_id, strand: known(STRANDS, row.strand) },
					...{ date: row.on_date, time: row.start_time, minutes: row.minutes },
					...{ roomId: null, facilitatorIds: [] }
				}))
		);
	});
	await inBatches(
		others.map(({ id }) => id),
		(batch) =>
			db
				.deleteFrom('slot')
				.where('session_id', 'in', batch)
				.where('resource', 'like', 'cohort:%')
				.execute()
	);
	return others;
}

/** The slots sessions take; two halves at once the time of their cohort once. */
function onceOfHalves(sessions: readonly Holding[]): NewRow<'slot'>[] {
	const ofHalves = new Map<string, NewRow<'slot'>>();
	const rows = sessions.flatMap((session) =>
		resourcesOf(session).flatMap((resource) =>
			slotsOf(session).flatMap(({ date, slot }) => {
				const row = { resource, on_date: date, slot, session_id: session.id };
				if (!isHalf(session.strand) || !resource.startsWith('cohort:')) return [row];
				ofHalves.set(`${resource} ${date} ${slot}`, row);
				return [];
			})
		)
	);
	return [...rows, ...ofHalves.values()];
}
