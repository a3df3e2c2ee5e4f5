import { isOnTime, lateAt, planOf } from '#lib/features/alerts/clock.rules.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Row } from '#lib/platform/db/schema.ts';
import type { ConcernKind } from '#lib/platform/db/vocabularies.ts';
import { onTimeRate, type Watch } from './watch.rules.ts';

/** How far back the rate looks. */
const BACK_MS = 90 * 24 * 3_600_000;

/** How the children's wishes of the section stand and, apart, what colleagues raised. */
export interface Watches {
	wishes: Watch;
	worries: Pick<Watch, 'count' | 'onTime'> & {
		/** Of few, how many would tell whose. */
		isLate: boolean;
	};
}

/**
 * Of wishes how many are late now, of worries whether any is, and of both how many were answered in time. Complaints about staff are
 * in neither: whoever reads the numbers may be meant.
 */
export async function watchConcerns({ db, scope, now }: Context): Promise<Watches> {
	const rows = await db
		.selectFrom('concern')
		.select(['kind', 'urgency', 'noticed_at', 'first_taken_at', 'taken_at', 'closed_at'])
		.where('section_id', '=', scope.sectionId)
		.where('is_about_staff', '=', 0)
		.where((eb) => eb.or([eb('noticed_at', '>', now - BACK_MS), eb('closed_at', 'is', null)]))
		.execute();
	const of = (kind: ConcernKind) =>
		watchOf(
			rows.filter((row) => row.kind === kind),
			now
		);
	const { late, ...worries } = of('staff');
	return { wishes: of('child'), worries: { ...worries, isLate: late > 0 } };
}

type Watched = Pick<
	Row<'concern'>,
	'kind' | 'urgency' | 'noticed_at' | 'first_taken_at' | 'taken_at' | 'closed_at'
>;

function watchOf(rows: readonly Watched[], now: number): Watch {
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
