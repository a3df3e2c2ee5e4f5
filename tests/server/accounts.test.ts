import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAST, PASSWORD, type CastMember } from '#lib/features/example/cast.ts';
import { offerCode, STEP_MS, turnCodeOn } from '#lib/platform/login/codes.ts';
import { linkToken, makeLink } from '#lib/platform/login/links.ts';
import { pendingCookie } from '#lib/platform/login/second-step.ts';
import {
	ask,
	backstage,
	cookieOf,
	post,
	type Answer,
	type Backstage
} from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

const NEW = 'seven slow lanterns';
const PENDING = pendingCookie('http://localhost');

let app: RunningApp;
let stage: Backstage;
/** When the app's clock stood at `stage.now`. */
let started: number;
beforeAll(async () => {
	app = await startApp();
	started = performance.now();
	stage = backstage(app);
});
afterAll(async () => {
	await stage.close();
	await app.stop();
});

async function isLive(cookie: string | undefined): Promise<boolean> {
	return (await ask(app, '/settings', cookie ? { cookie } : {})).status === 200;
}

function pendingOf({ headers }: Answer): string | undefined {
	return headers['set-cookie']?.find((line) => line.startsWith(`${PENDING}=`))?.split(';')[0];
}

/** Turns codes on, long ago; answers what the phone shows now. */
async function phoneOf({ id, email, sectionId }: CastMember): Promise<() => string> {
	const now = stage.now - 100 * STEP_MS;
	const { address, sealed } = offerCode(stage.ring, { accountId: id, email, now });
	const totp = new TOTP({
		secret: Secret.fromBase32(new URL(address).searchParams.get('secret')!)
	});
	const typed = totp.generate({ timestamp: now });
	await turnCodeOn(stage.db, stage.ring, { accountId: id, sectionId, sealed, typed, now });
	return () => totp.generate({ timestamp: stage.now + performance.now() - started });
}

const linkFor = async ({ id, sectionId }: CastMember, kind: 'invite' | 'reset') =>
	`/join/${linkToken(
		stage.ring,
		await makeLink(stage.db, stage.ring, {
			accountId: id,
			sectionId: sectionId!,
			kind,
			madeBy: id,
			now: stage.now
		})
	)}`;

describe('a login that asks for a code', () => {
	it('lets in with password and code alone, to where one was going, and not twice with one code', async () => {
		const { email } = CAST.manager;
		const phone = await phoneOf(CAST.manager);
		const query = new URLSearchParams({ next: '/voices?x=1', kept: 'k' });
		const first = () => post(app, `/login?/login&${query}`, { email, password: PASSWORD });
		const right = await first();
		expect(right.headers.location).toBe(`/login/code?${query}`);
		expect(cookieOf(right)).toBeUndefined();
		const pending = pendingOf(right)!;
		expect(right.headers['set-cookie']![0]).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/i);
		expect(await isLive(pending)).toBe(false);
		expect((await ask(app, '/login/code', { cookie: pending })).status).toBe(200);
		const page = `/login/code?${query}`;
		const wrong = await post(app, page, { code: '12 34' }, pending);
		expect(wrong.status).toBe(422);
		expect(cookieOf(wrong)).toBeUndefined();
		const code = phone();
		const inside = await post(app, page, { code }, pending);
		expect(inside.headers.location).toBe('/voices?x=1&kept=k');
		expect(await isLive(cookieOf(inside))).toBe(true);
		expect((await post(app, page, { code }, pendingOf(await first()))).status).toBe(422);
	});

	it('sends who has not typed the password back to it', async () => {
		for (const answer of [
			await ask(app, '/login/code?next=%2Ftoday'),
			await post(app, '/login/code?next=%2Ftoday', { code: '123456' }),
			await post(app, '/login/code?next=%2Ftoday', { code: '123456' }, `${PENDING}=1.k1.x`)
		])
			expect([answer.status, answer.headers.location]).toEqual([303, '/login?next=%2Ftoday']);
	});

	it('answers 429 after five wrong codes, right or wrong', async () => {
		const { email } = CAST.coordinator;
		const phone = await phoneOf(CAST.coordinator);
		const pending = pendingOf(await post(app, '/login?/login', { email, password: PASSWORD }))!;
		for (let nth = 0; nth < 5; nth += 1)
			expect((await post(app, '/login/code', { code: 'x' }, pending)).status).toBe(422);
		expect((await post(app, '/login/code', { code: phone() }, pending)).status).toBe(429);
	});

	it('is not asked of the button of an example account', async () => {
		await phoneOf(CAST.focalPoint);
		await stage.db
			.updateTable('account')
			.set({ password_hash: '' })
			.where('id', '=', CAST.focalPoint.id)
			.execute();
		const answer = await post(app, '/login?/example', { email: CAST.focalPoint.email });
		expect(await isLive(cookieOf(answer))).toBe(true);
	});
});

