import type { Context } from '#lib/platform/command/context.ts';
import { insertAll } from '#lib/platform/db/batches.ts';
import type { StoredKind } from '#lib/platform/db/vocabularies.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { compareAgain } from './changed.commands.server.ts';
import { codeIndexOf, nameKeyRows, nameKeysOf } from './name-keys.queries.server.ts';
import { findHeld } from './places.queries.server.ts';
import { sealName, sealOf } from './queries.server.ts';
import { removeParts } from './rows.commands.server.ts';
import { ADULT_AGE, ageOn } from './rules.ts';
import type { NewPerson } from './types.ts';

/**
 * Writes new people with what they are found by, everything typed sealed; answers their ids in order.
 * Part of a larger command: runs on its transaction. Throws when an own number is taken in the section.
 */
export async function addPeople(ctx: Context, people: readonly NewPerson[]): Promise<string[]> {
	const rows = people.map((person) => rowsOf(ctx, person));
	await insertAll(
		ctx.db,
		'person',
		rows.map(({ person }) => person)
	);
	await insertAll(
		ctx.db,
		'person_name_key',
		rows.flatMap(({ keys }) => keys)
	);
	const ids = rows.map(({ person }) => person.id);
	await compareAgain(ctx.db, ctx.scope.sectionId, ids);
	return ids;
}

/** Writes one new person: `addPeople` for one. */
export async function addPerson(ctx: Context, person: NewPerson): Promise<string> {
	const [id] = await addPeople(ctx, [person]);
	return id!;
}

function rowsOf({ ring, scope }: Context, person: NewPerson) {
	const id = newId();
	const keys = nameKeysOf(ring, scope.sectionId, person.name);
	return {
		person: {
			id,
			section_id: scope.sectionId,
			centre_id: person.centreId,
			kind: storedKind(person),
			name_sealed: sealName(ring, id, person.name),
			name_key: keys.whole ?? '',
			sex: person.sex,
			birth_year: person.birthYear,
			birth_month: person.birthMonth ?? null,
			birth_year_from_age: person.isFromAge ? 1 : 0,
			population_group: person.populationGroup ?? null,
			language: person.language ?? null,
			needs_sealed: person.needs ? sealOf(ring, id, 'needs_sealed', person.needs) : null,
			code_index: person.code ? codeIndexOf(ring, scope.sectionId, person.code) : null,
			code_sealed: person.code ? sealOf(ring, id, 'code_sealed', person.code) : null,
			added_on: person.addedOn
		},
		keys: nameKeyRows(scope.sectionId, id, keys)
	};
}

/** The column knows no adult; but for whom they work nothing reads it. */
function storedKind(person: NewPerson): StoredKind {
	if (person.isStaff) return 'staff';
	return ageOn(person, person.addedOn) < ADULT_AGE ? 'child' : 'caregiver';
}

/**
 * Takes a person who was added by mistake out again: true when nothing was known of them but their own
 * row, else nothing happens. Part of a larger command: runs on its transaction.
 */
export async function takeOutPerson(ctx: Context, id: string): Promise<boolean> {
	const untouched = await ctx.db
		.selectFrom('person')
		.select('id')
		.where('id', '=', id)
		.where('section_id', '=', ctx.scope.sectionId)
		.where('version', '=', 1)
		.executeTakeFirst();
	if (!untouched || (await findHeld(ctx.db, [id])).size > 0) return false;
	await removeParts(ctx, [id]);
	await ctx.db.deleteFrom('person').where('id', '=', id).execute();
	return true;
}
