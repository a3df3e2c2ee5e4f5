import type { Db } from '#lib/platform/db/open.ts';
import { log } from '#lib/platform/log/log.ts';
import { MOVING, takeSteps, type Env } from './running/steps.server.ts';

/** How long one import is gone on with before the next has its turn. */
const TURN_MS = 1000;
const DAY_MS = 24 * 60 * 60_000;
/** A file that nobody runs is forgotten after so long. */
const UNRUN_MS = 3 * DAY_MS;
/** What a run did can be taken back for so long. */
const UNDOABLE_MS = 30 * DAY_MS;

/** Whether any import stands in the middle of something. */
export async function areMoving(db: Db): Promise<boolean> {
	const row = await db
		.selectFrom('import')
		.select('id')
		.where('stage', 'in', MOVING)
		.executeTakeFirst();
	return row !== undefined;
}

/**
 * Goes on, in turns, with every import that stands in the middle of something: after a restart, and with
 * what a request left. Ends when all are through or none can go on, or soon after `stop`. One that fails
 * stands in the log and does not keep the others.
 */
export async function goOnWithAll(env: Env, stop: AbortSignal): Promise<void> {
	for (let isMoving = true; isMoving;) {
		const rows = await env.db
			.selectFrom('import')
			.select(['id', 'stage', 'position'])
			.where('stage', 'in', MOVING)
			.orderBy('created_at')
			.execute();
		isMoving = false;
		for (const { id, stage, position } of rows) {
			if (stop.aborted) return;
			try {
				await takeSteps(env, id, TURN_MS);
			} catch (error) {
				log.error({ err: error, import: id }, 'an import did not go on');
			}
			const after = await env.db
				.selectFrom('import')
				.select(['stage', 'position'])
				.where('id', '=', id)
				.executeTakeFirst();
			isMoving ||= after?.stage === stage && after.position > position;
		}
	}
}

/**
 * Forgets files that were never run and what is needed to take back a run of long ago; that a run took
 * place, and its numbers, stay. `now` in UTC milliseconds.
 */
export async function forgetOldImports(db: Db, now: number): Promise<void> {
	const unrun = db
		.selectFrom('import')
		.select('id')
		.where('stage', 'in', ['columns', 'preview'])
		.where('created_at', '<=', now - UNRUN_MS);
	await db.transaction().execute(async (trx) => {
		await trx.deleteFrom('import_row').where('import_id', 'in', unrun).execute();
		await trx
			.deleteFrom('import')
			.where('stage', 'in', ['columns', 'preview'])
			.where('created_at', '<=', now - UNRUN_MS)
			.execute();
		await trx
			.deleteFrom('import_change')
			.where('import_id', 'in', (eb) =>
				eb
					.selectFrom('import')
					.select('id')
					.where('stage', 'in', ['done', 'undone'])
					.where('finished_at', '<=', now - UNDOABLE_MS)
			)
			.execute();
	});
}
