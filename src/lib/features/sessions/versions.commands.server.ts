import { sql } from 'kysely';
import { keepCounts } from '#lib/features/counts/commands.server.ts';
import type { FullVersion } from '#lib/features/curricula/types.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { listOpenCycles } from './versions.queries.server.ts';

export type GoOnRefusal = { reason: 'not_found' | 'not_published' | 'nothing_to_move' };

/**
 * Lets the sessions of a cycle that are still to come follow another published version of its curriculum: each the
 * plan its own became. Days, times and minutes stay; what was held stays with the version it was held by, and so does
 * a session whose plan is no longer there. Who is reached or has completed is counted by the rule of the new version
 * from then on, in all of the cycle.
 */
export function goOnWith(
	ctx: Context,
	{ cycle, version }: { cycle: string; version: Pick<FullVersion, 'id' | 'plans' | 'publishedOn'> },
	{ once, locale }: { once: string; locale: Locale }
): Promise<Outcome<{ cycleId: string }, GoOnRefusal | KeyReused>> {
	const input = { cycle, version: version.id };
	return command(
		ctx,
		{ name: 'go on with version', once, input },
		async ({ ctx, refuse, audit }) => {
			if (version.publishedOn === null) refuse({ reason: 'not_published' });
			const [found] = await listOpenCycles(ctx, version, locale, cycle);
			if (!found) return refuse({ reason: 'not_found' });
			if (found.moving === 0) refuse({ reason: 'nothing_to_move' });
			const moves = found.moves.flatMap(({ planId, sessionIds }) =>
				sessionIds.map((id) => ({ id, planId }))
			);
			await ctx.db
				.updateTable('session')
				.set({
					session_plan_id: sql<string>`case id ${sql.join(
						moves.map(({ id, planId }) => sql`when ${id} then ${planId}`),
						sql` `
					)} end`
				})
				.where('section_id', '=', ctx.scope.sectionId)
				.where('status', '=', 'planned')
				.where(
					'id',
					'in',
					moves.map(({ id }) => id)
				)
				.execute();
			await ctx.db
				.updateTable('cycle')
				.set({ version_id: version.id })
				.where('id', '=', cycle)
				.where('section_id', '=', ctx.scope.sectionId)
				.execute();
			await keepCounts(ctx.db, ctx.scope.sectionId, { cycles: [cycle] });
			await audit({
				action: 'go on with version',
				objectType: 'cycle',
				objectId: cycle,
				fields: ['version_id', 'session_plan_id']
			});
			return { cycleId: cycle };
		}
	);
}
