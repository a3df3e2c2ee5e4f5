import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { freshDatabase } from '#tests/harness/databases.ts';
import { foreignKeys } from './references.ts';

it('reads each key once, with the column that is not the section, and whether rows go with their parent', async () => {
	const { db } = await freshDatabase();
	const keys = await foreignKeys(db);
	const of = (child: string) => keys.filter((key) => key.child === child);
	const toPerson = { parent: 'person', parentColumn: 'id' };
	expect(of('mark')).toContainEqual({
		...toPerson,
		...{ child: 'mark', column: 'person_id', cascades: false }
	});
	expect(of('changed_person')).toContainEqual({
		...toPerson,
		...{ child: 'changed_person', column: 'person_id', cascades: true }
	});
	expect(of('caregiver').map(({ column }) => column)).toEqual(
		expect.arrayContaining(['child_id', 'caregiver_id'])
	);
	expect(
		keys.filter(({ column, parent }) => column === 'section_id' && parent !== 'section')
	).toEqual([]);
});

it('finds a table that was added, also from within a transaction', async () => {
	const { db } = await freshDatabase();
	await sql`create table pebble (id text primary key, section_id text, person_id text,
		foreign key (section_id, person_id) references person (section_id, id))`.execute(db);
	const keys = await db.transaction().execute((trx) => foreignKeys(trx));
	expect(keys.filter(({ child }) => child === 'pebble')).toHaveLength(1);
	expect(await foreignKeys(db)).toBe(keys);
});
