import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { mendCounts } from '#lib/features/counts/recount.commands.server.ts';
import { migrate } from '#lib/platform/db/migrate.ts';
import { heldRoles } from '#lib/platform/login/sessions.ts';
import { databaseBefore, MIGRATIONS } from '#tests/harness/before.ts';

it('leaves roles and counts as they were: nobody is held to a project, every session counts', async () => {
	const db = await databaseBefore('0033_projects');
	const run = (statement: string) => sql.raw(statement).execute(db);
	await run(`insert into section (id, name_texts, country, zone, locale, week_starts_on, is_example)
		values ('lb', '{}', 'LB', 'Asia/Beirut', 'ar', 1, 0)`);
	await run(`insert into account (id, section_id, email_index, email_sealed, name_sealed, password_hash, locale, theme, created_at)
		values ('leila', 'lb', 'x', 'x', 'x', 'x', 'en', 'auto', 1)`);
	await run(`insert into account_role (account_id, role, section_id)
		values ('leila', 'project_manager', 'lb')`);
	await run(`insert into target (id, section_id, name_texts, starts_on, ends_on, amount, is_example)
		values ('whole', 'lb', '{}', '2020-01-01', '2025-12-31', 28000, 0)`);

	await migrate(db, MIGRATIONS);

	expect((await heldRoles(db, ['leila'])).get('leila')).toEqual([
		{ role: 'project_manager', centreIds: null, bodyId: null }
	]);
	expect(await db.selectFrom('project_target').selectAll().execute()).toEqual([]);
	expect((await mendCounts(db)).differing).toBe(0);
});
