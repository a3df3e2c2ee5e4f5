import type { Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { CAST, COHORTS } from '#lib/features/example/cast.ts';
import { enterAs, expect, LAPTOP, test, TODAY } from './halqa.ts';

test.use({ viewport: LAPTOP });

test('register, calendar and targets print their content and leave the way around out', async ({
	page,
	app,
	db
}) => {
	const { id } = await db
		.selectFrom('session')
		.select('id')
		.where('cohort_id', '=', COHORTS.cedars)
		.where('on_date', '=', TODAY)
		.executeTakeFirstOrThrow();
	await enterAs(page, { app, db }, CAST.coordinator);
	await db.updateTable('account').set({ locale: 'en' }).execute();

	await printed(page, `/sessions/${id}`);
	await expect(page.locator('.register legend')).toHaveCount(14);
	await expect(page.locator('.register legend').last()).toBeVisible();

	await printed(page, '/calendar');
	await expect(page.getByRole('link', { name: m.calendar_next() })).toBeHidden();
	await expect(page.getByRole('main').getByText('10:00').first()).toBeVisible();

	await printed(page, '/targets');
	await expect(page.getByRole('heading', { name: m.targets_rule_title() })).toBeVisible();
	await expect(page.locator('.headline').first()).toBeVisible();
});

/** Looks at a page as its print: only the main part is left. */
async function printed(page: Page, path: string): Promise<void> {
	await page.emulateMedia({ media: 'screen' });
	await page.goto(path);
	await expect(page.getByRole('navigation', { name: m.ui_main_navigation() })).toBeVisible();
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('navigation', { name: m.ui_main_navigation() })).toBeHidden();
	await expect(page.locator('.skip')).toBeHidden();
	await expect(page.locator('.menu').first()).toBeHidden();
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}
