import { inBatches } from '#lib/platform/db/batches.ts';
import { isSqlite } from '#lib/platform/db/ddl.ts';
import type { Db } from '#lib/platform/db/open.ts';

/**
 * Names people who are new or have another name, sex or year of birth, so that a job compares them with others.
 * Part of a command: runs on its transaction. Writes the row also where there is one: a job that takes it waits for the change.
 */
export async function compareAgain(
	db: Db,
	sectionId: string,
	personIds: readonly string[]
): Promise<void> {
	await inBatches(personIds, (batch) =>
		db
			.insertInto('changed_person')
			.values(batch.map((person_id) => ({ person_id, section_id: sectionId })))
			.onConflict((conflict) =>
				conflict
					.column('person_id')
					.doUpdateSet((eb) => ({ section_id: eb.ref('excluded.section_id') }))
			)
			.execute()
	);
}

/**
 * Takes so many of those named off the list, on the transaction that compares them: who changes one of them meanwhile
 * waits, and names them again. Who is being changed is left for later.
 */
export async function takeChanged(trx: Db, count: number): Promise<string[]> {
	const taken = await trx
		.deleteFrom('changed_person')
		.where('person_id', 'in', (eb) =>
			eb
				.selectFrom('changed_person')
				.select('person_id')
				.orderBy('person_id')
				.limit(count)
				.$if(!isSqlite(trx), (query) => query.forUpdate().skipLocked())
		)
		.returning('person_id')
		.execute();
	return taken.map(({ person_id }) => person_id);
}
