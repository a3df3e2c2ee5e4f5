import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CAST, COHORTS, PASSWORD } from '#lib/features/example/cast.ts';
import { IDLE_MS } from '#lib/platform/login/sessions.ts';
import {
	ask,
	backstage,
	cookieOf,
	post,
	type Answer,
	type Backstage
} from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

/** What was typed when the login ended meanwhile is given back, to the one who typed it. */
let app: RunningApp;
let stage: Backstage;
beforeAll(async () => {
	app = await startApp();
	stage = backstage(app);
});
afterAll(async () => {
	await stage.close();
	await app.stop();
});

const PAGE = `/cohorts/${COHORTS.butterflies}`;
const TYPED = 'Planted Zaynab';
const HEADING = 'class="notice';

async function sendTooLate(): Promise<Answer> {
	const cookie = await stage.logIn(CAST.facilitator.id, IDLE_MS);
	const fields = { name: TYPED, birthYear: '٢٠١٦', sex: 'f', once: crypto.randomUUID() };
	return post(app, `${PAGE}?/enrol`, fields, cookie);
}

async function logInAgain(
	location: string,
	email: string
): Promise<{ cookie: string; page: string }> {
	const answer = await post(app, location.replace('?', '?/login&'), { email, password: PASSWORD });
	expect(answer.status).toBe(303);
	return { cookie: cookieOf(answer)!, page: answer.headers.location! };
}

function keptRows() {
	return stage.db.selectFrom('kept_form').selectAll().execute();
}

it('comes back to the same account, with the notice, and goes once it is sent', async () => {
	const { status, headers } = await sendTooLate();
	expect(status).toBe(303);
	expect(headers.location).toMatch(/^\/login\?next=.*&kept=/);
	const [kept] = await keptRows();
	expect(JSON.stringify(kept)).not.toContain(TYPED);

	const { cookie, page } = await logInAgain(headers.location!, CAST.facilitator.email);
	expect(page).toBe(`${PAGE}?kept=${kept!.id}`);
	const { body } = await ask(app, page, { cookie });
	expect(body).toContain(TYPED);
	expect(body).toContain('٢٠١٦');
	expect(body).toContain(`name="kept" value="${kept!.id}"`);
	const plain = await ask(app, PAGE, { cookie });
	expect(plain.body).not.toContain(TYPED);
	expect(body.split(HEADING).length).toBeGreaterThan(plain.body.split(HEADING).length);

	const fields = { name: TYPED, birthYear: '٢٠١٦', sex: 'f', kept: kept!.id };
	expect((await post(app, `${PAGE}?/enrol`, fields, cookie)).status).toBe(303);
	expect(await keptRows()).toEqual([]);
	expect((await ask(app, PAGE, { cookie })).body).toContain(TYPED);
});

describe('what is sent again', () => {
	const typed = { name: `${TYPED} once more`, birthYear: '2016', sex: 'f', anyway: 'yes' };
	let cookie: string;
	let kept: string;
	beforeEach(async () => {
		const late = await stage.logIn(CAST.facilitator.id, IDLE_MS);
		const { headers } = await post(app, `${PAGE}?/enrol`, typed, late);
		kept = new URL(headers.location!, app.origin).searchParams.get('kept')!;
		cookie = await stage.logIn(CAST.facilitator.id);
	});
	afterEach(() => stage.db.deleteFrom('kept_form').execute());

	const SCRIPT = { accept: 'application/json', 'x-sveltekit-action': 'true' };

	it.each([
		['a page', {}, 303],
		['a script', SCRIPT, 200]
	])('by %s stays kept while it is refused, and goes once it is done', async (_, by, status) => {
		const send = (birthYear: string) =>
			post(app, `${PAGE}?/enrol`, { ...typed, birthYear, kept }, cookie, by);
		for (const refused of ['', '2099']) {
			const { body } = await send(refused); // misses a field; asks for what the rules forbid
			expect(body).toContain(kept); // so that sending it corrected forgets it
			expect(await keptRows()).toHaveLength(1);
		}
		expect((await send('2016')).status).toBe(status);
		expect(await keptRows()).toEqual([]);
	});

	it('stays kept when the page is gone', async () => {
		const path = '/sessions/0193e3a1-0000-7000-8000-000000000000?/record';
		const { status } = await post(app, path, { version: '1', headcount: '1', kept }, cookie);
		expect(status).toBe(404);
		expect(await keptRows()).toHaveLength(1);
	});

	it('stays kept when the command fails', async () => {
		await sql`alter table audit rename to audit_away`.execute(stage.db);
		const { status } = await post(app, `${PAGE}?/enrol`, { ...typed, kept }, cookie);
		await sql`alter table audit_away rename to audit`.execute(stage.db);
		expect(status).toBe(500);
		expect(await keptRows()).toHaveLength(1);
	});
});

it('shows nothing to another account, nor on another page, nor to nobody', async () => {
	const typed = `${TYPED} again`;
	const late = await stage.logIn(CAST.facilitator.id, IDLE_MS);
	const fields = { name: typed, birthYear: '2016', sex: 'f' };
	const { headers } = await post(app, `${PAGE}?/enrol`, fields, late);
	const [kept] = await keptRows();
	const { cookie, page } = await logInAgain(headers.location!, CAST.coordinator.email);
	expect((await ask(app, page, { cookie })).status).toBe(200);
	for (const path of [page, `/settings?kept=${kept!.id}`, `/cohorts/plan?kept=${kept!.id}`])
		expect((await ask(app, path, { cookie })).body).not.toContain(typed);
	const own = await stage.logIn(CAST.facilitator.id);
	const elsewhere = `/cohorts/${COHORTS.cedars}?kept=${kept!.id}`;
	expect((await ask(app, elsewhere, { cookie: own })).body).not.toContain(typed);
	expect((await ask(app, headers.location!)).body).not.toContain(typed);
	await post(app, `${PAGE}?/enrol`, { name: '', kept: kept!.id }, cookie);
	await post(app, `/settings?/save`, { locale: 'en', theme: 'auto', kept: kept!.id }, cookie);
	expect(await keptRows()).toHaveLength(1);
	expect((await ask(app, page, { cookie: own })).body).toContain(typed);
});

it('keeps nothing for a visitor nobody knows', async () => {
	const before = await keptRows();
	const { status } = await post(app, `${PAGE}?/enrol`, {
		name: TYPED,
		birthYear: '2016',
		sex: 'f'
	});
	expect(status).toBe(303);
	expect(await keptRows()).toEqual(before);
});
