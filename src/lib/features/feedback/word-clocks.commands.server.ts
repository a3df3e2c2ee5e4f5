import { PLANS } from '#lib/features/alerts/clock.rules.ts';
import { startClock, stopClocks } from '#lib/features/alerts/clocks.commands.server.ts';
import { toFiveMinutes } from '#lib/platform/clock/coarse.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { readByInstant } from './working-days.queries.server.ts';

/** Words of before anybody was named to read count as written so long ago at most: their steps ring one by one. */
const LONGEST_AGO_MS = 3_600_000;

/**
 * Begins the clock of every code whose words wait and whose day to be read has come: over days on which nobody works it
 * stands still. With `codeId` of that code alone, on the caller's transaction. `now` in UTC milliseconds.
 */
export async function startWordClocks(db: Db, now: number, codeId?: string): Promise<void> {
	const waiting = await db
		.selectFrom('feedback_code as code')
		.innerJoin('session', 'session.id', 'code.session_id')
		.select(['code.id', 'code.section_id', 'code.closed_at', 'session.centre_id', 'session.zone'])
		.where('code.closed_at', 'is not', null)
		.where('code.id', 'in', (eb) =>
			eb.selectFrom('feedback_words').select('code_id').where('state', '=', 'waiting')
		)
		.where('code.id', 'not in', (eb) =>
			eb.selectFrom('alert_clock').select('subject_id').where('subject', '=', 'words')
		)
		.$if(codeId !== undefined, (query) => query.where('code.id', '=', codeId!))
		.execute();
	for (const code of waiting) {
		const place = { sectionId: code.section_id, centreId: code.centre_id, zone: code.zone };
		const late = await readByInstant(db, place, code.closed_at!);
		const startsAt = late - PLANS.words.withinMs;
		if (startsAt > now) continue;
		await startClock(db, {
			...{ subject: 'words', subjectId: code.id, sectionId: code.section_id, plan: 'words' },
			startedAt: toFiveMinutes(Math.max(startsAt, now - LONGEST_AGO_MS))
		});
	}
}

/** Everything under a code was read: nobody is told any more. */
export function stopWordClock(db: Db, codeId: string): Promise<void> {
	return stopClocks(db, 'words', [codeId]);
}
