import { inBatches } from '#lib/platform/db/batches.ts';
import type { Db } from '#lib/platform/db/open.ts';

/** Rows per statement: few enough for either database's limit on parameters. */
const AT_ONCE = 1000;

/**
 * Names people who are new or have another name, sex or year of birth, so that a job compares them with others.
 * Part of a command: runs on its transaction. Writes the row also where there is one: a job that takes it waits for the change.
 */
export async function compareAgain(
	db: Db,
	sectionId: string,
	personIds: readonly string[]
): Promise<void> {
	await inBatches(personIds, AT_ONCE, (batch) =>
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
