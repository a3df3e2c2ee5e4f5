import { m } from '#lib/paraglide/messages.js';
import { CAST, centreId, COHORTS } from '#lib/features/example/cast.ts';
import { addDays } from '#lib/platform/clock/days.ts';
import { enterAs, expect, expectDone, PHONE, readIn, speak, test, TODAY } from './halqa.ts';
import { lowTargets, overflow } from './inspect.ts';

test.use({ viewport: PHONE });

for (const language of readIn('ar'))
	test(`a plan changes and goes back, and a centre closes (${language})`, async ({
		browser,
		page,
		app,
		db
	}) => {
		await db.updateTable('account').set({ locale: language }).execute();
		speak(language);
		const sessions = await db
			.selectFrom('session')
			.select(['id', 'on_date'])
			.where('cohort_id', '=', COHORTS.swallows)
			.where('status', '=', 'planned')
			.where('on_date', '>', TODAY)
			.orderBy('on_date')
			.execute();
		const [next, after] = sessions as [(typeof sessions)[0], (typeof sessions)[0]];
		const dateOf = async (id: string) =>
			(await db.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
				.on_date;

		// one session, to the first free time that is offered
		await enterAs(page, { app, db }, CAST.coordinator);
		await page.goto(`/sessions/${next.id}`);
		await page.getByRole('link', { name: m.change_title() }).click();
		await expect(page.getByRole('heading', { name: m.change_free() })).toBeVisible();
		expect(await overflow(page)).toEqual([]);
		expect(await lowTargets(page)).toEqual([]);
		const free = page.locator('a[href*="date="]').first();
		await page.getByLabel(m.change_reason()).selectOption('school');
		await free.click();
		await expect(page.getByLabel(m.change_reason())).toHaveValue('school');
		await page.getByRole('button', { name: m.change_move(), exact: true }).click();
		await expectDone(page, m.done_plan_changed());
		await expect(page.getByText(m.change_moved({ count: 1 })).first()).toBeVisible();
		expect(await overflow(page)).toEqual([]);
		expect(await lowTargets(page)).toEqual([]);
		const changeUrl = page.url();

		// whoever runs it finds it on Today, and says so
		const other = await browser.newContext({ baseURL: app.origin, viewport: PHONE });
		const phone = await other.newPage();
		await enterAs(phone, { app, db }, CAST.facilitator);
		await phone.goto('/today');
		await expect(phone.getByText(m.notice_title({ count: 1 }))).toBeVisible();
		expect(await overflow(phone)).toEqual([]);
		await phone.getByRole('button', { name: m.notice_seen() }).click();
		await expectDone(phone, m.done_notice_seen());
		await other.close();

		// it goes back
		await page.goto(changeUrl);
		await page.getByRole('button', { name: m.undo_button() }).click();
		await expectDone(page, m.done_undone());
		expect(await dateOf(next.id)).toBe(next.on_date);

		// the rest of the cycle a week later, by keyboard: what is in the way is said, what was typed stays
		await page.goto(`/sessions/${next.id}/change?with=rest`);
		await page.getByLabel(m.change_date()).fill(addDays(next.on_date, 7));
		await page.getByLabel(m.change_reason()).selectOption('weather');
		await db
			.updateTable('session')
			.set((eb) => ({ version: eb('version', '+', 1) }))
			.where('id', '=', after.id)
			.execute();
		await page.getByRole('button', { name: m.change_move(), exact: true }).press('Enter');
		await expect(page.getByRole('alert')).toContainText(m.change_meanwhile());
		await expect(page.getByLabel(m.change_date())).toHaveValue(addDays(next.on_date, 7));
		await expect(page.getByLabel(m.change_reason())).toHaveValue('weather');

		// a centre closes
		await page.goto('/calendar/closing');
		await page.getByLabel(m.closing_from()).fill(addDays(TODAY, 1));
		await page.getByLabel(m.closing_to()).fill(addDays(TODAY, 8));
		await page.getByRole('button', { name: m.closing_show() }).click();
		await expect(page.getByText(m.closing_what())).toBeVisible();
		expect(await overflow(page)).toEqual([]);
		expect(await lowTargets(page)).toEqual([]);
		await page.getByLabel(m.change_reason()).selectOption('insecurity');
		await page.getByRole('button', { name: m.closing_do() }).click();
		await expectDone(page, m.done_plan_changed());
		const planned = await db
			.selectFrom('session')
			.select('id')
			.where('centre_id', '=', centreId(1))
			.where('status', '=', 'planned')
			.where('on_date', '>=', addDays(TODAY, 1))
			.where('on_date', '<=', addDays(TODAY, 8))
			.execute();
		expect(planned).toEqual([]);
		await expect(page.getByRole('heading', { name: m.change_tell() })).toBeVisible();
		expect(await overflow(page)).toEqual([]);
		await page.getByRole('button', { name: m.undo_button() }).click();
		await expectDone(page, m.done_undone());
		expect(await dateOf(next.id)).toBe(next.on_date);
	});
