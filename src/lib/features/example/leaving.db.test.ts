import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { seal } from '#lib/platform/crypto/sealed.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { startLogin } from '#lib/platform/login/sessions.ts';
import { aCycle, aSetting } from '#tests/factories/place.ts';
import { addAccount, addPerson, addSession, contextOf, NOW } from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { ACCOUNTS, CAST, SECTIONS } from './cast.ts';
import { loadExample } from './example.server.ts';
import { leaveExample } from './leaving.server.ts';

/** Every row of every table as text, by table. */
async function rowsOf({ db }: FreshDatabase): Promise<Map<string, string[]>> {
	const tables = (await db.introspection.getTables()).filter(({ isView }) => !isView);
	const rows = new Map<string, string[]>();
	for (const { name } of tables.sort((a, b) => (a.name < b.name ? -1 : 1))) {
		const found = await sql<object>`select * from ${sql.table(name)}`.execute(db);
		rows.set(name, found.rows.map((row) => JSON.stringify(row)).sort());
	}
	return rows;
}

it('takes every row of the example along, and none of one’s own', async () => {
	const fresh = await freshDatabase();
	const setting = await aSetting(fresh);
	await addSession(fresh, await aCycle(fresh, setting), { date: '2026-05-05' });
	await addPerson(fresh, setting, 'Lina');
	const admin = await addAccount(fresh, { sectionId: setting.sectionId, role: 'admin' });
	await startLogin(fresh.db, admin.id, NOW);
	const own = await rowsOf(fresh);

	await loadExample(fresh.db, fresh.ring, { today: '2026-05-04', passwordHash: 'x' });
	const session = await fresh.db
		.selectFrom('session')
		.select('id')
		.where('section_id', '=', SECTIONS.lebanon)
		.executeTakeFirstOrThrow();
	for (const { id } of [CAST.facilitator, CAST.network]) {
		await startLogin(fresh.db, id, NOW);
		const row = newId();
		const fields_sealed = seal(
			fresh.ring,
			{ table: 'kept_form', column: 'fields_sealed', row },
			'typed'
		);
		await fresh.db
			.insertInto('kept_form')
			.values({ id: row, account_id: id, path: '/', fields_sealed, kept_at: NOW })
			.execute();
	}
	await fresh.db
		.insertInto('concern')
		.values({
			id: newId(),
			section_id: SECTIONS.lebanon,
			session_id: session.id,
			nickname_sealed: null,
			noticed_at: NOW,
			raised_at: NOW,
			taken_by: null,
			taken_at: null,
			closed_at: null
		})
		.execute();
	await fresh.db
		.insertInto('audit')
		.values({
			at: NOW,
			section_id: SECTIONS.lebanon,
			actor_kind: 'staff',
			actor_id: CAST.network.id,
			action: 'look',
			object_type: 'section',
			object_id: SECTIONS.lebanon,
			field_names: ''
		})
		.execute();

	expect((await leaveExample(contextOf(fresh, admin), newId())).ok).toBe(true);
	const left = await rowsOf(fresh);
	const ids = [...Object.values(SECTIONS), ...ACCOUNTS.map(({ id }) => id)];
	for (const [table, rows] of left) {
		expect([table, rows.filter((row) => ids.some((id) => row.includes(id)))]).toEqual([table, []]);
		if (table !== 'audit' && table !== 'once')
			expect([table, rows]).toEqual([table, own.get(table)]);
	}
	expect(left.get('audit')).toHaveLength(1);
});

it('is refused inside the example', async () => {
	const fresh = await freshDatabase();
	await loadExample(fresh.db, fresh.ring, { today: '2026-05-04', passwordHash: 'x' });
	const ctx = contextOf(fresh, CAST.admin as never);
	expect(await leaveExample(ctx, newId())).toMatchObject({ refusal: { reason: 'example_itself' } });
});
