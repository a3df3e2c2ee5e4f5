import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { migrate } from '#lib/platform/db/migrate.ts';
import { heldRoles } from '#lib/platform/login/sessions.ts';
import { databaseBefore, MIGRATIONS } from '#tests/harness/before.ts';

const OWN = '0015_actors';

it('carries roles, centres, links, audit and keys over', async () => {
	const db = await databaseBefore(OWN);
	const run = (statement: string) => sql.raw(statement).execute(db);
	await run(`insert into section (id, name_texts, country, zone, locale, week_starts_on, is_example)
		values ('lb', '{}', 'LB', 'Asia/Beirut', 'ar', 1, 0)`);
	for (const id of ['tripoli', 'tyre'])
		await run(`insert into centre (id, section_id, name_texts, adm1_pcode, zone, closed_weekdays, opens_at, closes_at)
			values ('${id}', 'lb', '{}', '', 'Asia/Beirut', '', '08:00', '18:00')`);
	const accounts = [
		['rana', 'lb', 'facilitator'],
		['salma', 'lb', 'coordinator'],
		['nowhere', 'lb', 'facilitator'],
		['nadim', 'lb', 'manager'],
		['claire', null, 'network']
	] as const;
	for (const [id, section, role] of accounts)
		await run(`insert into account (id, section_id, role, email_index, email_sealed, name_sealed, password_hash, locale, theme, created_at)
			values ('${id}', ${section && `'${section}'`}, '${role}', '${id}', '', '', '', 'en', 'auto', 1)`);
	await run(`insert into account_centre (account_id, centre_id, section_id) values
		('rana', 'tripoli', 'lb'), ('salma', 'tyre', 'lb'), ('salma', 'tripoli', 'lb')`);
	await run(`insert into account_link (account_id, section_id, token_hash, kind, made_by, made_at, expires_at)
		values ('rana', 'lb', 'h', 'invite', 'salma', 1, 2)`);
	await run(`insert into audit (at, section_id, actor_id, action, object_type, object_id, field_names)
		values (7, 'lb', 'rana', 'record', 'session', 's1', '')`);
	await run(`insert into once (actor_id, key, command, input_mac, outcome, at)
		values ('rana', 'k', 'record', 'm', 'null', 7)`);

	await migrate(db, MIGRATIONS);

	const carried = await db.selectFrom('account').select(['id', 'is_example']).execute();
	const published = carried.filter(({ is_example }) => is_example === 1);
	expect(published.map(({ id }) => id)).toEqual(['claire']);
	expect(await db.selectFrom('account_link').selectAll().execute()).toMatchObject([
		{ account_id: 'rana', section_id: 'lb', token_hash: 'h', made_by: 'salma' }
	]);
	const roles = await heldRoles(db, ['rana', 'salma', 'nowhere', 'nadim', 'claire']);
	expect(Object.fromEntries(roles)).toEqual({
		rana: [{ role: 'facilitator', centreIds: ['tripoli'], bodyId: null }],
		salma: [{ role: 'coordinator', centreIds: ['tripoli', 'tyre'], bodyId: null }],
		nadim: [{ role: 'manager', centreIds: null, bodyId: null }],
		claire: [{ role: 'network', centreIds: null, bodyId: null }]
	});
	const who = { actor_kind: 'staff', actor_id: 'rana' };
	expect(await db.selectFrom('audit').selectAll().execute()).toMatchObject([
		{ ...who, at: 7, object_id: 's1' }
	]);
	expect(await db.selectFrom('once').selectAll().execute()).toMatchObject([{ ...who, key: 'k' }]);
	await expect(
		run(`insert into account_role (account_id, role, section_id) values ('nadim', 'manager', 'lb')`)
	).rejects.toThrow();
});
