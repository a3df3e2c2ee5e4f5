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
