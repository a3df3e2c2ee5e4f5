import { dateIn } from '#lib/platform/clock/zone.ts';
import type { Db } from '#lib/platform/db/open.ts';

/** Concerns are kept for so long after they closed (`domain.md` 6.7). */
export const KEPT_MS = 90 * 24 * 3_600_000;

/**
 * Destroys concerns that closed long ago and adds them to the count of their month, all in one transaction: cut short
 * and done again, or by two processes at once, each is counted once. `now` in UTC milliseconds.
 */
export async function forgetClosedConcerns(db: Db, now: number): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const gone = await trx
			.deleteFrom('concern')
			.where('closed_at', '<=', now - KEPT_MS)
			.returning(['section_id', 'kind', 'raised_at'])
			.execute();
		if (gone.length === 0) return;
		const sections = await trx
			.selectFrom('section')
			.select(['id', 'zone'])
			.where('id', 'in', [...new Set(gone.map(({ section_id }) => section_id))])
			.execute();
		const zones = new Map(sections.map(({ id, zone }) => [id, zone]));
		const rows = gone.map(({ section_id, kind, raised_at }) => ({
			...{ section_id, kind },
			month: dateIn(zones.get(section_id)!, raised_at).slice(0, 7)
		}));
		const alike = Map.groupBy(rows, (row) => JSON.stringify(row));
		await trx
			.insertInto('concern_count')
			.values([...alike.values()].map((same) => ({ ...same[0]!, concern_count: same.length })))
			.onConflict((conflict) =>
				conflict.columns(['section_id', 'month', 'kind']).doUpdateSet((eb) => ({
					concern_count: eb('concern_count.concern_count', '+', eb.ref('excluded.concern_count'))
				}))
			)
			.execute();
	});
}