describe('a role that takes a second step', () => {
	const { id, email, sectionId } = CAST.managerTogo;
	const makeOwn = (is_example: number) =>
		stage.db.updateTable('section').set({ is_example }).where('id', '=', sectionId!).execute();

	it('reaches nothing but the page that sets it up, until it is on, and cannot turn it off', async () => {
		await makeOwn(0);
		const inside = await post(app, '/login?/login&next=/voices', { email, password: PASSWORD });
		const cookie = cookieOf(inside)!;
		const phonePage = '/login/phone?next=%2Fvoices';
		const reads = ['/voices', '/', '/settings', '/safeguarding', '/targets'];
		for (const path of reads) {
			const { status, headers, body } = await ask(app, path, { cookie });
			expect([status, headers.location]).toEqual([
				303,
				`/login/phone?next=${encodeURIComponent(path)}`
			]);
			expect(body).toBe('');
		}
		const data = await ask(app, '/voices/__data.json', { cookie });
		expect(JSON.parse(data.body)).toEqual({ type: 'redirect', location: phonePage });
		const saved = await post(app, '/settings?/save', { locale: 'en', theme: 'dark' }, cookie);
		expect(saved.headers.location).toMatch(/^\/login\/phone\?next=.*&kept=/);
		const { theme } = await stage.db
			.selectFrom('account')
			.select('theme')
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
		expect(theme).toBe('auto');

		const page = await ask(app, phonePage, { cookie });
		expect(page.status).toBe(200);
		const offer = /name="offer" value="([^"]+)"/.exec(page.body)![1]!;
		const key = /<code dir="ltr"[^>]*>([^<]+)</.exec(page.body)![1]!.replaceAll(' ', '');
		const totp = new TOTP({ secret: Secret.fromBase32(key) });
		const code = totp.generate({ timestamp: stage.now + performance.now() - started });
		const turnOn = '/login/phone?/codeOn&next=%2Fvoices';
		expect((await post(app, turnOn, { offer, code: '12 34' }, cookie)).status).toBe(422);
		const on = await post(app, turnOn, { offer, code }, cookie);
		expect(on.body.match(/<li><code/g)).toHaveLength(10);
		expect(on.body).toContain('href="/voices"');
		expect((await ask(app, '/voices', { cookie })).status).toBe(200);
		const off = await post(app, '/settings?/codeOff', { code }, cookie);
		expect(off.status).toBe(409);
		expect((await ask(app, '/settings', { cookie })).body).not.toContain('?/codeOff#');
	});

	it('is asked of nobody in the example', async () => {
		await makeOwn(1);
		const cookie = await stage.logIn(CAST.admin.id);
		expect((await ask(app, '/settings/accounts', { cookie })).status).toBe(200);
		await stage.db.deleteFrom('recovery_code').where('account_id', '=', id).execute();
		await stage.db.deleteFrom('account_code').where('account_id', '=', id).execute();
	});
});

describe('a known browser', () => {
	const { email, sectionId } = CAST.facilitator2;
	const jar = (answer: Answer) =>
		answer.headers['set-cookie']!.map((line) => line.split(';')[0]).find((line) =>
			line!.startsWith('halqa-browser=')
		);
	const logIn = (password: string, cookie?: string) =>
		post(app, '/login?/login', { email, password }, cookie);

	it('lets in by the right password while strangers at the same address shut out everybody else', async () => {
		const section = stage.db.updateTable('section').where('id', '=', sectionId!);
		await section.set({ is_example: 0 }).execute();
		const inside = await logIn(PASSWORD);
		const known = jar(inside)!;
		expect(inside.headers['set-cookie']!.join()).toMatch(
			/halqa-browser=[^;]+; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax/i
		);
		expect((await ask(app, '/settings', { cookie: known })).status).toBe(303);
		for (let nth = 0; nth < 10; nth += 1) expect((await logIn('wrong')).status).toBe(422);
		expect((await logIn(PASSWORD)).status).toBe(429);
		const again = await logIn(PASSWORD, known);
		expect(await isLive(cookieOf(again))).toBe(true);
		await section.set({ is_example: 1 }).execute();
	});
});

