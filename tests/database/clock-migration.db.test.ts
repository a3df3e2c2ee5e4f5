import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { migrate } from '#lib/platform/db/migrate.ts';
import { databaseBefore, MIGRATIONS } from '#tests/harness/before.ts';

it('carries wishes over: closed ones were talked about, waiting ones ring, and none is lost', async () => {
	const db = await databaseBefore('0019_clock');
	const run = (statement: string) => sql.raw(statement).execute(db);
	await run(`insert into section (id, name_texts, country, zone, locale, week_starts_on, is_example)
		values ('lb', '{}', 'LB', 'Asia/Beirut', 'ar', 1, 0)`);
	await run(`insert into account (id, section_id, email_index, email_sealed, name_sealed, password_hash, locale, theme, created_at)
		values ('maya', 'lb', 'maya', '', '', '', 'ar', 'auto', 1)`);
	await run(`insert into concern (id, section_id, nickname_sealed, raised_at, taken_by, taken_at, closed_at) values
		('closed', 'lb', null, 300000, 'maya', 600000, 900000),
		('going', 'lb', 'sealed', 300000, 'maya', 600000, null),
		('waits', 'lb', 'sealed', 300000, null, null, null)`);

	await migrate(db, MIGRATIONS);

	const concerns = await db.selectFrom('concern').selectAll().orderBy('id').execute();
	const asked = { kind: 'child', urgency: 'urgent', noticed_at: 300_000, raised_by: null };
	expect(concerns).toMatchObject([
		{ ...asked, id: 'closed', outcome: 'talked', first_taken_at: 600_000, closed_at: 900_000 },
		{ ...asked, id: 'going', outcome: null, taken_by: 'maya', nickname_sealed: 'sealed' },
		{ ...asked, id: 'waits', outcome: null, first_taken_at: null, missed_count: 0 }
	]);
	expect(await db.selectFrom('alert_clock').selectAll().execute()).toEqual([
		{
			...{ subject: 'concern', subject_id: 'waits', section_id: 'lb', plan: 'wish' },
			...{ round: 1, started_at: 300_000, step_count: 0, ring_at: 300_000 }
		}
	]);
});
