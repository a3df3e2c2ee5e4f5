import type { Env } from './progress.server.ts';
import type { Stage } from './types.ts';

/** Stages that go on by themselves. */
export const MOVING: readonly Stage[] = ['checking', 'running', 'undoing'];

/** Takes steps of one import until it is through or the time is over. */
export async function takeSteps(
	{ db }: Env,
	id: string,
	budgetMs: number
): Promise<Stage | undefined> {
	const until = performance.now() + budgetMs;
	for (;;) {
		const row = await db
			.selectFrom('import')
			.select('stage')
			.where('id', '=', id)
			.executeTakeFirst();
		if (!row || !MOVING.includes(row.stage) || performance.now() >= until) return row?.stage;
	}
}
