import { dateIn } from '#lib/platform/clock/zone.ts';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { closeAndCount } from './counting.commands.server.ts';

/**
 * Closes and counts every code whose day is over where its session was held. `now` in UTC milliseconds.
 * Throws when a code could not be counted, after the others.
 */
export async function countOverdueCodes(db: Db, ring: KeyRing, now: number): Promise<void> {
	const open = await db
		.selectFrom('feedback_code as code')
		.innerJoin('session', 'session.id', 'code.session_id')
		.select(['code.id', 'session.on_date', 'session.zone', 'code.fresh_on'])
		.where('code.closed_at', 'is', null)
		.execute();
	const failures: unknown[] = [];
	for (const { id } of open.filter((one) => dateIn(one.zone, now) > (one.fresh_on ?? one.on_date)))
		await db
			.transaction()
			.execute((trx) => closeAndCount(trx, ring, { codeId: id, now }))
			.catch((failure: unknown) => failures.push(failure));
	if (failures.length > 0) throw new AggregateError(failures, 'codes were not counted');
}
