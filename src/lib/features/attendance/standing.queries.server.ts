import { cohortsInScope } from '#lib/features/cohorts/queries.server.ts';
import { standingBy } from '#lib/features/counts/rules.ts';
import { takingPart } from '#lib/features/counts/standing.queries.server.ts';
import type { CountingRule } from '#lib/features/curricula/types.ts';
import { ruleOf } from '#lib/features/curricula/versions.queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';

/** How far a cohort's members came in a cycle, by the rule of the version it runs. */
export interface CycleStanding {
	cycleId: string;
	curriculum: string;
	versionNumber: number;
	rule: CountingRule;
	heldCount: number;
	/** Still to hold or to record. */
	plannedCount: number;
	reachedCount: number;
	engagedCount: number;
	completedCount: number;
}

/** The cycles of a cohort within reach, the latest first; what was taken over from before Halqa has no rule and is left out. */
export async function listCycleStandings(
	ctx: Context,
	cohortId: string,
	locale: Locale
): Promise<CycleStanding[]> {
	const cycles = await ctx.db
		.selectFrom('cycle')
		.innerJoin('curriculum_version as version', 'version.id', 'cycle.version_id')
		.innerJoin('curriculum', 'curriculum.id', 'version.curriculum_id')
		.innerJoin('session', 'session.cycle_id', 'cycle.id')
		.selectAll('version')
		.select(['cycle.id as cycle_id', 'curriculum.name_texts'])
		.select(({ fn }) => [
			fn.countAll<number>().filterWhere('session.status', '=', 'held').as('held'),
			fn.countAll<number>().filterWhere('session.status', '=', 'planned').as('planned')
		])
		.where('cycle.cohort_id', '=', cohortId)
		.where('cycle.cohort_id', 'in', cohortsInScope(ctx).clearSelect().select('cohort.id'))
		.where('curriculum.is_imported', '=', 0)
		.groupBy(['cycle.id', 'version.id', 'curriculum.id'])
		.orderBy('cycle.starts_on', 'desc')
		.orderBy('cycle.id')
		.execute();
	const parts = await takingPart(ctx.db, ctx.scope.sectionId)
		.where('session.cohort_id', '=', cohortId)
		.execute();
	return cycles.map((row) => {
		const rule = ruleOf(row);
		const standings = parts
			.filter(({ cycle_id }) => cycle_id === row.cycle_id)
			.map((part) =>
				standingBy(
					{
						attendedCount: part.attended_count,
						heldCount: part.held_count,
						plannedCount: part.planned_count ?? 0
					},
					rule
				)
			);
		return {
			cycleId: row.cycle_id,
			curriculum: textIn(row.name_texts, locale),
			versionNumber: row.number,
			rule,
			heldCount: row.held,
			plannedCount: row.planned,
			reachedCount: standings.filter(({ reached }) => reached).length,
			engagedCount: standings.filter(({ engaged }) => engaged).length,
			completedCount: standings.filter(({ completed }) => completed).length
		};
	});
}
