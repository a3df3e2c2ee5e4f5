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

test('Back does not show what a child wrote and deleted', async ({ page, language }) => {
	await openCode(page, OPEN_CODE, language);
	await chooseBand(page, '10-13');
	await say(page, 'skip');
	await say(page, 'skip');
	await expect(question(page, 'change', '10-13')).toBeVisible();
	await page.getByRole('textbox').fill(WORDS);
	await page.getByRole('button', { name: m.child_stop(), exact: true }).click();
	await page.getByRole('button', { name: m.child_stop_delete() }).click();
	const deleted = page.getByRole('heading', { name: m.child_withdrawn() });
	await expect(deleted).toBeVisible();
	for (const address of [/\?stop$/, /\d$/]) {
		await back(page, address);
		await expect(deleted).toBeVisible();
		await expect(page.getByRole('textbox')).toHaveCount(0);
	}
});

for (const [onward, go] of [
	['left', (page: Page) => page.getByRole('button', { name: m.child_leave() })],
	['went on', (page: Page) => page.getByRole('link', { name: m.child_help_back() })]
] as const)
	test(`Back does not show that a child asked for someone and ${onward}`, async ({
		page,
		language
	}) => {
		await openCode(page, OPEN_CODE, language);
		await page.getByRole('link', { name: m.child_talk() }).click();
		await page.getByRole('textbox').fill(NICKNAME);
		await page.getByRole('button', { name: m.child_help_come() }).click();
		await expect(page.getByText(m.child_help_asked_text())).toBeVisible();
		expect(page.url()).toMatch(/help$/);
		await go(page).click();
		await expect(page).not.toHaveURL(/help/);
		for (let pages = 0; pages < 2; pages += 1) {
			await back(page, /help$/);
			await expect(page.getByRole('textbox')).toHaveValue('');
		}
	});
