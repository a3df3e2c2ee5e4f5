import { sql } from 'kysely';
import type { KeyRing } from '#lib/platform/crypto/keyring.ts';
import { inBatches } from '#lib/platform/db/batches.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { compareAgain } from './changed.commands.server.ts';
import { nameKeyRows, nameKeysOf } from './name-keys.queries.server.ts';
import { openName } from './queries.server.ts';

const AT_ONCE = 200;

/**
 * Gives the people who have none what they are found by: rows from before names had fingerprints.
 * Batch by batch, so that a stop in between costs nothing; answers how many.
 */
export async function fillNameKeys(db: Db, ring: KeyRing): Promise<number> {
	for (let count = 0; ;) {
		const batch = await db
			.selectFrom('person')
			.select(['id', 'section_id', 'name_sealed'])
			.where('name_key', 'is', null)
			.limit(AT_ONCE)
			.execute();
		if (batch.length === 0) return count;
		count += batch.length;
		await db.transaction().execute(async (trx) => {
			const rows = batch.map((person) => ({
				...person,
				keys: nameKeysOf(ring, person.section_id, openName(ring, person.id, person.name_sealed))
			}));
			const words = rows.flatMap(({ id, section_id, keys }) => nameKeyRows(section_id, id, keys));
			const cases = rows.map(({ id, keys }) => sql`when ${id} then ${keys.whole ?? ''}`);
			await trx
				.updateTable('person')
				.set({ name_key: sql<string>`case id ${sql.join(cases, sql` `)} end` })
				.where(
					'id',
					'in',
					rows.map(({ id }) => id)
				)
				.execute();
			for (const [sectionId, some] of Map.groupBy(rows, ({ section_id }) => section_id))
				await compareAgain(
					trx,
					sectionId,
					some.map(({ id }) => id)
				);
			await inBatches(words, (some) =>
				trx
					.insertInto('person_name_key')
					.values(some)
					.onConflict((conflict) => conflict.doNothing())
					.execute()
			);
		});
	}
}
