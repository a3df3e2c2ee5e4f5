import { blindIndex, type KeyRing } from '../crypto/keyring.ts';
import { fromReserve } from '../db/full.ts';
import type { Db } from '../db/open.ts';

/** So many tries within any stretch of this length, for an address, an account or whatever tries. */
export interface Limit {
	name: string;
	withinMs: number;
	most: number;
	/** In how many steps of the stretch tries are counted, so that it slides without a row for each; 15 unless told. */
	steps?: number;
}

/**
 * Takes one try of a limit; false when none is left. Kept in the database so that several processes agree,
 * under a keyed fingerprint so that it names nobody. Earlier steps are over and no longer change, so that of
 * tries made at once the guarded upsert of the current step lets only so many through.
 */
export async function takeOfLimit(
	db: Db,
	ring: KeyRing,
	limit: Limit,
	who: string,
	now: number
): Promise<boolean> {
	const { bucket, startsAt } = stepOf(ring, limit, who, now);
	const left = limit.most - (await usedIn(db, bucket, startsAt - limit.withinMs, startsAt));
	if (left <= 0) return false;
	const upsert = db
		.insertInto('login_attempt')
		.values({ bucket, window_starts_at: startsAt, attempt_count: 1 })
		.onConflict((conflict) =>
			conflict
				.columns(['bucket', 'window_starts_at'])
				.doUpdateSet((eb) => ({ attempt_count: eb('login_attempt.attempt_count', '+', 1) }))
				.where('login_attempt.attempt_count', '<', left)
		);
	const { numInsertedOrUpdatedRows } = await fromReserve(db, () => upsert.executeTakeFirst());
	return numInsertedOrUpdatedRows === 1n;
}

/** Gives back a try that was taken at the same `now`: it turned out not to count. */
export async function giveBackOfLimit(
	db: Db,
	ring: KeyRing,
	limit: Limit,
	who: string,
	now: number
): Promise<void> {
	const { bucket, startsAt } = stepOf(ring, limit, who, now);
	const update = db
		.updateTable('login_attempt')
		.set((eb) => ({ attempt_count: eb('attempt_count', '-', 1) }))
		.where('bucket', '=', bucket)
		.where('window_starts_at', '=', startsAt)
		.where('attempt_count', '>', 0);
	await fromReserve(db, () => update.execute());
}

/** A limit, and who is counted under it. */
export interface Counted {
	limit: Limit;
	who: string;
}

/** The tries counted until now for each of these limits, in one statement. Reads alone. */
export async function triesOf(
	db: Db,
	ring: KeyRing,
	counted: readonly Counted[],
	now: number
): Promise<number[]> {
	const buckets = counted.map(({ limit, who }) => {
		const { bucket, startsAt } = stepOf(ring, limit, who, now);
		return { bucket, from: startsAt - limit.withinMs };
	});
	const rows = await db
		.selectFrom('login_attempt')
		.select((eb) => ['bucket', eb.fn.sum<number>('attempt_count').as('used')])
		.where((eb) =>
			eb.or(
				buckets.map(({ bucket, from }) =>
					eb.and([eb('bucket', '=', bucket), eb('window_starts_at', '>=', from)])
				)
			)
		)
		.where('window_starts_at', '<=', now)
		.groupBy('bucket')
		.execute();
	return buckets.map(({ bucket }) => rows.find((row) => row.bucket === bucket)?.used ?? 0);
}

/** Counts one try for each of these limits, all or none, left or not. */
export async function addTries(
	db: Db,
	ring: KeyRing,
	counted: readonly Counted[],
	now: number
): Promise<void> {
	const rows = counted.map(({ limit, who }) => {
		const { bucket, startsAt } = stepOf(ring, limit, who, now);
		return { bucket, window_starts_at: startsAt, attempt_count: 1 };
	});
	const upsert = db
		.insertInto('login_attempt')
		.values(rows)
		.onConflict((conflict) =>
			conflict
				.columns(['bucket', 'window_starts_at'])
				.doUpdateSet((eb) => ({ attempt_count: eb('login_attempt.attempt_count', '+', 1) }))
		);
	await fromReserve(db, () => upsert.execute());
}

const STEPS = 15;

function stepOf(
	ring: KeyRing,
	{ name, withinMs, steps = STEPS }: Limit,
	who: string,
	now: number
): { bucket: string; startsAt: number } {
	const bucket = blindIndex(ring, `attempt.${name}`, who);
	return { bucket, startsAt: now - (now % (withinMs / steps)) };
}

/** The tries counted in the steps from one instant until before another. */
async function usedIn(db: Db, bucket: string, from: number, before: number): Promise<number> {
	const { used } = await db
		.selectFrom('login_attempt')
		.select((eb) => eb.fn.sum<number | null>('attempt_count').as('used'))
		.where('bucket', '=', bucket)
		.where('window_starts_at', '>=', from)
		.where('window_starts_at', '<', before)
		.executeTakeFirstOrThrow();
	return used ?? 0;
}
