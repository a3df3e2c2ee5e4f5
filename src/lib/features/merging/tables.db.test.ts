import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { aSetting } from '#tests/factories/place.ts';
import { addPerson, contextOf } from '#tests/factories/rows.ts';
import { freshDatabase } from '#tests/harness/databases.ts';
import { mergePeople } from './commands.server.ts';
import { checkRules } from './tables.commands.server.ts';

it('has a rule for every place where the database names a person', async () => {
	const { db } = await freshDatabase();
	await expect(checkRules(db)).resolves.toBeUndefined();
});

it('merges nobody while a table names people and has no rule', async () => {
	const fresh = await freshDatabase();
	const here = await aSetting(fresh);
	const [keptId, mergedId] = [await addPerson(fresh, here), await addPerson(fresh, here)];
	await sql`create table pebble (id text primary key, section_id text, found_by text,
		foreign key (section_id, found_by) references person (section_id, id))`.execute(fresh.db);
	const merging = mergePeople(contextOf(fresh, here.coordinator), { keptId, mergedId }, newId());
	await expect(merging).rejects.toThrow('pebble.found_by');
	const merged = await fresh.db.selectFrom('person_merge').selectAll().execute();
	expect(merged).toEqual([]);
});
