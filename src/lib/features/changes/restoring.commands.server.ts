import { takeFrom } from '#lib/features/cohorts/facilitators.commands.server.ts';
import { cancelSessions, boundCycles } from '#lib/features/sessions/moving.commands.server.ts';
import { resourcesOf, slotsOf } from '#lib/features/sessions/rules.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { batchesOf, inBatches } from '#lib/platform/db/batches.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import type { Stayed } from '#lib/platform/db/vocabularies.ts';
import type { Restore } from '#lib/platform/undo/undo.ts';
import { place } from './commands.server.ts';
import { holdSessions, listChangeable } from './queries.server.ts';
import { idsOf, type ChangeBefore } from './records.commands.server.ts';
import type { Changeable, Target } from './types.ts';

/** Going back needs no names in anybody's language. */
const LOCALE = 'en';

/**
 * Takes a change of a plan back as far as that goes: a session stays whose time is taken by now, whose families were
 * told, or that was changed again, and the change says so. In the way when none could go back.
 */
export const restoreChange: Restore<ChangeBefore> = async (
	{ ctx, audit, inTheWay },
	{ changeId, gave }
) => {
	const changed = ctx.db
		.selectFrom('changed_session')
		.where('section_id', '=', ctx.scope.sectionId)
		.where('change_id', '=', changeId);
	const ids = (await changed.select('session_id').execute()).map(({ session_id }) => session_id);
	await holdSessions(ctx, ids);
	// read once they are held: a family told meanwhile is told
	const rows = await changed.selectAll().execute();
	const found = new Map(
		(await listChangeable(ctx, { ids }, LOCALE)).map((session) => [session.id, session])
	);
	const staying = new Map<string, Stayed>();
	const wanted = rows.flatMap((row) => {
		const session = found.get(row.session_id);
		const why = whyItStays(row, session);
		if (why) staying.set(row.session_id, why);
		return why || !session ? [] : [{ row, target: targetBefore(row, session) }];
	});
	const free = await withoutTaken(ctx, wanted, staying);
	if (free.length === 0) inTheWay();
	const back = (status: 'planned' | 'cancelled') =>
		free.filter(({ row }) => row.status_before === status).map(({ target }) => target);
	const cancelled = back('cancelled').map(({ session }) => session);
	// first: what goes back may want their time
	await cancelSessions(
		ctx,
		cancelled.map(({ id }) => id)
	);
	if (!(await place(ctx, back('planned')))) inTheWay();
	await boundCycles(
		ctx,
		cancelled.flatMap(({ cycleId }) => cycleId ?? [])
	);
	const allWentBack = free.length === rows.length;
	if (allWentBack)
		for (const { cohortId, accountId } of gave) await takeFrom(ctx, cohortId, accountId);
	await writeDown(ctx, changeId, staying);
	await audit({
		action: 'undo change plan',
		objectType: 'plan_change',
		objectId: changeId,
		fields: ['session']
	});
};

/** Why one session keeps what it became; undefined where only its time could be taken. */
function whyItStays(
	row: Row<'changed_session'>,
	session: Changeable | undefined
): Stayed | undefined {
	if (row.told_at !== null) return 'told';
	if (session?.version !== row.version_after || session.isAnswered) return 'changed';
	// a substitute is named without a new version
	return idsOf(session.facilitators) === row.staff_after ? undefined : 'changed';
}

function targetBefore(row: Row<'changed_session'>, session: Changeable): Target {
	return {
		session,
		date: row.date_before,
		time: row.time_before,
		minutes: row.minutes_before,
		place: { mode: row.mode_before, roomId: row.room_before, texts: row.place_before_texts },
		facilitators: row.staff_before
			.split(',')
			.filter((id) => id !== '')
			.map((id) => ({ id, name: '' }))
	};
}

/** One session that would go back. */
interface Wanted {
	row: Row<'changed_session'>;
	target: Target;
}

/**
 * The sessions whose old time nobody holds but those that go back themselves. Each that has to stay keeps its new time,
 * which another may want back: asked again until all can be.
 */
async function withoutTaken(
	ctx: Context,
	wanted: readonly Wanted[],
	staying: Map<string, Stayed>
): Promise<Wanted[]> {
	const holders = await holdersOf(ctx, wanted);
	let going = [...wanted];
	for (;;) {
		const ids = new Set(going.map(({ row }) => row.session_id));
		const taken = going.filter((one) =>
			keysOf(one).some((key) => {
				const holder = holders.get(key);
				return holder !== undefined && !ids.has(holder);
			})
		);
		if (taken.length === 0) return going;
		for (const { row } of taken) staying.set(row.session_id, 'taken');
		going = going.filter((one) => !taken.includes(one));
	}
}

/** Which session holds each slot on the dates that are wanted back. */
async function holdersOf({ db }: Context, wanted: readonly Wanted[]): Promise<Map<string, string>> {
	const slots = wanted.flatMap(({ target }) => slotsOf(target).map(({ date }) => date));
	const resources = new Set(wanted.flatMap(heldBy));
	const holders = new Map<string, string>();
	for (const dates of batchesOf([...new Set(slots)])) {
		const rows = await db
			.selectFrom('slot')
			.selectAll()
			.where('on_date', 'in', dates)
			.where('resource', 'in', [...resources])
			.execute();
		for (const row of rows) holders.set(keyOf(row.resource, row.on_date, row.slot), row.session_id);
	}
	return holders;
}

function keysOf(one: Wanted): string[] {
	if (one.row.status_before === 'cancelled') return [];
	return heldBy(one).flatMap((resource) =>
		slotsOf(one.target).map(({ date, slot }) => keyOf(resource, date, slot))
	);
}

function heldBy({ target: { session, place, facilitators } }: Wanted): string[] {
	const facilitatorIds = facilitators.map(({ id }) => id);
	return resourcesOf({ roomId: place.roomId, cohortId: session.cohortId, facilitatorIds });
}

function keyOf(resource: string, date: string, slot: number): string {
	return `${resource} ${date} ${slot}`;
}

/** What went back, what stayed and why; and whoever had seen the change is to hear that it was taken back. */
async function writeDown(
	{ db, now }: Context,
	changeId: string,
	staying: ReadonlyMap<string, Stayed>
): Promise<void> {
	await db.updateTable('plan_change').set({ undone_at: now }).where('id', '=', changeId).execute();
	const byReason = Map.groupBy([...staying], ([, why]) => why);
	for (const [why, sessions] of byReason)
		await inBatches(
			sessions.map(([id]) => id),
			(batch) =>
				db
					.updateTable('changed_session')
					.set({ stayed: why })
					.where('change_id', '=', changeId)
					.where('session_id', 'in', batch)
					.execute()
		);
	if (staying.size === 0)
		await db
			.deleteFrom('change_notice')
			.where('change_id', '=', changeId)
			.where('seen_at', 'is', null)
			.execute();
	await db
		.updateTable('change_notice')
		.set({ seen_at: null })
		.where('change_id', '=', changeId)
		.execute();
}
