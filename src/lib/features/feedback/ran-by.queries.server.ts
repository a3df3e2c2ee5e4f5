import { ran } from '#lib/features/staff/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';

/** The sessions among these the actor ran, as `ran` says. */
export async function ranBy(ctx: Context, ids: readonly string[]): Promise<ReadonlySet<string>> {
	if (ids.length === 0) return new Set();
	const rows = await ctx.db
		.selectFrom('session')
		.select('session.id')
		.where('session.id', 'in', ids)
		.where((eb) => ran(eb.ref('session.id'), eb.val(ctx.actor.accountId)))
		.execute();
	return new Set(rows.map(({ id }) => id));
}
