import type { z } from 'zod';
import { peopleInScope } from '#lib/features/people/queries.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { pairForm } from './forms.ts';

export type PairRefusal = { reason: 'not_found' };

/** Remembers that two people within reach are two: they are not suggested again. */
export function tellApart(
	ctx: Context,
	input: z.output<typeof pairForm>,
	once: string
): Promise<Outcome<null, PairRefusal | KeyReused>> {
	return command(ctx, { name: 'tell apart', once, input }, async ({ ctx, refuse, audit }) => {
		const [first, second] = [input.first, input.second].sort() as [string, string];
		const found = await peopleInScope(ctx).where('person.id', 'in', [first, second]).execute();
		if (found.length !== 2) return refuse({ reason: 'not_found' });
		await ctx.db
			.insertInto('pair_decision')
			.values({
				first_id: first,
				second_id: second,
				section_id: ctx.scope.sectionId,
				decision: 'different',
				decided_by: ctx.actor.accountId,
				decided_at: ctx.now
			})
			.onConflict((conflict) => conflict.doNothing())
			.execute();
		await audit({
			action: 'tell people apart',
			objectType: 'person',
			objectId: first,
			fields: ['pair_decision']
		});
		return null;
	});
}
