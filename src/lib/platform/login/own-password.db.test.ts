import { beforeEach, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { addAccount, addSection, NOW, type Account } from '#tests/factories/rows.ts';
import { findLinkHolder, linkToken, makeLink } from './links.ts';
import { changePassword } from './own-password.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { proveLogin, startLogin } from './sessions.ts';

const OLD = 'seven slow lanterns';
const NEW = 'quiet harbour over boxes';
const oldHash = hashPassword(OLD);

let fresh: FreshDatabase;
let rana: Account;

beforeEach(async () => {
	fresh = await freshDatabase();
	const sectionId = await addSection(fresh, 'Amal Foundation');
	rana = await addAccount(fresh, { sectionId, name: 'Rana Haddad' });
	await fresh.db
		.updateTable('account')
		.set({ password_hash: await oldHash })
		.execute();
});

const change = (oldPassword: string, newPassword: string, now = NOW, login = 'here') =>
	changePassword(fresh.db, fresh.ring, {
		...{ accountId: rana.id, login, oldPassword, newPassword, now }
	});

async function opens(password: string): Promise<boolean> {
	const { password_hash } = await fresh.db
		.selectFrom('account')
		.select('password_hash')
		.executeTakeFirstOrThrow();
	return verifyPassword(password_hash, password);
}

it('changes with the old one, and leaves one login: the one it was changed by', async () => {
	const before = await startLogin(fresh.db, rana.id, NOW);
	const link = await makeLink(fresh.db, fresh.ring, {
		accountId: rana.id,
		sectionId: rana.sectionId,
		kind: 'reset',
		madeBy: rana.id,
		now: NOW
	});
	const outcome = await change(OLD, NEW);
	expect(await opens(NEW)).toBe(true);
	expect((await proveLogin(fresh.db, before, NOW)).state).toBe('none');
	expect((await proveLogin(fresh.db, outcome.ok ? outcome.token : '', NOW)).state).toBe('live');
	const token = linkToken(fresh.ring, link);
	expect(await findLinkHolder(fresh.db, fresh.ring, token, NOW)).toBeUndefined();
});

it('does not change with another, nor to one that is easily guessed', async () => {
	const before = await startLogin(fresh.db, rana.id, NOW);
	expect(await change('not this one at all', NEW)).toEqual({ ok: false, reason: 'wrong' });
	expect(await change(OLD, 'short')).toMatchObject({ fault: 'password_short' });
	for (const about of ['amalfoundation1', 'ranahaddad1234'])
		expect(await change(OLD, about)).toMatchObject({ fault: 'password_about_you' });
	expect(await opens(OLD)).toBe(true);
	expect((await proveLogin(fresh.db, before, NOW)).state).toBe('live');
});

it('is tried ten times in a quarter of an hour, which takes none from another login of the account', async () => {
	for (let nth = 0; nth < 10; nth += 1)
		expect(await change('wrong', NEW)).toMatchObject({ reason: 'wrong' });
	expect(await change(OLD, NEW)).toEqual({ ok: false, reason: 'too_many_tries' });
	expect((await change(OLD, NEW, NOW, 'elsewhere')).ok).toBe(true);
	expect((await change(NEW, OLD, NOW + 16 * 60_000)).ok).toBe(true);
});

it('changes once when it is sent twice at the same moment', async () => {
	const both = await Promise.all([change(OLD, NEW), change(OLD, 'another harbour of boxes')]);
	expect(both.filter(({ ok }) => ok)).toHaveLength(1);
});
