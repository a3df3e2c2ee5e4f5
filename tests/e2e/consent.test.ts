import { m } from '#lib/paraglide/messages.js';
import { CAST, COHORTS, PEOPLE } from '#lib/features/example/cast.ts';
import { enterAs, expect, expectDone, PHONE, readIn, speak, test } from './halqa.ts';
import { overflow, violations } from './inspect.ts';

test.use({ viewport: PHONE });

for (const language of readIn('ar'))
	test(`papers of a group are entered, and a yes is taken back at once (${language})`, async ({
		page,
		app,
		db
	}) => {
		await db.updateTable('account').set({ locale: language }).execute();
		speak(language);
		const [personId] = PEOPLE.atTwoCentres;
		await db
			.deleteFrom('consent')
			.where('person_id', '=', personId!)
			.where('purpose', '=', 'quote')
			.where('giver', '=', 'self')
			.execute();
		await enterAs(page, { app, db }, CAST.facilitator);
		await page.goto(`/cohorts/${COHORTS.cedars}`);
		await page.getByRole('link', { name: m.consent_papers_link() }).click();
		await page.getByRole('link', { name: m.consent_purpose_quote() }).click();
		await expect(
			page.getByRole('heading', { level: 2, name: m.consent_purpose_quote() })
		).toBeVisible();
		expect(await overflow(page)).toEqual([]);
		expect(await violations(page)).toEqual([]);

		await page.locator(`select[name="self.${personId}"]`).selectOption('yes');
		await page.getByRole('button', { name: m.consent_papers_save() }).click();
		await expectDone(page, m.done_papers_recorded());
		await expect(page.locator(`select[name="self.${personId}"]`)).toHaveCount(0);

		await page.locator(`a[href="/people/${personId}/consent"]`).click();
		const takeBack = m.consent_take_back_of({
			purpose: m.consent_purpose_quote(),
			who: m.consent_giver_child()
		});
		await page.getByRole('form', { name: takeBack }).getByRole('button').click();
		await expectDone(page, m.done_consent_withdrawn());
		const quote = page.getByRole('region', { name: m.consent_purpose_quote() });
		await expect(quote.getByText(m.consent_reason_self_no())).toBeVisible();
		await expect(quote.getByText(m.consent_no_kind())).toBeVisible();
		expect(await overflow(page)).toEqual([]);
		expect(await violations(page)).toEqual([]);

		await page.goto(`/cohorts/${COHORTS.cedars}/consent?purpose=quote`);
		await expect(page.locator(`select[name="self.${personId}"]`)).toHaveCount(0);
		await page.goto(`/consent/sheet?purpose=quote&reader=child&language=${language}`);
		await expect(page.getByText(`quote-child-${language}-1`)).toBeVisible();
	});

test('a word is written down without a script', async ({ browser, app, db }) => {
	speak('en');
	await db.updateTable('account').set({ locale: 'en' }).execute();
	const context = await browser.newContext({ javaScriptEnabled: false, baseURL: app.origin });
	const page = await context.newPage();
	await enterAs(page, { app, db }, CAST.facilitator);
	const { person_id } = await db
		.selectFrom('cohort_member')
		.select('person_id')
		.where('cohort_id', '=', COHORTS.cedars)
		.executeTakeFirstOrThrow();
	await page.goto(`/people/${person_id}/consent`);
	await page.getByRole('radio', { name: m.consent_giver_child() }).check();
	await page.getByRole('checkbox', { name: m.consent_purpose_drawing() }).check();
	await page.getByRole('radio', { name: m.consent_said_no(), exact: true }).check();
	await page.getByRole('button', { name: m.consent_submit() }).click();
	await expect(page.getByText(m.done_consent_recorded())).toBeVisible();
	const drawing = page.getByRole('region', { name: m.consent_purpose_drawing() });
	await expect(drawing.getByText(m.consent_state_refused()).first()).toBeVisible();
	await context.close();
});
