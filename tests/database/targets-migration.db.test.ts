import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { migrate } from '#lib/platform/db/migrate.ts';
import { databaseBefore, MIGRATIONS } from '#tests/harness/before.ts';

it('carries targets over with their parts, their opening balance and what is counted of them', async () => {
	const db = await databaseBefore('0030_targets');
	const run = (statement: string) => sql.raw(statement).execute(db);
	await run(`insert into section (id, name_texts, country, zone, locale, week_starts_on, is_example)
		values ('lb', '{}', 'LB', 'Asia/Beirut', 'ar', 1, 0)`);
	await run(`insert into centre (id, section_id, name_texts, adm1_pcode, zone, closed_weekdays, opens_at, closes_at)
		values ('saida', 'lb', '{}', 'LB6', 'Asia/Beirut', '', '08:00', '18:00')`);
	await run(`insert into target (id, section_id, centre_id, parent_id, name_texts, starts_on, ends_on, amount, is_example)
		values ('whole', 'lb', null, null, '{"en":"Strategy"}', '2020-01-01', '2025-12-31', 28000, 0),
		('part', 'lb', 'saida', 'whole', '{}', '2020-01-01', '2025-12-31', 400, 0)`);
	await run(`insert into opening_balance (id, section_id, target_id, amount, source_texts)
		values ('before', 'lb', 'whole', 21600, '{}')`);
	await run(
		`insert into reached_target (target_id, section_id, people_count) values ('whole', 'lb', 7)`
	);

	await migrate(db, MIGRATIONS);

	const targets = await db.selectFrom('target').selectAll().orderBy('id', 'desc').execute();
	const added = { indicator_id: null, definition_texts: '{}', version: 1, unit: 'people' };
	expect(targets).toMatchObject([
		{ id: 'whole', amount: 28_000, name_texts: '{"en":"Strategy"}', ...added },
		{ id: 'part', parent_id: 'whole', centre_id: 'saida', amount: 400, ...added }
	]);
	const opening = await db.selectFrom('opening_balance').selectAll().execute();
	expect(opening).toMatchObject([{ target_id: 'whole', amount: 21_600 }]);
	const reached = await db.selectFrom('reached_target').selectAll().execute();
	expect(reached).toMatchObject([{ target_id: 'whole', people_count: 7 }]);
});
