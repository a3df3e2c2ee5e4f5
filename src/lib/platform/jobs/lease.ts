import type { ExpressionBuilder } from 'kysely';
import { TOLERANCE_MS } from '../clock/watch.ts';
import type { Db } from '../db/open.ts';
import type { Tables } from '../db/schema.ts';

/** How long a job belongs to a process that no longer says it is at it: killed, or cut off from the database. */
export const LEASE_MS = 60_000;

/** Makes jobs known and due: a start is when somebody expects them. `now` in UTC milliseconds. */
export async function makeDue(
	db: Db,
	jobs: readonly { name: string; everyMs: number }[],
	now: number
): Promise<void> {
	await db
		.insertInto('job')
		.values(jobs.map(({ name, everyMs }) => ({ name, interval_ms: everyMs, due_at: now })))
		.onConflict((conflict) =>
			conflict.column('name').doUpdateSet((eb) => ({
				interval_ms: eb.ref('excluded.interval_ms'),
				due_at: eb.ref('excluded.due_at')
			}))
		)
		.execute();
}

/** Jobs that are due and that nobody is at. */
export function dueJobs(db: Db, now: number) {
	return db.selectFrom('job').select('name').where(isDue(now));
}

/** What lies further ahead than it can was written before a clock was set back. */
function isDue(now: number) {
	return (eb: ExpressionBuilder<Tables, 'job'>) =>
		eb.and([
			eb.or([
				eb('due_at', '<=', now),
				eb(eb('due_at', '-', eb.ref('interval_ms')), '>', now + TOLERANCE_MS)
			]),
			eb.or([
				eb('lease_until', 'is', null),
				eb('lease_until', '<=', now),
				eb('lease_until', '>', now + LEASE_MS + TOLERANCE_MS)
			])
		]);
}

/**
 * Takes a due job; false when another process has it, or did it meanwhile. The row itself is asked: PostgreSQL looks at
 * it again once the other's transaction is over, and at the rows of a subquery it does not.
 */
export async function takeLease(db: Db, { name, holder }: Held, now: number): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('job')
		.set({ holder, lease_until: now + LEASE_MS })
		.where('name', '=', name)
		.where(isDue(now))
		.executeTakeFirst();
	return numUpdatedRows > 0;
}

/** Says that the holder is still at it; false when the lease ran out and another process took it. */
export async function renewLease(db: Db, { name, holder }: Held, now: number): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('job')
		.set({ lease_until: now + LEASE_MS })
		.where('name', '=', name)
		.where('holder', '=', holder)
		.executeTakeFirst();
	return numUpdatedRows > 0;
}

/** Gives a job back, to be due after its interval; `failure` says what went wrong, in words that name nobody. */
export async function endLease(
	db: Db,
	{ name, holder }: Held,
	{ now, everyMs, failure }: { now: number; everyMs: number; failure: string | null }
): Promise<void> {
	await db
		.updateTable('job')
		.set({
			...{ holder: null, lease_until: null, due_at: now + everyMs },
			...(failure === null ? { done_at: now } : { failed_at: now, failure })
		})
		.where('name', '=', name)
		.where('holder', '=', holder)
		.execute();
}

interface Held {
	name: string;
	holder: string;
}
