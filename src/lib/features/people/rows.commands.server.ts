import type { Context } from '#lib/platform/command/context.ts';
import { inBatches, insertAll } from '#lib/platform/db/batches.ts';
import type { NewRow, Row } from '#lib/platform/db/schema.ts';
import { compareAgain } from './changed.commands.server.ts';
import { nameKeyRows, nameKeysOf } from './name-keys.queries.server.ts';
import { openName } from './queries.server.ts';

/** Rows of people and of guardians for the commands of other features: on their transaction, by their rules. */

/** Overwrites what is written of people who are there, by `id`, and has them compared with others again. */
export async function overwritePeople(ctx: Context, rows: readonly Row<'person'>[]): Promise<void> {
	await inBatches(rows, (batch) =>
		ctx.db
			.insertInto('person')
			.values(batch)
			.onConflict((conflict) =>
				conflict.column('id').doUpdateSet((eb) => ({
					name_sealed: eb.ref('excluded.name_sealed'),
					name_key: eb.ref('excluded.name_key'),
					sex: eb.ref('excluded.sex'),
					birth_year: eb.ref('excluded.birth_year'),
					birth_month: eb.ref('excluded.birth_month'),
					birth_year_from_age: eb.ref('excluded.birth_year_from_age'),
					population_group: eb.ref('excluded.population_group'),
					language: eb.ref('excluded.language'),
					code_index: eb.ref('excluded.code_index'),
					code_sealed: eb.ref('excluded.code_sealed'),
					version: eb.ref('excluded.version')
				}))
			)
			.execute()
	);
	await compareAgain(
		ctx.db,
		ctx.scope.sectionId,
		rows.map(({ id }) => id)
	);
}

/** Lets people be found by the names they have now, and has them compared with others again. */
export async function renewNameKeys(ctx: Context, personIds: readonly string[]): Promise<void> {
	if (personIds.length === 0) return;
	const { db, ring, scope } = ctx;
	await compareAgain(db, scope.sectionId, personIds);
	const people = await db
		.selectFrom('person')
		.select(['id', 'name_sealed'])
		.where('section_id', '=', scope.sectionId)
		.where('name_key', 'is not', null)
		.where('id', 'in', personIds)
		.execute();
	await db.deleteFrom('person_name_key').where('person_id', 'in', personIds).execute();
	const rows = people.flatMap(({ id, name_sealed }) =>
		nameKeyRows(
			scope.sectionId,
			id,
			nameKeysOf(ring, scope.sectionId, openName(ring, id, name_sealed))
		)
	);
	await insertAll(db, 'person_name_key', rows);
}

/** Puts a person at another centre; false when they are not at `from`, merged, or changed since that version. */
export async function moveToCentre(
	{ db, scope }: Context,
	personId: string,
	{ from, to, version }: { from: string; to: string; version: number }
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('person')
		.set({ centre_id: to, version: version + 1 })
		.where('id', '=', personId)
		.where('section_id', '=', scope.sectionId)
		.where('centre_id', '=', from)
		.where('version', '=', version)
		.where('merged_into', 'is', null)
		.executeTakeFirst();
	return Boolean(numUpdatedRows);
}

/**
 * Marks a person as merged into another, and holds the other's row, in one order whoever asks: two merges wait for
 * each other. False when one of them is merged already.
 */
export async function markMerged(
	{ db }: Context,
	{ keptId, mergedId }: { keptId: string; mergedId: string }
): Promise<boolean> {
	for (const id of [keptId, mergedId].sort()) {
		const { numUpdatedRows } = await db
			.updateTable('person')
			.set({ merged_into: id === mergedId ? keptId : null })
			.where('id', '=', id)
			.where('merged_into', 'is', null)
			.executeTakeFirst();
		if (!numUpdatedRows) return false;
	}
	return true;
}

/** Makes a merged person one of their own again. */
export async function markParted({ db }: Context, mergedId: string): Promise<void> {
	await db.updateTable('person').set({ merged_into: null }).where('id', '=', mergedId).execute();
}

/** Writes new guardians. */
export async function addGuardians(
	{ db }: Context,
	rows: readonly NewRow<'guardian'>[]
): Promise<void> {
	await insertAll(db, 'guardian', rows);
}

/** Gives guardians who are there, by `id`, the numbers of these rows. */
export async function overwritePhones(
	{ db }: Context,
	rows: readonly Row<'guardian'>[]
): Promise<void> {
	await inBatches(rows, (batch) =>
		db
			.insertInto('guardian')
			.values(batch)
			.onConflict((conflict) =>
				conflict.column('id').doUpdateSet((eb) => ({
					phone_sealed: eb.ref('excluded.phone_sealed'),
					version: eb.ref('excluded.version')
				}))
			)
			.execute()
	);
}

/** Makes guardians of one person another's: these, or all. */
export async function handOverGuardians(
	{ db }: Context,
	{ from, to, ids }: { from: string; to: string; ids?: readonly string[] }
): Promise<void> {
	if (ids?.length === 0) return;
	await db
		.updateTable('guardian')
		.set({ person_id: to })
		.where('person_id', '=', from)
		.$if(ids !== undefined, (query) => query.where('id', 'in', ids!))
		.execute();
}

/** Makes contacts that are one person another's. */
export async function linkGuardians(
	{ db }: Context,
	{ from, to, ids }: { from: string; to: string; ids: readonly string[] }
): Promise<void> {
	if (ids.length === 0) return;
	await db
		.updateTable('guardian')
		.set({ linked_person_id: to })
		.where('linked_person_id', '=', from)
		.where('id', 'in', ids)
		.execute();
}

/** Writes who is responsible for whom. */
export async function addCares({ db }: Context, rows: readonly Row<'caregiver'>[]): Promise<void> {
	await insertAll(db, 'caregiver', rows);
}

/** Removes these rows of who is responsible for whom. */
export async function removeCares(
	{ db }: Context,
	rows: readonly Row<'caregiver'>[]
): Promise<void> {
	await inBatches(rows, (batch) =>
		db
			.deleteFrom('caregiver')
			.where((eb) =>
				eb.or(batch.map(({ child_id, caregiver_id }) => eb.and({ child_id, caregiver_id })))
			)
			.execute()
	);
}

/** Removes what is part of people's own rows and does not go with them by itself. */
export async function removeParts({ db }: Context, personIds: readonly string[]): Promise<void> {
	await inBatches(personIds, (batch) =>
		db.deleteFrom('person_name_key').where('person_id', 'in', batch).execute()
	);
}

/** Removes these contact persons. */
export async function forgetContacts({ db }: Context, ids: readonly string[]): Promise<void> {
	await inBatches(ids, (batch) => db.deleteFrom('guardian').where('id', 'in', batch).execute());
}
