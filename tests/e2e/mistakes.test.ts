import type { Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { markWord } from '#lib/features/attendance/words.ts';
import { CAST, COHORTS, facilitatorsAt, PASSWORD } from '#lib/features/example/cast.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { IDLE_MS } from '#lib/platform/login/sessions.ts';
import { enterAs, expect, expectDone, NOW, PHONE, test, TODAY } from './halqa.ts';
import { addressOf, collidingWish, confirmButton, openWord, steps } from './planner.ts';
import {
	headcount,
	mark,
	readRegister,
	saveAgainButton,
	saveButton,
	tap,
	type Line
} from './register.ts';

test.use({ viewport: PHONE });
test.beforeEach(({ page, app, db }) => enterAs(page, { app, db }, CAST.facilitator));

/** At noon nobody at the centre has a session: nothing collides. */
const FREE_WISH = { ...collidingWish(TODAY), time: '12:00', from: '2026-11-25' };
const PAIR = facilitatorsAt(1)
	.slice(0, 2)
	.map(({ id }) => id);
const FREE_ADDRESS = addressOf(FREE_WISH, PAIR);

test.beforeEach(async ({ page, db }) => {
	// Rana reads Arabic; these journeys are read in English
	await db
		.updateTable('account')
		.set({ locale: 'en' })
		.where('id', '=', CAST.facilitator.id)
		.execute();
	await page.goto('/today');
});

test('a double click on Confirm plans the cycle once', async ({ page, db }) => {
	await page.goto(FREE_ADDRESS);
	await confirmButton(page, 12).dblclick();
	await expectDone(page, m.done_planned());
	expect(await cyclesOf(db, COHORTS.butterflies)).toBe(1);
});

test('the same confirmation sent twice, as without JavaScript, plans the cycle once', async ({
	page,
	app,
	db
}) => {
	await page.goto(FREE_ADDRESS);
	const form = await fieldsOf(page, m.plan_title());
	const send = () => postForm(page, app.origin, FREE_ADDRESS, '/confirm', form);
	const [one, other] = await Promise.all([send(), send()]);
	const again = await send();
	for (const answer of [one, other, again]) {
		expect(answer.status()).toBe(303);
		expect(answer.headers()['location']).toContain('done=planned');
	}
	expect(await cyclesOf(db, COHORTS.butterflies)).toBe(1);
});

test('a plan that was free when it was laid out and is taken when it is confirmed is refused, and shown again', async ({
	page,
	context,
	db
}) => {
	await page.goto(FREE_ADDRESS);
	await expect(confirmButton(page, 12)).toBeEnabled();
	const second = await context.newPage();
	await second.goto(FREE_ADDRESS);
	await confirmButton(second, 12).click();
	await expectDone(second, m.done_planned());
	await confirmButton(page, 12).click();
	await expect(page.getByRole('alert')).toContainText(m.plan_clash_meanwhile());
	expect(await cyclesOf(db, COHORTS.butterflies)).toBe(1);
});

test('a register somebody else saved meanwhile is not overwritten, and the marks made here stay', async ({
	page,
	context,
	db
}) => {
	const { id, lines } = await openRegister(page);
	const second = await context.newPage();
	await second.goto(`/sessions/${id}`);
	await tap(second, lines[0]!.name, 'absent');
	await headcount(second).fill('13');
	await saveButton(second).click();
	await expectDone(second, m.done_recorded());

	await tap(page, lines[1]!.name, 'late');
	await headcount(page).fill('9');
	await saveButton(page).click();
	await expect(page.getByRole('alert')).toContainText(m.register_changed_meanwhile());
	await expect(page.getByRole('alert')).toBeInViewport();
	await expect(mark(page, lines[1]!.name, 'late')).toBeChecked();
	await expect(mark(page, lines[0]!.name, 'present')).toBeChecked();
	await expect(headcount(page)).toHaveValue('9');
	const differing = page
		.getByRole('region', { name: m.register_differs_from({ name: CAST.facilitator.name }) })
		.getByRole('listitem');
	const differs = (mine: string, saved: string) => m.register_here_saved({ mine, saved });
	await expect(differing).toHaveCount(3);
	await expect(differing.filter({ hasText: lines[0]!.name })).toContainText(
		differs(markWord('present'), markWord('absent'))
	);
	await expect(differing.filter({ hasText: lines[1]!.name })).toContainText(
		differs(markWord('late'), markWord('present'))
	);
	await expect(differing.filter({ hasText: m.register_headcount() })).toContainText(
		differs('9', '13')
	);
	await expect(page.getByRole('button', { name: m.register_save_mine() })).toBeVisible();
	const saved = await markCodes(db, id);
	expect(saved.filter((code) => code === 'absent')).toHaveLength(1);
	expect(saved).not.toContain('late');
});

test('a closed cohort takes no cycle, not even at a crafted address', async ({ page, app, db }) => {
	// Rana does not see this cohort; the coordinator does
	await enterAs(page, { app, db }, CAST.coordinator);
	await page.goto(`${addressOf({ ...FREE_WISH, cohort: COHORTS.oliveGrove }, PAIR)}&lang=en`);
	await expect(page.getByText(m.cohort_is_closed())).toBeVisible();
	await expect(confirmButton(page, 12)).toHaveCount(0);
	const before = await cyclesOf(db, COHORTS.oliveGrove);
	const refused = await postForm(
		page,
		app.origin,
		'/cohorts/plan?lang=en',
		'/confirm',
		asFields({ ...FREE_WISH, cohort: COHORTS.oliveGrove })
	);
	expect(refused.status()).toBe(409);
	expect(shown(await refused.text())).toContain(m.cohort_is_closed());
	expect(await cyclesOf(db, COHORTS.oliveGrove)).toBe(before);
});

test('a full cohort says so instead of showing a form, and refuses who is sent anyway', async ({
	page,
	app,
	db
}) => {
	const address = `/cohorts/${COHORTS.cedars}`;
	await page.goto(address);
	await expect(page.getByText(m.cohort_is_full())).toBeVisible();
	await expect(page.getByRole('button', { name: m.enrol_submit() })).toHaveCount(0);
	const members = await membersOf(db, COHORTS.cedars);
	const refused = await postForm(page, app.origin, address, '/enrol', [
		['name', 'Nour'],
		['birthYear', '2015'],
		['sex', 'f']
	]);
	expect(refused.status()).toBe(409);
	expect(shown(await refused.text())).toContain(m.cohort_is_full());
	expect(await membersOf(db, COHORTS.cedars)).toBe(members);
});

test('a login that ends while the register is typed gives every mark back after the next one', async ({
	page,
	db
}) => {
	const { id, lines } = await openRegister(page);
	await tap(page, lines[0]!.name, 'absent');
	await tap(page, lines[2]!.name, 'late');
	await headcount(page).fill('12');
	await db
		.updateTable('login_session')
		.set({ last_seen_at: Date.parse(NOW) - IDLE_MS })
		.execute();
	await saveButton(page).click();
	await expect(page.getByText(m.login_ended())).toBeVisible();
	await expect(page.getByText(m.login_kept())).toBeVisible();
	expect(await markCodes(db, id)).toHaveLength(0);

	await page.getByLabel(m.login_email()).fill(CAST.facilitator.email);
	await page.getByLabel(m.login_password()).fill(PASSWORD);
	await page.getByRole('button', { name: m.login_submit(), exact: true }).click();
	await expect(page.getByText(m.form_kept_heading())).toBeVisible();
	await expect(mark(page, lines[0]!.name, 'absent')).toBeChecked();
	await expect(mark(page, lines[2]!.name, 'late')).toBeChecked();
	await expect(headcount(page)).toHaveValue('12');
	await saveButton(page).click();
	await expectDone(page, m.done_recorded());
	await expect(mark(page, lines[2]!.name, 'late')).toBeChecked();
	await page.goto(`/sessions/${id}`);
	await expect(page.getByText(m.form_kept_heading())).toHaveCount(0);
});

test('what was typed before a login ended is not given to another account', async ({
	page,
	db
}) => {
	const { lines } = await openRegister(page);
	await tap(page, lines[0]!.name, 'absent');
	await headcount(page).fill('12');
	await db
		.updateTable('login_session')
		.set({ last_seen_at: Date.parse(NOW) - IDLE_MS })
		.execute();
	await saveButton(page).click();
	await expect(page.getByText(m.login_kept())).toBeVisible();
	await page.locator(`button[value=\"${CAST.coordinator.email}\"]`).click();
	await expect(page.locator('.register')).toBeVisible();
	await expect(page.locator('input[value=absent]:checked')).toHaveCount(0);
	await expect(page.locator('input[name=headcount]')).toHaveValue('');
});

test('a lost connection is named, and what was typed goes out when it is back', async ({
	page
}) => {
	const { lines } = await openRegister(page);
	await tap(page, lines[0]!.name, 'absent');
	await headcount(page).fill('13');
	await page.route('**/sessions/**', (route) =>
		route.request().method() === 'POST' ? route.abort('internetdisconnected') : route.continue()
	);
	await saveButton(page).click();
	await expect(page.getByRole('alert')).toContainText(m.form_no_connection());
	await expect(page.getByRole('alert')).toBeInViewport();
	await expect(mark(page, lines[0]!.name, 'absent')).toBeChecked();
	await expect(headcount(page)).toHaveValue('13');
	await page.unroute('**/sessions/**');
	await saveButton(page).click();
	await expectDone(page, m.done_recorded());
	await expect(mark(page, lines[0]!.name, 'absent')).toBeChecked();
});

test('an empty headcount is asked for beside its field, and Arabic digits will do', async ({
	page,
	db
}) => {
	const { id, lines } = await openRegister(page);
	await tap(page, lines[0]!.name, 'absent');
	for (const [typed, words] of [
		['', m.form_required()],
		['a dozen', m.form_number()],
		['-1', m.form_number()]
	] as const) {
		await headcount(page).fill(typed);
		await saveButton(page).click();
		await expect(headcount(page)).toHaveAccessibleDescription(new RegExp(words));
		await expect(headcount(page)).toBeFocused();
		await expect(headcount(page)).toHaveValue(typed.slice(0, 3));
		await expect(mark(page, lines[0]!.name, 'absent')).toBeChecked();
	}
	await headcount(page).fill('١٢');
	await saveButton(page).click();
	await expectDone(page, m.done_recorded());
	await expect(headcount(page)).toHaveValue('12');
	const { headcount: saved } = await db
		.selectFrom('session')
		.select('headcount')
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	expect(saved).toBe(12);
});

test('a wrong date and a wrong time are marked at their word, and the rest of the sentence stays', async ({
	page
}) => {
	const address = addressOf({ ...FREE_WISH, from: '2026-02-30', time: '25:00' }, PAIR);
	await page.goto(address);
	await expect(page.getByText(m.form_date())).toBeVisible();
	await expect(page.getByText(m.form_time())).toBeVisible();
	await expect(page.getByRole('combobox', { name: m.word_cohort() })).toHaveValue(
		COHORTS.butterflies
	);
	await expect(page.getByRole('combobox', { name: m.word_room() })).toHaveValue(FREE_WISH.room);
	const days = await openWord(page, m.plan_days());
	await expect(days.getByRole('checkbox', { checked: true })).toHaveCount(2);
	await expect(steps(page)).toHaveCount(0);
});

/** Opens the register of Cedars, who are in the room now. */
async function openRegister(page: Page): Promise<{ id: string; lines: Line[] }> {
	await page.goto('/today');
	await page.getByRole('link', { name: m.today_take_register() }).click();
	await expect(saveButton(page)).toBeVisible();
	await expect(saveAgainButton(page)).toHaveCount(0);
	return { id: page.url().split('/').at(-1)!, lines: await readRegister(page) };
}

type Fields = [name: string, value: string][];

/** What a form of the page would send. */
function fieldsOf(page: Page, label: string): Promise<Fields> {
	return page
		.getByRole('form', { name: label })
		.evaluate((form) => [...new FormData(form as HTMLFormElement)] as Fields);
}

function asFields(wish: typeof FREE_WISH): Fields {
	return [
		['cohort', wish.cohort],
		['version', wish.version],
		...wish.weekdays.map((day): Fields[number] => ['weekday', String(day)]),
		['time', wish.time],
		['room', wish.room],
		...PAIR.map((id): Fields[number] => ['with', id]),
		['from', wish.from]
	];
}

/** Sends a form as a browser without JavaScript does, and stays where the answer is. */
function postForm(page: Page, origin: string, address: string, action: string, fields: Fields) {
	const [path, query = ''] = address.split('?');
	return page.context().request.post(`${path}?${action}${query && `&${query}`}`, {
		headers: { origin, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
		data: new URLSearchParams(fields).toString(),
		maxRedirects: 0
	});
}

/** What a reader sees of a page: the data for its scripts says more. */
function shown(html: string): string {
	return html.replace(/<script[\s\S]*?<\/script>/g, '');
}

async function cyclesOf(db: Db, cohortId: string): Promise<number> {
	const rows = await db
		.selectFrom('cycle')
		.select('id')
		.where('cohort_id', '=', cohortId)
		.execute();
	return rows.length;
}

async function membersOf(db: Db, cohortId: string): Promise<number> {
	const rows = await db
		.selectFrom('cohort_member')
		.select('person_id')
		.where('cohort_id', '=', cohortId)
		.execute();
	return rows.length;
}

async function markCodes(db: Db, sessionId: string): Promise<string[]> {
	const rows = await db
		.selectFrom('mark')
		.select('code')
		.where('session_id', '=', sessionId)
		.execute();
	return rows.map(({ code }) => code);
}
