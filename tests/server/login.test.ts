import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAST, PASSWORD } from '#lib/features/example/cast.ts';
import {
	ask,
	backstage,
	cookieOf,
	post,
	type Answer,
	type Backstage
} from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

let app: RunningApp;
let stage: Backstage;
beforeAll(async () => {
	app = await startApp({ env: { TRUST_PROXY: '1' } }); // so that each test asks from its own address
	stage = backstage(app);
	await stage.db
		.updateTable('account')
		.set({ disabled_at: 1 })
		.where('id', '=', CAST.focalPoint.id)
		.execute();
});
afterAll(async () => {
	await stage.close();
	await app.stop();
});

let addressCount = 0;
function newAddress(): string {
	addressCount += 1;
	return `10.2.0.${addressCount}`;
}

function logIn(email: string, password: string, cookie?: string, from = newAddress()) {
	return post(app, '/login?/login', { email, password }, cookie, { 'x-forwarded-for': from });
}

async function isLive(cookie: string): Promise<boolean> {
	return (await ask(app, '/settings', { cookie })).status === 200;
}

/** An answer without what differs between any two: nonces, keys, ids, hashes of them, the time, addresses. */
function uniform({ status, headers, body }: Answer): unknown {
	const { date: _, 'x-request-id': _id, 'set-cookie': _cookie, etag: _etag, ...same } = headers;
	const plain = (text: string) =>
		text
			.replace(/[\w.-]+@example\.(org|net)/g, 'EMAIL')
			.replace(/nonce[=-]"?[^"']+/g, 'NONCE')
			.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');
	return {
		status,
		headers: plain(JSON.stringify({ ...same, 'content-length': 0 })),
		body: plain(body)
	};
}

describe('the right password', () => {
	it('brings a login cookie that scripts cannot read and other sites do not send', async () => {
		const answer = await logIn(CAST.manager.email, PASSWORD);
		expect(answer.status).toBe(303);
		const [line] = answer.headers['set-cookie']!;
		expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/i);
		expect(await isLive(cookieOf(answer)!)).toBe(true);
	});

	it('never reaches the database as a token', async () => {
		const token = cookieOf(await logIn(CAST.manager.email, PASSWORD))!.split('=')[1]!;
		const rows = await stage.db.selectFrom('login_session').selectAll().execute();
		expect(rows.length).toBeGreaterThan(0);
		expect(JSON.stringify(rows)).not.toContain(token);
		expect(app.output()).not.toContain(token);
	});

	it('ends the login the browser came with', async () => {
		const old = cookieOf(await logIn(CAST.manager.email, PASSWORD))!;
		const next = cookieOf(await logIn(CAST.admin.email, PASSWORD, old))!;
		expect(await isLive(old)).toBe(false);
		expect(await isLive(next)).toBe(true);
	});

	it.each(['//elsewhere.example', '/.//elsewhere.example', 'https://elsewhere.example'])(
		'leads nobody to another site by way of %s',
		async (next) => {
			const query = new URLSearchParams({ next });
			const fields = { email: CAST.network.email, password: PASSWORD };
			const { status, headers } = await post(app, `/login?/login&${query}`, fields, undefined, {
				'x-forwarded-for': newAddress()
			});
			expect(status).toBe(303);
			expect(new URL(headers.location!, app.origin).origin).toBe(app.origin);
		}
	);
});

describe('a login that fails', () => {
	it('answers alike for a wrong password, an unknown address and a disabled account', async () => {
		const tries = [
			[CAST.manager.email, 'wrong'],
			['nobody@example.net', 'wrong'],
			[CAST.focalPoint.email, PASSWORD]
		] as const;
		const answers = [];
		for (const [email, password] of tries) answers.push(uniform(await logIn(email, password)));
		expect(answers[0]).toMatchObject({ status: 422 });
		expect(answers[1]).toEqual(answers[0]);
		expect(answers[2]).toEqual(answers[0]);
	});

	it('never sends the password back, whatever was wrong', async () => {
		const password = 'planted-password-7';
		for (const email of ['', 'nobody@example.net', 'x'.repeat(300)]) {
			const { status, body } = await logIn(email, password);
			expect(status).toBe(422);
			expect(body).not.toContain(password);
		}
	});

	it.each([
		['a known', CAST.coordinator.email],
		['an unknown', 'nobody-else@example.net']
	])(
		'is looked at ten times for %s address, then answers 429, right or wrong',
		async (_, email) => {
			for (let nth = 0; nth < 10; nth += 1) expect((await logIn(email, 'wrong')).status).toBe(422);
			const refused = [await logIn(email, 'wrong'), await logIn(email, PASSWORD)];
			for (const { status, headers } of refused) {
				expect(status).toBe(429);
				expect(headers['set-cookie']).toBeUndefined();
			}
			expect(uniform(refused[0]!)).toEqual(uniform(refused[1]!));
		}
	);
});

describe('the end of a login', () => {
	it('comes on the server when logging out, and the browser is told to forget', async () => {
		const cookie = await stage.logIn(CAST.manager.id);
		expect(await isLive(cookie)).toBe(true);
		const { status, headers } = await post(app, '/logout', {}, cookie);
		expect(status).toBe(303);
		expect(headers['clear-site-data']).toContain('"cache"');
		expect(await isLive(cookie)).toBe(false);
	});

	it('comes with the next request after the account is disabled', async () => {
		const cookie = await stage.logIn(CAST.facilitator2.id);
		expect(await isLive(cookie)).toBe(true);
		const set = (disabled_at: number | null) =>
			stage.db
				.updateTable('account')
				.set({ disabled_at })
				.where('id', '=', CAST.facilitator2.id)
				.execute();
		await set(1);
		expect(await isLive(cookie)).toBe(false);
		await set(null);
	});
});
