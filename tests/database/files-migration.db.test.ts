import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { migrate } from '#lib/platform/db/migrate.ts';
import { databaseBefore, MIGRATIONS } from '#tests/harness/before.ts';

it('carries addresses, plans and activities over, and takes a file in their place', async () => {
	const db = await databaseBefore('0035_files');
	const run = (statement: string) => sql.raw(statement).execute(db);
	await run(`insert into section (id, name_texts, country, zone, locale, week_starts_on, is_example)
		values ('lb', '{}', 'LB', 'Asia/Beirut', 'ar', 1, 0)`);
	await run(`insert into account (id, section_id, name_sealed, email_sealed, email_index, password_hash, locale, theme, created_at)
		values ('rana', 'lb', 'x', 'x', 'x', 'x', 'ar', 'auto', 0)`);
	await run(`insert into roadmap (id, section_id, name_texts, starts_on, ends_on, is_example)
		values ('r', 'lb', '{}', '2026-01-01', '2026-12-31', 0)`);
	await run(`insert into roadmap_outcome (id, section_id, roadmap_id, position, name_texts)
		values ('o', 'lb', 'r', 1, '{}')`);
	await run(`insert into milestone (id, section_id, outcome_id, position, kind, name_texts, starts_on, due_on, from_children, is_example, version)
		values ('m', 'lb', 'o', 1, 'checkpoint', '{}', '2026-01-01', '2026-02-01', 0, 0, 1)`);
	await run(`insert into evidence_link (id, section_id, milestone_id, name_texts, address, added_by, added_at)
		values ('e', 'lb', 'm', '{"en":"Law"}', 'https://a.org/', 'rana', 5)`);

	await migrate(db, MIGRATIONS);

	expect(await db.selectFrom('evidence_link').selectAll().execute()).toEqual([
		{
			...{ id: 'e', section_id: 'lb', milestone_id: 'm', activity_id: null, file_id: null },
			...{ name_texts: '{"en":"Law"}', address: 'https://a.org/', added_by: 'rana', added_at: 5 }
		}
	]);
	await run(`insert into file (id, section_id, sha256, type, size_bytes, uploaded_by, uploaded_at)
		values ('f', 'lb', 'x', 'pdf', 9, 'rana', 5)`);
	await run(`update evidence_link set file_id = 'f', address = null`);
	await expect(run(`update evidence_link set address = 'https://a.org/'`)).rejects.toThrow();
	await expect(run(`update evidence_link set file_id = null`)).rejects.toThrow();
	await expect(run(`delete from file`)).rejects.toThrow();
});
