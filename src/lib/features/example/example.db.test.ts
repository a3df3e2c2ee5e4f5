import { describe, expect, it } from 'vitest';
import type { Db } from '#lib/platform/db/open.ts';
import { verifyPassword } from '#lib/platform/login/passwords.ts';
import { findAccountByEmail, findActor } from '#lib/platform/login/sessions.ts';
import { freshDatabase } from '#tests/harness/databases.ts';
import { ACCOUNTS, CAST, PASSWORD, rolesOf } from './cast.ts';
import { loadExample } from './example.server.ts';

const today = '2026-05-04';
const passwordHash = 'no password opens this';

async function idsIn(db: Db): Promise<string[]> {
	const tables = ['section', 'centre', 'account', 'person', 'cohort', 'session', 'target'] as const;
	const found = await Promise.all(
		tables.map((table) => db.selectFrom(table).select('id').execute())
	);
	return found.flat().map(({ id }) => id);
}

describe('loading the example', () => {
	it('gives the same rows the same ids, however often the day is loaded afresh', async () => {
		const first = await freshDatabase();
		const second = await freshDatabase();
		await loadExample(first.db, first.ring, { today, passwordHash });
		await loadExample(second.db, second.ring, { today, passwordHash });
		const ids = await idsIn(first.db);
		expect(ids.length).toBeGreaterThan(900);
		expect((await idsIn(second.db)).sort()).toEqual(ids.sort());
	});

	it('refuses a database that holds the example already, and changes nothing there', async () => {
		const { db, ring } = await freshDatabase();
		await loadExample(db, ring, { today, passwordHash });
		const before = await idsIn(db);
		await expect(loadExample(db, ring, { today: '2026-06-01', passwordHash })).rejects.toThrow();
		expect((await idsIn(db)).sort()).toEqual(before.sort());
	});

	it('lets every account log in with the example password, under its own name and role', async () => {
		const { db, ring } = await freshDatabase();
		await loadExample(db, ring, { today });
		const account = await findAccountByEmail(db, ring, CAST.facilitator.email);
		expect(await verifyPassword(account!.password_hash, PASSWORD)).toBe(true);
		for (const member of ACCOUNTS) {
			const found = await findAccountByEmail(db, ring, member.email);
			const actor = await findActor(db, ring, found!.id);
			expect(actor).toMatchObject({
				accountId: member.id,
				name: member.name,
				roles: rolesOf(member),
				sectionId: member.sectionId
			});
		}
	});
});
