import { m } from '#lib/paraglide/messages.js';
import { CAST, COHORTS } from '#lib/features/example/cast.ts';
import { enterAs, expect, expectDone, PHONE, readIn, speak, test } from './halqa.ts';
import { overflow, violations } from './inspect.ts';

test.use({ viewport: PHONE });

for (const language of readIn('ar'))
	test(`who waits for a full cohort is taken in with a reason, leaves, and is back (${language})`, async ({
		page,
		app,
		db
	}) => {
		await db.updateTable('account').set({ locale: language }).execute();
		speak(language);
		await enterAs(page, { app, db }, CAST.coordinator);
		await page.goto(`/cohorts/${COHORTS.cedars}`);
		await page.getByRole('link', { name: m.waiting_put() }).click();
		const first = page.locator('ol > li').first();
		const name = await first.locator('b').innerText();
		await expect(page.locator('ol > li')).toHaveCount(3);
		expect(await overflow(page)).toEqual([]);
		expect(await violations(page)).toEqual([]);

		await first.getByRole('button', { name: m.waiting_take_in() }).click();
		await expect(page.getByText(m.waiting_full_why())).toBeVisible();
		await first.getByLabel(m.cohort_why()).selectOption('sibling');
		await first.getByRole('button', { name: m.waiting_take_in() }).click();
		await expectDone(page, m.done_enrolled());
		await expect(page.locator('ol > li')).toHaveCount(2);

		await page.goto(`/cohorts/${COHORTS.cedars}`);
		await page.getByRole('link', { name }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
		expect(await overflow(page)).toEqual([]);
		expect(await violations(page)).toEqual([]);
		await page.getByRole('button', { name: m.member_leaves_submit() }).click();
		await expect(page.getByText(m.form_choose())).toBeVisible();
		await page.getByLabel(m.member_left_why()).selectOption('times_do_not_fit');
		await page.getByRole('button', { name: m.member_leaves_submit() }).click();
		await expectDone(page, m.done_member_left());
		const seats = await db
			.selectFrom('cohort_member')
			.select(['left_on', 'left_why'])
			.where('joined_why', '=', 'sibling')
			.executeTakeFirstOrThrow();
		expect(seats.left_why).toBe('times_do_not_fit');
		await page.getByRole('button', { name: m.undo_button() }).click();
		await expect(page.getByRole('link', { name })).toBeVisible();
	});
