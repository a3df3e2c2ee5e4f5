import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { migrate } from '#lib/platform/db/migrate.ts';
import { databaseBefore, MIGRATIONS } from '#tests/harness/before.ts';

it('carries curricula over: nothing is said of what nobody said, and the rule is the default', async () => {
	const db = await databaseBefore('0029_curricula');
	const run = (statement: string) => sql.raw(statement).execute(db);
	await run(`insert into section (id, name_texts, country, zone, locale, week_starts_on, is_example)
		values ('lb', '{}', 'LB', 'Asia/Beirut', 'ar', 1, 0)`);
	await run(`insert into curriculum (id, section_id, name_texts, audience, is_imported)
		values ('kites', 'lb', '{"en":"Kites"}', 'children', 0)`);
	await run(`insert into curriculum_version (id, section_id, curriculum_id, number, published_on)
		values ('one', 'lb', 'kites', 1, '2025-01-01'), ('two', 'lb', 'kites', 2, null)`);
	await run(`insert into curriculum_module (id, section_id, version_id, position, name_texts)
		values ('m', 'lb', 'one', 1, '{"en":"Start"}')`);
	await run(`insert into session_plan (id, section_id, version_id, module_id, position, title_texts, minutes, picture)
		values ('p', 'lb', 'one', 'm', 1, '{"en":"Hello"}', 60, 'circle')`);

	await migrate(db, MIGRATIONS);

	expect(await db.selectFrom('curriculum').selectAll().executeTakeFirst()).toMatchObject({
		...{ id: 'kites', type: null, layer: null, retired_on: null, version: 1 },
		name_texts: '{"en":"Kites"}'
	});
	const rule = { reached_count: 1, engaged_count: 3, engaged_pct: 50, completed_pct: 75 };
	expect(
		await db.selectFrom('curriculum_version').selectAll().orderBy('number').execute()
	).toMatchObject([
		{ id: 'one', published_on: '2025-01-01', ...rule },
		{ id: 'two', published_on: null, ...rule }
	]);
	expect(await db.selectFrom('session_plan').selectAll().executeTakeFirst()).toMatchObject({
		...{ id: 'p', module_id: 'm', position: 1, picture: 'circle', strand: '', stem_id: null },
		...{ objectives_texts: '{}', notes_texts: '{}', outdated: '{}' }
	});
	await expect(
		run(`insert into curriculum_version (id, section_id, curriculum_id, number, published_on)
			values ('three', 'lb', 'kites', 3, null)`)
	).rejects.toThrow();
});
