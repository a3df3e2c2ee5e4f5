import type { Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { OPEN_CODE } from '#lib/features/example/cast.ts';
import { BROWSER_ARGUMENTS, findBrowser } from '#tests/harness/browser.ts';
import { chooseBand, openCode, question, say } from './child.ts';
import { expect, PHONE, test } from './halqa.ts';

/** Browsers of tests ask again on *Back*; those of children keep whole pages, which is what is looked at here. */
test.use({
	viewport: PHONE,
	launchOptions: {
		executablePath: findBrowser(),
		args: BROWSER_ARGUMENTS,
		ignoreDefaultArgs: ['--disable-back-forward-cache']
	}
});

const WORDS = 'Nobody else may read this';
const NICKNAME = 'Wren';

/** Goes back as the browser's own button does. Playwright's waits for a load, which a kept page has none of. */
async function back(page: Page, address: RegExp): Promise<void> {
	await page.evaluate(() => history.back());
	await expect(page).toHaveURL(address);
}

test('Back shows a kept page until a child is answered again', async ({ page }) => {
	await page.goto('/s');
	await page.evaluate(() => document.body.append('kept'));
	await page.goto('/healthz');
	await back(page, /\/s$/);
	await expect(page.locator('body')).toContainText('kept');
});

test('Back shows nothing of what a child wrote, deleted or not', async ({ page, language }) => {
	await openCode(page, OPEN_CODE, language);
	await chooseBand(page, '10-13');
	await say(page, 'skip');
	await say(page, 'skip');
	await expect(question(page, 'change', '10-13')).toBeVisible();
	await page.getByRole('textbox').fill(WORDS);
	await page.getByRole('button', { name: m.child_stop(), exact: true }).click();
	await expect(page.getByRole('heading', { name: m.child_stop_title() })).toBeVisible();
	for (let pages = 0; pages < 3; pages += 1) {
		await back(page, /\d$/);
		await expect(page.getByRole('heading', { name: m.child_neutral_title() })).toBeVisible();
		await expect(page.locator('main')).not.toContainText(WORDS);
	}
	await page.getByRole('button', { name: m.child_still_me() }).click();
	await expect(page.getByRole('textbox')).toHaveValue(WORDS);
});

test('the way out empties the device and leaves no page behind', async ({ page, language }) => {
	await openCode(page, OPEN_CODE, language);
	await say(page, 'skip');
	await page.getByRole('button', { name: m.child_leave() }).click();
	await expect(page).toHaveURL(/\/s$/);
	const kept = await page.context().cookies();
	expect(kept.map(({ name }) => name)).toEqual(['halqa_page']);
	await back(page, /\d$/);
	await expect(page.locator('input[name=item]')).toHaveValue('again'); // in the session's language again
	await expect(page.locator(':checked')).toHaveCount(0);
});

test('Back does not show that a child asked for someone and went on', async ({
	page,
	language
}) => {
	await openCode(page, OPEN_CODE, language);
	await page.getByRole('button', { name: m.child_talk() }).click();
	await page.getByRole('textbox').fill(NICKNAME);
	await page.getByRole('button', { name: m.child_help_come() }).click();
	await expect(page.getByText(m.child_help_asked_text())).toBeVisible();
	expect(page.url()).toMatch(/help$/);
	await page.getByRole('button', { name: m.child_help_back() }).click();
	await expect(page).not.toHaveURL(/help/);
	for (let pages = 0; pages < 2; pages += 1) {
		await back(page, /help$/);
		await expect(page.getByRole('textbox')).toHaveValue('');
	}
});
