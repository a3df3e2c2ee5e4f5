import type { z } from 'zod';
import { mayOpen } from '#lib/features/sessions/queries.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { inBatches } from '#lib/platform/db/batches.ts';
import type { noticeForm, toldForm } from './forms.ts';

export type TellRefusal = { reason: 'not_found' };

/** Says that the families of these sessions know of a change: it no longer goes back for them. */
export function markTold(
	ctx: Context,
	input: z.output<typeof toldForm> & { changeId: string },
	once: string
): Promise<Outcome<{ count: number }, TellRefusal | KeyReused>> {
	return command<{ count: number }, TellRefusal>(
		ctx,
		{ name: 'mark told', once, input },
		async ({ ctx, refuse, audit }) => {
			let count = 0;
			await inBatches([...new Set(input.session)], async (batch) => {
				const { numUpdatedRows } = await ctx.db
					.updateTable('changed_session')
					.set({ told_at: ctx.now })
					.where('section_id', '=', ctx.scope.sectionId)
					.where('change_id', '=', input.changeId)
					.where('told_at', 'is', null)
					.where('session_id', 'in', (eb) =>
						eb
							.selectFrom('session')
							.select('session.id')
							.where('session.id', 'in', batch)
							.where(mayOpen(ctx))
					)
					.executeTakeFirst();
				count += Number(numUpdatedRows);
			});
			if (count === 0) refuse({ reason: 'not_found' });
			await audit({
				action: 'mark told',
				objectType: 'plan_change',
				objectId: input.changeId,
				fields: ['told_at']
			});
			return { count };
		}
	);
}

/** Says that the reader has seen a change of sessions they run. */
export function seeNotice(
	ctx: Context,
	input: z.output<typeof noticeForm>,
	once: string
): Promise<Outcome<null, TellRefusal | KeyReused>> {
	return command<null, TellRefusal>(
		ctx,
		{ name: 'see notice', once, input },
		async ({ ctx, refuse, audit }) => {
			const { numUpdatedRows } = await ctx.db
				.updateTable('change_notice')
				.set({ seen_at: ctx.now })
				.where('section_id', '=', ctx.scope.sectionId)
				.where('change_id', '=', input.change)
				.where('account_id', '=', ctx.actor.accountId)
				.executeTakeFirst();
			if (!numUpdatedRows) refuse({ reason: 'not_found' });
			await audit({
				action: 'see notice',
				objectType: 'plan_change',
				objectId: input.change,
				fields: ['seen_at']
			});
			return null;
		}
	);
}
