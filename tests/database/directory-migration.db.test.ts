import { join } from 'node:path';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, it, onTestFinished } from 'vitest';
import { isSqlite } from '#lib/platform/db/ddl.ts';
import { migrate, migrationsIn } from '#lib/platform/db/migrate.ts';
import { openDatabase, type Db } from '#lib/platform/db/open.ts';
import { blankDatabase } from '#tests/harness/emptyDatabase.ts';

const FOLDER = join(import.meta.dirname, '../../migrations');
const OWN = '0020_directory';

/** A database as the release before left it. */
async function before(): Promise<Db> {
	const blank = await blankDatabase();
	const db = openDatabase(blank.url);
	onTestFinished(async () => {
		await db.destroy();
		await blank.remove();
	});
	const provider = migrationsIn(FOLDER);
	const names = Object.keys(await provider.getMigrations()).sort();
	if (isSqlite(db)) await sql`pragma foreign_keys = off`.execute(db);
	const { error } = await new Migrator({ db, provider }).migrateTo(names[names.indexOf(OWN) - 1]!);
	if (error) throw error;
	if (isSqlite(db)) await sql`pragma foreign_keys = on`.execute(db);
	return db;
}

it('gives every section that is here the numbers of its country, untried', async () => {
	const db = await before();
	for (const country of ['LB', 'TG', 'JP'])
		await sql`insert into section (id, name_texts, country, zone, locale, week_starts_on, is_example)
			values (${country}, '{}', ${country}, 'UTC', 'en', 1, 0)`.execute(db);

	await migrate(db, FOLDER);

	const entries = await db
		.selectFrom('help_entry')
		.selectAll()
		.orderBy('section_id')
		.orderBy('position')
		.execute();
	expect(entries.map(({ section_id, phone }) => [section_id, phone])).toEqual([
		['LB', '03 414 964'],
		['LB', '1714'],
		['LB', '112'],
		['TG', '1011'],
		['TG', '117']
	]);
	for (const entry of entries) {
		expect(entry).toMatchObject({ centre_id: null, verified_on: null, verified_by: null });
		expect(JSON.parse(entry.source_texts!)).toHaveProperty('ar');
	}
});
