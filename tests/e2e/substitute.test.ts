import { m } from '#lib/paraglide/messages.js';
import { CAST, COHORTS, FURTHER_FACILITATORS } from '#lib/features/example/cast.ts';
import { cookieName, startLogin } from '#lib/platform/login/sessions.ts';
import { startApp } from '#tests/harness/app.ts';
import { enterAs, expect, expectDone, PHONE, readIn, speak, test, TODAY } from './halqa.ts';
import { headcount, readRegister, saveButton } from './register.ts';

test.use({ viewport: PHONE });

/** Works at the centre too, and is free while Cedars meet. */
const TAREK = FURTHER_FACILITATORS[1]!;
const TWO_DAYS_LATER = '2026-11-26T08:10:00Z';

for (const language of readIn('ar'))
	test(`who is ill today is stood in for, and on the day after tomorrow it is over (${language})`, async ({
		browser,
		page,
		app,
		db
	}) => {
		await db.updateTable('account').set({ locale: language }).execute();
		speak(language);
		const { id } = await db
			.selectFrom('session')
			.select('id')
			.where('cohort_id', '=', COHORTS.cedars)
			.where('on_date', '=', TODAY)
			.executeTakeFirstOrThrow();

		await enterAs(page, { app, db }, CAST.facilitator);
		await page.goto('/today');
		await page.getByRole('link', { name: m.substitute_title() }).click();
		await page.getByLabel(m.substitute_colleague()).selectOption({ label: TAREK.name });
		await page.getByRole('button', { name: m.substitute_submit() }).click();
		await expectDone(page, m.done_substitute_named());
		await expect(page.getByText(TAREK.name).first()).toBeVisible();

		const other = await browser.newContext({ baseURL: app.origin, viewport: PHONE });
		const phone = await other.newPage();
		await enterAs(phone, { app, db }, TAREK);
		await phone.goto('/today');
		await phone.getByRole('link', { name: m.today_take_register() }).first().click();
		await expect(phone).toHaveURL(new RegExp(id));
		await expect(
			phone.getByText(m.substitute_you_run({ absent: CAST.facilitator.name }))
		).toBeVisible();
		const names = await readRegister(phone);
		expect(names.length).toBeGreaterThan(0);
		await headcount(phone).fill(String(names.length));
		await saveButton(phone).click();
		await expectDone(phone, m.done_recorded());
		await other.close();

		await using later = await startApp({
			env: { HALQA_NOW: TWO_DAYS_LATER, HALQA_KEYS: app.keyRingFile },
			databaseUrl: app.databaseUrl
		});
		const third = await browser.newContext({ baseURL: later.origin });
		const value = await startLogin(db, TAREK.id, later.now());
		await third.addCookies([{ name: cookieName(later.origin), value, url: later.origin }]);
		const closed = await third.request.get(`/sessions/${id}`);
		expect(closed.url()).toContain(id);
		expect(closed.status()).toBe(404);
		await third.close();
	});
