import type { Context } from '#lib/platform/command/context.ts';

/**
 * The sessions among these the actor ran, stood in for a colleague at, opened the code of, ever wrote the
 * register of, or whose cohort is theirs to run.
 */
export async function ranBy(ctx: Context, ids: readonly string[]): Promise<ReadonlySet<string>> {
	if (ids.length === 0) return new Set();
	const me = ctx.actor.accountId;
	const rows = await ctx.db
		.selectFrom('session')
		.select('session.id')
		.where('session.id', 'in', ids)
		.where((eb) =>
			eb.or([
				eb('session.recorded_by', '=', me),
				eb(
					'session.id',
					'in',
					eb.selectFrom('feedback_code').select('session_id').where('opened_by', '=', me)
				),
				eb(
					'session.id',
					'in',
					eb
						.selectFrom('audit')
						.select('object_id')
						.where('object_type', '=', 'session')
						.where('object_id', 'in', ids)
						.where('actor_id', '=', me)
				),
				eb(
					'session.id',
					'in',
					eb.selectFrom('session_facilitator').select('session_id').where('account_id', '=', me)
				),
				eb(
					'session.id',
					'in',
					eb
						.selectFrom('substitute')
						.select('session_id')
						.where('account_id', '=', me)
						.where((sub) =>
							sub.or([sub('ended_at', 'is', null), sub('ended_at', '>', sub.ref('opens_at'))])
						)
				),
				eb(
					'session.cohort_id',
					'in',
					eb.selectFrom('cohort_facilitator').select('cohort_id').where('account_id', '=', me)
				)
			])
		)
		.execute();
	return new Set(rows.map(({ id }) => id));
}
