import { beforeEach, describe, expect, it } from 'vitest';
import { seal } from '../crypto/sealed.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { logIn } from './login.ts';
import { hashPassword } from './passwords.ts';
import {
	cookieName,
	ABSOLUTE_MS,
	emailIndex,
	endLogin,
	findActor,
	forgetOldLogins,
	IDLE_MS,
	proveLogin,
	startLogin
} from './sessions.ts';

const NOW = Date.UTC(2026, 4, 4, 8);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const passwordHash = hashPassword('one circle');

let home: FreshDatabase;
beforeEach(async () => {
	home = await freshDatabase();
	await addAccount('amal');
	await addAccount('disabled', { disabled_at: NOW });
});

async function addAccount(name: string, more: { disabled_at?: number } = {}) {
	const email = `${name}@example.org`;
	const sealed = (column: string, text: string) =>
		seal(home.ring, { table: 'account', column, row: name }, text);
	await home.db
		.insertInto('account')
		.values({
			id: name,
			section_id: null,
			email_index: emailIndex(home.ring, email),
			email_sealed: sealed('email_sealed', email),
			name_sealed: sealed('name_sealed', name),
			password_hash: await passwordHash,
			locale: 'en',
			theme: 'auto',
			disabled_at: null,
			created_at: NOW,
			...more
		})
		.execute();
}

function attempt(email: string, password: string, more: { now?: number; address?: string } = {}) {
	return logIn(home.db, home.ring, { email, password, address: '10.0.0.1', now: NOW, ...more });
}

describe('a login', () => {
	it('is known by a token of 256 bits, of which the database holds only a fingerprint', async () => {
		const tokens = [await startLogin(home.db, 'amal', NOW), await startLogin(home.db, 'amal', NOW)];
		expect(new Set(tokens).size).toBe(2);
		const stored = JSON.stringify(await home.db.selectFrom('login_session').selectAll().execute());
		for (const token of tokens) {
			expect(Buffer.from(token, 'base64url')).toHaveLength(32);
			expect(stored).not.toContain(token);
			expect(await proveLogin(home.db, token, NOW)).toMatchObject({
				state: 'live',
				accountId: 'amal'
			});
		}
	});

	it('is not proved by its fingerprint, by nothing, or by noise', async () => {
		const token = await startLogin(home.db, 'amal', NOW);
		const { id_hash } = await home.db
			.selectFrom('login_session')
			.select('id_hash')
			.executeTakeFirstOrThrow();
		for (const wrong of [
			id_hash,
			undefined,
			'',
			`${token}x`,
			token.toLowerCase(),
			'x'.repeat(5000)
		])
			expect(await proveLogin(home.db, wrong, NOW)).toEqual({ state: 'none' });
	});

	it('ends after half an hour without a request', async () => {
		const token = await startLogin(home.db, 'amal', NOW);
		expect((await proveLogin(home.db, token, NOW + IDLE_MS - 1)).state).toBe('live');
		expect((await proveLogin(home.db, token, NOW + 2 * IDLE_MS - 2)).state).toBe('live');
		expect((await proveLogin(home.db, token, NOW + 3 * IDLE_MS - 2)).state).toBe('ended');
		expect((await proveLogin(home.db, token, NOW + 3 * IDLE_MS + MINUTE)).state).toBe('ended');
	});

	it('ends after twelve hours, however busy', async () => {
		const token = await startLogin(home.db, 'amal', NOW);
		for (let now = NOW; now < NOW + ABSOLUTE_MS; now += 20 * MINUTE)
			expect((await proveLogin(home.db, token, now)).state).toBe('live');
		expect((await proveLogin(home.db, token, NOW + ABSOLUTE_MS)).state).toBe('ended');
	});

	it('is a new one each time: the one the browser came with is dead', async () => {
		const old = await startLogin(home.db, 'amal', NOW);
		const next = await startLogin(home.db, 'amal', NOW, old);
		expect(await proveLogin(home.db, old, NOW)).toEqual({ state: 'none' });
		expect((await proveLogin(home.db, next, NOW)).state).toBe('live');
	});

	it('ends on the server, alone', async () => {
		const [one, two] = [
			await startLogin(home.db, 'amal', NOW),
			await startLogin(home.db, 'amal', NOW)
		];
		await endLogin(home.db, one, NOW);
		expect((await proveLogin(home.db, one, NOW)).state).toBe('none');
		expect((await proveLogin(home.db, two, NOW)).state).toBe('live');
	});

	it('makes nobody of a disabled account, even while it lives', async () => {
		await startLogin(home.db, 'disabled', NOW);
		expect(await findActor(home.db, home.ring, 'disabled')).toBeUndefined();
		expect(await findActor(home.db, home.ring, 'amal')).toMatchObject({ name: 'amal' });
	});

	it('is forgotten a day after it was last used', async () => {
		const token = await startLogin(home.db, 'amal', NOW);
		await forgetOldLogins(home.db, NOW + DAY);
		expect((await proveLogin(home.db, token, NOW + IDLE_MS)).state).toBe('ended');
		await forgetOldLogins(home.db, NOW + DAY + 1);
		expect((await proveLogin(home.db, token, NOW + IDLE_MS)).state).toBe('none');
	});
});

describe('logging in', () => {
	it('asks for address and password, however the address is written', async () => {
		for (const email of ['amal@example.org', ' Amal@Example.ORG '])
			expect((await attempt(email, 'one circle')).ok).toBe(true);
	});

	it('answers a wrong password, an unknown address and a disabled account alike', async () => {
		const wrong = { ok: false, reason: 'wrong' };
		expect(await attempt('amal@example.org', 'two circles')).toEqual(wrong);
		expect(await attempt('nobody@example.org', 'one circle')).toEqual(wrong);
		expect(await attempt('disabled@example.org', 'one circle')).toEqual(wrong);
	});

	it.each(['amal@example.org', 'nobody@example.org'])(
		'looks at ten passwords in a quarter of an hour for %s, from wherever they come',
		async (email) => {
			const reasons = [];
			for (let nth = 0; nth < 12; nth += 1)
				reasons.push(await attempt(email, 'two circles', { address: `10.0.0.${nth}` }));
			expect(reasons.map((one) => !one.ok && one.reason)).toEqual([
				...Array<string>(10).fill('wrong'),
				'too_many_tries',
				'too_many_tries'
			]);
			const right = await attempt(email, 'one circle', { address: '10.0.0.99' });
			expect(right).toEqual({ ok: false, reason: 'too_many_tries' });
			const later = await attempt(email, 'one circle', { now: NOW + 16 * MINUTE });
			expect(later.ok).toBe(email.startsWith('amal'));
		}
	);

	it('counts without naming: no address of mail or network in the database', async () => {
		await attempt('amal@example.org', 'two circles');
		const rows = await home.db.selectFrom('login_attempt').selectAll().execute();
		expect(rows).toHaveLength(3);
		expect(JSON.stringify(rows)).not.toMatch(/amal|10\.0\.0/);
	});
});

it('names the cookie so that no neighbouring host can set it over https', () => {
	expect(cookieName('https://halqa.example.org')).toBe('__Host-halqa-login');
	expect(cookieName('http://localhost:3000')).toBe('halqa-login');
});
