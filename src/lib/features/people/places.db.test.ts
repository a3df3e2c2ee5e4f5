import { expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { aSetting } from '#tests/factories/place.ts';
import { addMember, addPerson, contextOf } from '#tests/factories/rows.ts';
import { freshDatabase } from '#tests/harness/databases.ts';
import { addGuardian } from './guardian.commands.server.ts';
import { findHeld, listPlaces } from './places.queries.server.ts';

/** What a column that names a person is called. */
const NAMES_A_PERSON = /(^|_)person_id$|^merged_into$|^(child|caregiver|kept|merged)_id$/;

it('knows every column that is called as if it named a person, with a key or without', async () => {
	const { db } = await freshDatabase();
	const places = (await listPlaces(db)).map(({ table, column }) => `${table}.${column}`);
	const named = (await db.introspection.getTables())
		.filter(({ isView }) => !isView)
		.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`))
		.filter((column) => NAMES_A_PERSON.test(column.split('.')[1]!));
	expect(named.length).toBeGreaterThan(8);
	expect(named.filter((column) => !places.includes(column))).toEqual([]);
	expect(new Set(places).size).toBe(places.length);
});

it('tells who is held by a row elsewhere from who has only their own', async () => {
	const fresh = await freshDatabase();
	const here = await aSetting(fresh);
	const free = await addPerson(fresh, here, 'Nour');
	const kept = await addPerson(fresh, here, 'Lina');
	const member = await addMember(fresh, here, 'Rami');
	const cared = await addPerson(fresh, here, 'Sami');
	const merged = await addPerson(fresh, here, 'Leena');
	await fresh.db
		.updateTable('person')
		.set({ merged_into: kept })
		.where('id', '=', merged)
		.execute();
	const guardian = { name: 'Adult', relation: 'mother', contactWay: 'visit' } as const;
	await addGuardian(contextOf(fresh, here.manager), { ...guardian, personId: cared }, newId());
	expect(await findHeld(fresh.db, [free, kept, member, cared, merged])).toEqual(
		new Set([kept, member, cared])
	);
	expect(await findHeld(fresh.db, [])).toEqual(new Set());
});
