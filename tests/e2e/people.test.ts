import { m } from '#lib/paraglide/messages.js';
import { CAST, PEOPLE } from '#lib/features/example/cast.ts';
import { enterAs, expect, expectDone, PHONE, readIn, speak, test } from './halqa.ts';
import { overflow, violations } from './inspect.ts';

test.use({ viewport: PHONE });

for (const language of readIn('en'))
	test(`one child written down twice becomes one, and two again (${language})`, async ({
		page,
		app,
		db
	}) => {
		await db.updateTable('account').set({ locale: language }).execute();
		speak(language);
		await enterAs(page, { app, db }, CAST.coordinator);
		await page.goto(`/people/${PEOPLE.inTwoCohorts}`);
		const name = await page.getByRole('heading', { level: 1 }).innerText();

		await page.goto('/people/new');
		await page.getByLabel(m.people_name()).fill(name);
		await page.getByRole('radio', { name: m.sex_f() }).check();
		await page.getByLabel(m.enrol_birth_year()).fill('٢٠١٦');
		await page.getByRole('button', { name: m.people_new_submit() }).click();
		await expect(page.getByText(m.people_known_text())).toBeVisible();
		await expect(page.getByLabel(m.people_name())).toHaveValue(name);
		expect(await overflow(page)).toEqual([]);
		expect(await violations(page)).toEqual([]);
		await page.getByRole('checkbox', { name: m.people_anyway() }).check();
		await page.getByRole('button', { name: m.people_new_submit() }).click();
		await expectDone(page, m.done_person_added());

		const pair = page.getByRole('form').filter({ hasText: name });
		await expect(async () => {
			await page.goto('/people/duplicates');
			await expect(pair).toBeVisible({ timeout: 100 });
		}, 'found by a job').toPass();
		expect(await overflow(page)).toEqual([]);
		expect(await violations(page)).toEqual([]);
		await pair.locator(`button[value="${PEOPLE.inTwoCohorts}"]`).click();
		await expectDone(page, m.done_people_merged());
		await expect(page).toHaveURL(new RegExp(PEOPLE.inTwoCohorts));

		await page.getByRole('button', { name: m.merge_apart() }).click();
		await expectDone(page, m.done_people_taken_apart());
		await page.goto('/people/duplicates');
		await pair.getByRole('button', { name: m.pairs_different() }).click();
		await expectDone(page, m.done_people_told_apart());
		await expect(pair).toHaveCount(0);
		expect(page.url()).not.toContain(encodeURIComponent(name));
	});
