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

/**
 * The sessions among these of whose answers the actor sees what who ran them sees: those they ran, and those whose paper
 * forms they typed in. With sheets of their own beside one child's on a device they could lift that child's answers
 * over a threshold.
 */
export async function keptBackFrom(
	ctx: Context,
	ids: readonly string[]
): Promise<ReadonlySet<string>> {
	if (ids.length === 0) return new Set();
	const typed = await ctx.db
		.selectFrom('paper_entry as entry')
		.innerJoin('feedback_code as code', 'code.id', 'entry.code_id')
		.select('code.session_id')
		.where('entry.account_id', '=', ctx.actor.accountId)
		.where('code.session_id', 'in', ids)
		.execute();
	return new Set([...(await ranBy(ctx, ids)), ...typed.map(({ session_id }) => session_id)]);
}
