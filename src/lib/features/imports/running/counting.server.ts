import { keepCounts } from '#lib/features/counts/commands.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Done } from './ledger.server.ts';
import type { Written } from './ledger-rows.server.ts';

/** Changes kept counts by what a step wrote or took back; on its transaction, after its writes. */
export async function countWritten(
	ctx: Context,
	written: readonly Pick<Done, 'table' | 'keys'>[]
): Promise<void> {
	const idsOf = (table: Written, at = 0) =>
		written.filter((one) => one.table === table).flatMap(({ keys }) => keys.map((key) => key[at]!));
	const people = idsOf('mark', 1);
	const sessions = idsOf('session');
	const cohorts = idsOf('cohort');
	if (people.length + sessions.length + cohorts.length > 0)
		await keepCounts(ctx.db, ctx.scope.sectionId, { people, sessions, cohorts });
}