describe('a link', () => {
	it('shows whom it is for and changes nothing until a password is chosen; then it is over', async () => {
		const path = await linkFor(CAST.advisoryGroup, 'invite');
		const before = await stage.logIn(CAST.advisoryGroup.id);
		for (let nth = 0; nth < 2; nth += 1)
			expect((await ask(app, path)).body).toContain(CAST.advisoryGroup.name);
		const weak = await post(app, path, { password: 'joseph1234567', locale: 'en' });
		expect(weak.status).toBe(422);
		expect(weak.body).not.toContain('joseph1234567');
		expect(await isLive(before)).toBe(true);
		const inside = await post(app, path, { password: NEW, locale: 'en' });
		expect(inside.status).toBe(303);
		expect(await isLive(cookieOf(inside))).toBe(true);
		expect(await isLive(before)).toBe(false);
		const plain = ({ body }: Answer) =>
			body.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|nonce="[^"]*"/g, '');
		const over = await ask(app, path);
		const unknown = await ask(app, '/join/unknown');
		expect([over.status, unknown.status]).toEqual([404, 404]);
		expect(plain(over)).toBe(plain(unknown));
		expect((await post(app, path, { password: NEW, locale: 'en' })).status).toBe(404);
	});

	it('for a new password leaves the code, and asks for it', async () => {
		const phone = await phoneOf(CAST.managerTogo);
		const path = await linkFor(CAST.managerTogo, 'reset');
		const answer = await post(app, path, { password: NEW, locale: 'fr' });
		expect(answer.headers.location).toMatch(/^\/login\/code/);
		expect(cookieOf(answer)).toBeUndefined();
		const inside = await post(app, '/login/code', { code: phone() }, pendingOf(answer));
		expect(await isLive(cookieOf(inside))).toBe(true);
	});

	it('is shown by the answer to the form and by no page after it', async () => {
		const cookie = await stage.logIn(CAST.admin.id);
		const page = `/settings/accounts/${CAST.facilitator2.id}`;
		const { body } = await post(app, `${page}?/link`, {}, cookie);
		const [path] = /\/join\/[\w-]{43}/.exec(body)!;
		expect((await ask(app, path)).status).toBe(200);
		for (const later of [page, '/settings/accounts'])
			expect((await ask(app, later, { cookie })).body).not.toContain('/join/');
		expect(app.output()).not.toContain(path);
	});
});

describe('another password', () => {
	it('keeps this browser logged in and ends every other login', async () => {
		const [here, elsewhere] = [
			await stage.logIn(CAST.facilitator.id),
			await stage.logIn(CAST.facilitator.id)
		];
		const change = (oldPassword: string, newPassword: string) =>
			post(app, '/settings?/password', { oldPassword, newPassword }, here);
		const wrong = await change('planted wrong words', NEW);
		expect(wrong.status).toBe(422);
		expect(wrong.body).not.toContain('planted wrong words');
		const changed = await change(PASSWORD, NEW);
		expect(changed.status).toBe(303);
		expect(await isLive(cookieOf(changed))).toBe(true);
		expect([await isLive(here), await isLive(elsewhere)]).toEqual([false, false]);
	});

	it('typed while the login had ended is kept by nobody', async () => {
		const cookie = await stage.logIn(CAST.network.id, 45 * 60_000);
		const fields = { oldPassword: PASSWORD, newPassword: NEW, note: 'x' };
		const answer = await post(app, '/settings?/password', fields, cookie);
		const kept = new URL(answer.headers.location!, app.origin).searchParams.get('kept')!;
		const live = await stage.logIn(CAST.network.id);
		const { body } = await ask(app, `/settings?kept=${kept}`, { cookie: live });
		expect(body).not.toContain(NEW);
		expect(body).not.toContain(PASSWORD);
	});
});
