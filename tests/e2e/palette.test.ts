import type { Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { CAST, COHORTS } from '#lib/features/example/cast.ts';
import { kindWord } from '../../src/routes/(staff)/search/found.ts';
import { enterAs, expect, PHONE, readIn, speak, test } from './halqa.ts';
import { overflow, violations } from './inspect.ts';

for (const language of readIn('ar'))
	test(`the palette finds, opens and remembers (${language})`, async ({ page, app, db }) => {
		await db.updateTable('account').set({ locale: language }).execute();
		speak(language);
		await enterAs(page, { app, db }, CAST.facilitator);
		await page.goto(`/cohorts/${COHORTS.butterflies}`);
		const cohort = await page.getByRole('heading', { level: 1 }).innerText();
		await page.waitForFunction(() => localStorage.length > 0); // noted by scripts, when they are there

		await page.goto('/today');
		await openPalette(page);
		const recent = page.getByRole('group', { name: kindWord('recent') }).getByRole('option');
		await expect(recent).toHaveCount(1);
		await expect(recent).toContainText(cohort);
		expect(await violations(page)).toEqual([]);
		await page.setViewportSize(PHONE);
		expect(await overflow(page)).toEqual([]);

		const words = page.getByRole('combobox', { name: m.search_words() });
		const options = page.getByRole('option');
		await words.press('ArrowDown');
		await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
		await words.press('ArrowUp');
		await expect(options.first()).toHaveAttribute('aria-selected', 'true');
		await words.press('Escape');
		await expect(page.getByRole('dialog')).toHaveCount(0);

		await openPalette(page);
		// Enter at once: what stood there before the answer is not opened.
		await words.fill(m.nav_curricula());
		await words.press('Enter');
		await expect(page).toHaveURL(/curricula/);

		await page.goto('/search');
		await expect(page.getByRole('heading', { name: kindWord('recent') })).toBeVisible();
		await enterAs(page, { app, db }, CAST.coordinator);
		await page.goto('/search');
		await expect(page.getByRole('heading', { name: kindWord('page') })).toBeVisible();
		await expect(page.getByRole('heading', { name: kindWord('recent') })).toHaveCount(0);
		const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
		expect(kept).not.toContain(cohort);
	});

/** The keys are answered once the scripts are there. */
async function openPalette(page: Page): Promise<void> {
	await expect(async () => {
		await page.keyboard.press('Control+k');
		await expect(page.getByRole('dialog')).toBeVisible({ timeout: 1000 });
	}).toPass();
}
