import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { up } from '../../migrations/0027_lists.ts';
import { fillNameKeys } from '#lib/features/people/name-keys.commands.server.ts';
import { addImport, sheetsOf } from '#tests/factories/imports.ts';
import { aSetting } from '#tests/factories/place.ts';
import { addMember, contextOf } from '#tests/factories/rows.ts';
import { freshDatabase } from '#tests/harness/databases.ts';

it('keeps people and rows of lists that are there, and lets names be found anew', async () => {
	const fresh = await freshDatabase();
	const { db } = fresh;
	const here = await aSetting(fresh);
	const id = await addMember(fresh, here, 'Nour Haddad');
	const tables = sheetsOf([['Name'], ['Rami Saab']]);
	await addImport(contextOf(fresh, here.coordinator), { kind: 'people', tables });
	for (const statement of [
		'drop index import_row_by_twin',
		'alter table import_row drop column twin_position',
		'alter table import_row drop column problems',
		'alter table person drop column birth_year_from_age'
	])
		await sql.raw(statement).execute(db);

	await up(db as never);

	const person = db.selectFrom('person').selectAll().where('id', '=', id);
	expect(await person.executeTakeFirstOrThrow()).toMatchObject({
		...{ birth_year_from_age: 0, name_key: null }
	});
	expect(await fillNameKeys(db, fresh.ring)).toBeGreaterThan(0);
	expect((await person.executeTakeFirstOrThrow()).name_key).toMatch(/^n/);
	const rows = await db.selectFrom('import_row').selectAll().execute();
	expect(rows.map(({ twin_position, problems }) => [twin_position, problems])).toEqual([
		[null, null],
		[null, null]
	]);
});
