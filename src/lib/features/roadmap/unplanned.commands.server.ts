import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { UnplannedReason } from '#lib/platform/db/vocabularies.ts';

export type UnplannedRefusal = { reason: 'unknown_cycle' };

/** Says why a cycle of the section serves no milestone; said again, the later reason holds. */
export function sayUnplanned(
	ctx: Context,
	input: { cycle: string; reason: UnplannedReason },
	once: string
): Promise<Outcome<null, UnplannedRefusal | KeyReused>> {
	return command<null, UnplannedRefusal>(
		ctx,
		{ name: 'say unplanned', once, input },
		async ({ ctx, refuse, audit }) => {
			const cycle = await ctx.db
				.selectFrom('cycle')
				.select('id')
				.where('id', '=', input.cycle)
				.where('section_id', '=', ctx.scope.sectionId)
				.executeTakeFirst();
			if (!cycle) refuse({ reason: 'unknown_cycle' });
			const said = { reason: input.reason, said_by: ctx.actor.accountId, said_at: ctx.now };
			await ctx.db
				.insertInto('unplanned_cycle')
				.values({ cycle_id: input.cycle, section_id: ctx.scope.sectionId, ...said })
				.onConflict((conflict) => conflict.column('cycle_id').doUpdateSet(said))
				.execute();
			await audit({
				...{ action: 'say unplanned', objectType: 'cycle', objectId: input.cycle },
				fields: ['reason']
			});
			return null;
		}
	);
}
