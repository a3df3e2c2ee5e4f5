import { openName } from '#lib/features/people/queries.server.ts';
import { ageOn } from '#lib/features/people/rules.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { WaitingPerson } from './types.ts';
import { cohortsInScope } from './queries.server.ts';

/** Who waits for a place of a cohort, who was put down first before all; nobody of a cohort out of reach. */
export async function listWaiting(
	ctx: Context,
	{ cohortId, zone }: { cohortId: string; zone: string }
): Promise<WaitingPerson[]> {
	const rows = await waitingFor(ctx, cohortId).execute();
	const today = dateIn(zone, ctx.now);
	return rows.map((row) => ({
		personId: row.person_id,
		name: openName(ctx.ring, row.person_id, row.name_sealed),
		sex: row.sex,
		age: ageOn({ birthYear: row.birth_year, birthMonth: row.birth_month }, today),
		askedOn: dateIn(zone, row.asked_at)
	}));
}

/** How many wait for a place, by cohort within reach; none is left out. */
export async function countWaiting(ctx: Context): Promise<Map<string, number>> {
	const rows = await ctx.db
		.selectFrom('waiting_place')
		.select(({ fn }) => ['cohort_id', fn.countAll<number>().as('count')])
		.where('ended_at', 'is', null)
		.where('cohort_id', 'in', cohortsInScope(ctx).clearSelect().select('cohort.id'))
		.groupBy('cohort_id')
		.execute();
	return new Map(rows.map(({ cohort_id, count }) => [cohort_id, Number(count)]));
}

/** The rows of who waits for a cohort within reach, in their order. */
export function waitingFor(ctx: Context, cohortId: string) {
	return ctx.db
		.selectFrom('waiting_place as waiting')
		.innerJoin('person', 'person.id', 'waiting.person_id')
		.select(['waiting.id', 'waiting.person_id', 'waiting.asked_at'])
		.select(['person.name_sealed', 'person.sex', 'person.birth_year', 'person.birth_month'])
		.where('waiting.cohort_id', '=', cohortId)
		.where('waiting.cohort_id', 'in', cohortsInScope(ctx).clearSelect().select('cohort.id'))
		.where('waiting.ended_at', 'is', null)
		.orderBy('waiting.asked_at')
		.orderBy('waiting.id');
}
