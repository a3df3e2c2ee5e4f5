import { TOLERANCE_MS, watchClock } from '../clock/watch.ts';
import type { Clock } from '../clock/zone.ts';
import { fromReserve } from '../db/full.ts';
import type { Db } from '../db/open.ts';
import { log } from '../log/log.ts';

/**
 * Watches over a clock that is set back, while the process runs or while it stood still: every login ends and links
 * lose the time that would come twice. The answer is asked for with each request; it resolves to false while that
 * could not be written, and then no login may be believed.
 */
export async function guardAgainstSetBack(db: Db, clock: Clock): Promise<() => Promise<boolean>> {
	const lostSince = watchClock(clock);
	let lostMs = await lostWhileStopped(db, clock());
	let shortening: Promise<boolean> | undefined;
	const shortenOnce = async () => {
		const ms = lostMs;
		try {
			await fromReserve(db, () => shorten(db, ms));
			lostMs -= ms;
			log.warn({ minutes: Math.round(ms / 60_000) }, 'the clock was set back: every login ended');
			return true;
		} catch (error) {
			log.error({ err: error }, 'the clock was set back, and logins could not be ended');
			return false;
		} finally {
			shortening = undefined;
		}
	};
	return async () => {
		lostMs += lostSince();
		return lostMs === 0 || (shortening ??= shortenOnce());
	};
}

/** How much earlier it is than when a login was last used: the clock was set back before the process started. */
async function lostWhileStopped(db: Db, now: number): Promise<number> {
	const { latest } = await db
		.selectFrom('login_session')
		.select((eb) => eb.fn.max<number | null>('last_seen_at').as('latest'))
		.where('expires_at', '>', 0)
		.executeTakeFirstOrThrow();
	const lostMs = (latest ?? now) - now;
	return lostMs > TOLERANCE_MS ? lostMs : 0;
}

async function shorten(db: Db, ms: number): Promise<void> {
	await db.transaction().execute(async (trx) => {
		await trx.updateTable('login_session').set({ expires_at: 0 }).execute();
		for (const table of ['account_link', 'setup_link'] as const)
			await trx
				.updateTable(table)
				.set((eb) => ({ expires_at: eb('expires_at', '-', ms) }))
				.where('used_at', 'is', null)
				.execute();
	});
}
