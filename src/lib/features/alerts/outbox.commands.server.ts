import type { Db } from '#lib/platform/db/open.ts';
import { dueClocks, ringClocks } from './ringing.commands.server.ts';
import { channelsOf, dueAlerts, sendAlerts, type Sending } from './sending.commands.server.ts';

const KEEP_MS = 90 * 24 * 3_600_000;

/** Whether anything is to be told or sent, by reading alone. */
export async function hasAlerts({ db, clock, config }: Sending): Promise<boolean> {
	const now = clock();
	if (await dueClocks(db, now).limit(1).executeTakeFirst()) return true;
	const due = dueAlerts(db, channelsOf(config), now);
	return (await due.limit(1).executeTakeFirst()) !== undefined;
}

/** Tells of everything that has waited long enough, and sends what stands in the outbox. */
export async function tellWhoWaits(sending: Sending, stop: AbortSignal): Promise<void> {
	const { db, clock, config } = sending;
	await ringClocks({ db, clock, channels: channelsOf(config) }, stop);
	await sendAlerts(sending, stop);
}

/** Forgets who was told of what, ninety days later; of what still waits not, or they would be told again. */
export async function forgetOldAlerts(db: Db, now: number): Promise<void> {
	await db
		.deleteFrom('alert')
		.where('due_at', '<', now - KEEP_MS)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('alert_clock')
						.select('alert_clock.subject_id')
						.whereRef('alert_clock.subject', '=', 'alert.subject')
						.whereRef('alert_clock.subject_id', '=', 'alert.subject_id')
				)
			)
		)
		.execute();
}
