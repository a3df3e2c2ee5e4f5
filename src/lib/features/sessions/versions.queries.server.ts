import type { FullVersion } from '#lib/features/curricula/types.ts';
import { cohortsInScope } from '#lib/features/cohorts/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { byName } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';

/** A cycle that could go on with another version of its curriculum. */
export interface OpenCycle {
	id: string;
	cohort: string;
	centre: string;
	/** Civil date of its last session. */
	endsOn: string;
	/** Sessions still to come, by the plan each takes up. */
	moves: { planId: string; sessionIds: string[] }[];
	/** How many of them take up a plan of the version. */
	moving: number;
	/** How many keep their plan: the version has none in its place. */
	staying: number;
	/** Plans of the version that no session of the cycle has. */
	undated: number;
}

/**
 * Cycles within reach on an older version of the same curriculum with sessions to come, by cohort. A session takes up
 * the plan that its own became, wherever that stands now.
 */
export async function listOpenCycles(
	ctx: Context,
	version: Pick<FullVersion, 'id' | 'plans'>,
	locale: Locale,
	cycleId?: string
): Promise<OpenCycle[]> {
	const rows = await ctx.db
		.selectFrom('session')
		.innerJoin('cycle', 'cycle.id', 'session.cycle_id')
		.innerJoin('cohort', 'cohort.id', 'cycle.cohort_id')
		.innerJoin('centre', 'centre.id', 'cycle.centre_id')
		.innerJoin('session_plan as plan', 'plan.id', 'session.session_plan_id')
		.select([
			'cycle.id',
			'cycle.ends_on',
			'cohort.name_texts as cohort_texts',
			'centre.name_texts as centre_texts',
			'session.id as session_id',
			'session.status',
			'plan.id as plan_id',
			'plan.stem_id'
		])
		.where('cycle.section_id', '=', ctx.scope.sectionId)
		.where('cycle.cohort_id', 'in', cohortsInScope(ctx).clearSelect().select('cohort.id'))
		.where('session.status', 'not in', ['draft', 'cancelled'])
		.where('cycle.version_id', '<>', version.id)
		.where('cycle.version_id', 'in', (eb) =>
			eb
				.selectFrom('curriculum_version as older')
				.innerJoin('curriculum_version as this', 'this.curriculum_id', 'older.curriculum_id')
				.where('this.id', '=', version.id)
				.whereRef('older.number', '<', 'this.number')
				.select('older.id')
		)
		.$if(cycleId !== undefined, (query) => query.where('cycle.id', '=', cycleId!))
		.execute();
	const byStem = new Map(version.plans.map((plan) => [plan.stemId, plan.id]));
	const cycles = [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((sessions) => {
		const toCome = sessions.filter(({ status }) => status === 'planned');
		const stems = new Set(sessions.map(({ stem_id, plan_id }) => stem_id ?? plan_id));
		const taken = Map.groupBy(toCome, (one) => byStem.get(one.stem_id ?? one.plan_id));
		const staying = taken.get(undefined)?.length ?? 0;
		const [first] = toCome;
		return first
			? {
					id: first.id,
					name: textIn(first.cohort_texts, locale),
					cohort: textIn(first.cohort_texts, locale),
					centre: textIn(first.centre_texts, locale),
					endsOn: first.ends_on,
					moves: [...taken].flatMap(([planId, some]) =>
						planId ? [{ planId, sessionIds: some.map(({ session_id }) => session_id) }] : []
					),
					moving: toCome.length - staying,
					staying,
					undated: version.plans.filter(({ stemId }) => !stems.has(stemId)).length
				}
			: [];
	});
	return cycles.sort(byName(locale));
}
