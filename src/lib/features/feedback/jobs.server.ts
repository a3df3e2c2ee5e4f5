import { dateIn } from '#lib/platform/clock/zone.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { closeAndCount, judgePresence } from './counting.server.ts';

/**
 * Closes and counts every code whose day is over where its session was held, and judges codes by registers
 * that came in since. `now` in UTC milliseconds. Throws when a code could not be counted, after the others.
 */
export async function countOverdueCodes(db: Db, ring: KeyRing, now: number): Promise<void> {
	const open = await db
		.selectFrom('feedback_code as code')
		.innerJoin('session', 'session.id', 'code.session_id')
		.select(['session.id', 'session.on_date', 'session.zone'])
		.where('code.closed_at', 'is', null)
		.execute();
	const failures: unknown[] = [];
	for (const { id } of open.filter((one) => dateIn(one.zone, now) > one.on_date))
		await db
			.transaction()
			.execute((trx) => closeAndCount(trx, ring, { sessionId: id, now }))
			.catch((failure: unknown) => failures.push(failure));
	await judgePresence(db);
	if (failures.length > 0) throw new AggregateError(failures, 'codes were not counted');
}
