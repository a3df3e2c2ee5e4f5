import type { Db } from '#lib/platform/db/open.ts';
import type { AlertPlan, AlertSubject } from '#lib/platform/db/vocabularies.ts';

type Subject = Exclude<AlertSubject, 'test'>;

/** Begins the clock of something that waits; one that runs already goes on. On the caller's transaction. */
export async function startClock(
	db: Db,
	waits: {
		subject: Subject;
		subjectId: string;
		sectionId: string;
		plan: AlertPlan;
		/** When it was noticed, in UTC milliseconds. */
		startedAt: number;
	}
): Promise<void> {
	await db
		.insertInto('alert_clock')
		.values({
			...{ subject: waits.subject, subject_id: waits.subjectId, section_id: waits.sectionId },
			...{ plan: waits.plan, round: 1, step_count: 0 },
			...{ started_at: waits.startedAt, ring_at: waits.startedAt }
		})
		.onConflict((conflict) => conflict.columns(['subject', 'subject_id']).doNothing())
		.execute();
}

/** Begins another round for what waits again: everybody is told once more, from `startedAt` on. */
export async function restartClocks(
	db: Db,
	subject: Subject,
	again: readonly { id: string; sectionId: string; plan: AlertPlan; round: number }[],
	startedAt: number
): Promise<void> {
	await stopClocks(
		db,
		subject,
		again.map(({ id }) => id)
	);
	await db
		.insertInto('alert_clock')
		.values(
			again.map(({ id, sectionId, plan, round }) => ({
				...{ subject, subject_id: id, section_id: sectionId, plan, round },
				...{ step_count: 0, started_at: startedAt, ring_at: startedAt }
			}))
		)
		.execute();
}

/** Somebody is at it: the clocks end, and what was not sent yet is not sent. */
export async function stopClocks(db: Db, subject: Subject, ids: readonly string[]): Promise<void> {
	await db
		.deleteFrom('alert_clock')
		.where('subject', '=', subject)
		.where('subject_id', 'in', ids)
		.execute();
	await db
		.deleteFrom('alert')
		.where('subject', '=', subject)
		.where('subject_id', 'in', ids)
		.where('sent_at', 'is', null)
		.execute();
}
