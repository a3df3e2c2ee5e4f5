import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { CAST, COHORTS, FURTHER_FACILITATORS, PASSWORD } from '#lib/features/example/cast.ts';
import { HANDOVER_MS, sealHandover } from '#lib/platform/login/handover.ts';
import {
	ask,
	backstage,
	cookieOf,
	post,
	type Answer,
	type Backstage
} from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

const LAYLA = FURTHER_FACILITATORS[0]!;
const PAGE = `/cohorts/${COHORTS.butterflies}`;

let app: RunningApp;
let stage: Backstage;
let rana: string;
beforeAll(async () => {
	app = await startApp({ env: { TRUST_PROXY: '1' } });
	stage = backstage(app);
});
afterAll(async () => {
	await stage.close();
	await app.stop();
});
beforeEach(async () => {
	rana = await stage.logIn(CAST.facilitator.id);
	await stage.db.deleteFrom('login_attempt').execute();
});

const give = (to: string, next = PAGE, cookie = rana) =>
	post(app, `/handover?/choose&${new URLSearchParams({ next })}`, { account: to }, cookie);
const receive = (given: string, password: string, from = '/login') =>
	post(app, `${from}${from.includes('?') ? '&' : '?'}/receive`, { password }, given);

/** The cookie that names the receiver, ready to be sent back. */
function handed({ headers }: Answer): string {
	return headers['set-cookie']!.find((line) => line.startsWith('halqa-handover='))!.split(';')[0]!;
}

/** Follows what a login leads to, to the page that stands at the end. */
async function landing(answer: Answer): Promise<string> {
	const arrived = await ask(app, answer.headers.location!, { cookie: cookieOf(answer)! });
	return arrived.headers.location!;
}

it('shows colleagues of the centre by name, and no address', async () => {
	const { body } = await ask(app, '/handover?lang=en', { cookie: rana });
	expect(body).toContain(LAYLA.name);
	expect(body).toContain(CAST.coordinator.name);
	expect(body).not.toContain(CAST.facilitator2.name);
	expect(body).not.toContain('@example.org');
});

it('ends the login, clears what the browser keeps, and asks for the colleague’s password by name', async () => {
	const answer = await give(LAYLA.id);
	expect(answer.status).toBe(303);
	expect(answer.headers['clear-site-data']).toBe('"cache", "storage"');
	expect((await ask(app, '/settings', { cookie: rana })).status).toBe(303);
	const { body } = await ask(app, answer.headers.location!, { cookie: handed(answer) });
	expect(body).toContain(LAYLA.name);
	expect(body).not.toContain(LAYLA.email);
	expect(handed(answer)).not.toContain(LAYLA.id);
});

it('lets the colleague in by the right password alone, to the page it came from', async () => {
	const given = await give(LAYLA.id, '/calendar');
	const page = given.headers.location!;
	expect((await receive(handed(given), 'not this one', page)).status).toBe(422);
	const answer = await receive(handed(given), PASSWORD, page);
	expect(answer.status).toBe(303);
	expect(await landing(answer)).toBe('/calendar');
	const settings = await ask(app, '/settings', { cookie: cookieOf(answer)! });
	expect(settings.body).toContain(LAYLA.name);
});

it('leads to one’s own page where the other’s does not open', async () => {
	await stage.db
		.deleteFrom('cohort_facilitator')
		.where('account_id', '=', LAYLA.id)
		.where('cohort_id', '=', COHORTS.butterflies)
		.execute();
	for (const next of [PAGE, '/settings/closed-days', '//elsewhere.example', '/nowhere']) {
		const given = await give(LAYLA.id, next, await stage.logIn(CAST.facilitator.id));
		const answer = await receive(handed(given), PASSWORD, given.headers.location);
		expect(await landing(answer)).toBe('/');
	}
});

it('counts wrong passwords as those of any login to that account', async () => {
	const given = handed(await give(LAYLA.id));
	const statuses = [];
	for (let n = 0; n < 11; n += 1) statuses.push((await receive(given, `wrong ${n}`)).status);
	expect(statuses).toEqual([...Array.from({ length: 10 }, () => 422), 429]);
	const fields = { email: LAYLA.email, password: PASSWORD };
	expect((await post(app, '/login?/login', fields)).status).toBe(429);
});

it('waits ten minutes, for nobody that was not chosen', async () => {
	const named = (at: number, id: string = LAYLA.id) =>
		`halqa-handover=${sealHandover(stage.ring, id, at)}`;
	const late = named(stage.now - HANDOVER_MS);
	expect((await ask(app, '/login', { cookie: late })).body).not.toContain(LAYLA.name);
	expect((await receive(late, PASSWORD)).status).toBe(409);
	const altered = named(stage.now).slice(0, -2);
	expect((await receive(altered, PASSWORD)).status).toBe(409);
	for (const stranger of [CAST.facilitator2, CAST.manager, CAST.managerTogo, CAST.facilitator])
		expect((await give(stranger.id)).status).toBe(404);
	expect((await ask(app, '/settings', { cookie: rana })).status).toBe(200);
});

it('keeps what was half typed for the one who typed it, and gives it back with the phone', async () => {
	const typed = { name: 'Half a name', birthYear: '2016' };
	const kept = await post(app, `/handover?/keep&next=${PAGE}`, typed, rana);
	expect(kept.headers.location).toContain('typed=kept');
	const away = await give(LAYLA.id, PAGE);
	const layla = await receive(handed(away), PASSWORD, away.headers.location);
	expect(await landing(layla)).toBe('/');
	const back = await give(CAST.facilitator.id, '/today', cookieOf(layla)!);
	const again = await receive(handed(back), PASSWORD, back.headers.location);
	const page = await landing(again);
	expect(page).toMatch(new RegExp(`^${PAGE}\\?kept=`));
	expect((await ask(app, page, { cookie: cookieOf(again)! })).body).toContain('Half a name');
	expect((await ask(app, page, { cookie: cookieOf(layla)! })).body).not.toContain('Half a name');
});
