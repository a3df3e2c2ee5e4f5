import { handOverWaiting } from '#lib/features/cohorts/waiting-rows.commands.server.ts';
import { bothOf, pair } from './rows.rules.ts';
import type { TableRule } from './types.ts';

/** Places on waiting lists: the kept one's, who waits for one cohort once. */
export const waiting: TableRule = {
	async join(ctx, people) {
		const rows = await ctx.db
			.selectFrom('waiting_place')
			.select(['id', 'person_id', 'cohort_id'])
			.where('person_id', 'in', [people.keptId, people.mergedId])
			.where('ended_at', 'is', null)
			.execute();
		const both = pair(rows, people, ({ cohort_id }) => cohort_id);
		const ids = both.filter(({ kept }) => kept === null).map(({ merged }) => merged.id);
		await handOverWaiting(ctx, { to: people.keptId, ids });
		return both.map((row) => ({ kind: 'waiting', id: row.merged.id, row }));
	},
	async part(ctx, { mergedId }, rows) {
		const both = bothOf<{ id: string }>(rows, 'waiting');
		const ids = both.filter(({ kept }) => kept === null).map(({ merged }) => merged.id);
		await handOverWaiting(ctx, { to: mergedId, ids });
		return 'parted';
	}
};
