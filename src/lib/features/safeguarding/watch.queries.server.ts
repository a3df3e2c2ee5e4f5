import { isOnTime, lateAt, planOf } from '#lib/features/alerts/clock.rules.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { onTimeRate, type Watch } from './watch.rules.ts';

/** How far back the rate looks. */
const BACK_MS = 90 * 24 * 3_600_000;

/** Of children's wishes in the section how many are late now and how many were answered in time, of nobody in particular. */
export async function watchWishes({ db, scope, now }: Context): Promise<Watch> {
	const rows = await db
		.selectFrom('concern')
		.select(['kind', 'urgency', 'noticed_at', 'first_taken_at', 'taken_at', 'closed_at'])
		.where('section_id', '=', scope.sectionId)
		.where('kind', '=', 'child')
		.where((eb) => eb.or([eb('noticed_at', '>', now - BACK_MS), eb('closed_at', 'is', null)]))
		.execute();
	const late = rows.filter(
		(row) =>
			row.closed_at === null && row.taken_at === null && lateAt(planOf(row), row.noticed_at) < now
	);
	const settled = rows
		.filter((row) => row.noticed_at > now - BACK_MS)
		.map((row) => {
			const times = { noticedAt: row.noticed_at, actedAt: row.first_taken_at };
			return isOnTime(planOf(row), times, now);
		});
	return { late: late.length, ...onTimeRate(settled) };
}
