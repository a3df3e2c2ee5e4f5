import type { Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { startApp, type RunningApp } from '#tests/harness/app.ts';
import { expect, expectDone, NOW, PHONE, readIn, setUpPhone, speak, test } from './halqa.ts';
import { lowTargets, overflow } from './inspect.ts';

const EMAIL = 'nour@amal.example';
const PASSWORD = 'lanterns over quiet harbour';

/** An app without the example, as one starts it for oneself. */
const own = test.extend({
	app: async ({}, use) => {
		const app = await startApp({ env: { HALQA_NOW: NOW, HALQA_EXAMPLE: '0' } });
		await use(app);
		await app.stop();
	}
});
own.use({ viewport: PHONE, javaScriptEnabled: false });

for (const locale of readIn('ar'))
	own.describe(locale, () => {
		own.use({ locale });

		own(
			'an organisation is set up from the printed link, once',
			async ({ page, app, language }) => {
				const address = linkOf(app);
				await page.goto('/setup');
				await page.getByLabel(m.setup_link_code()).fill(`${address}x`);
				await page.getByRole('button', { name: m.setup_link_open() }).click();
				await expect(page.getByText(m.setup_link_wrong())).toBeVisible();
				await page.getByLabel(m.setup_link_code()).fill(address);
				await page.getByRole('button', { name: m.setup_link_open() }).click();

				await page.getByLabel(m.setup_name()).fill('Amal');
				await page.getByLabel(m.setup_admin_name()).fill('Nour');
				await page.getByLabel(m.login_email()).fill(EMAIL);
				const country = page.getByLabel(m.setup_country());
				for (const code of ['TG', 'LB']) {
					await country.selectOption(code);
					await page.getByRole('button', { name: m.setup_country_take() }).click();
					await expect(country).toHaveValue(code);
					await expect(page.getByLabel(m.setup_name())).toHaveValue('Amal');
					await expect(page.getByLabel(m.login_email())).toHaveValue(EMAIL);
				}
				await page.getByLabel(m.login_password()).fill('password1234');
				await page.getByRole('button', { name: m.setup_submit() }).click();
				await expect(page.getByText(m.form_password_common())).toBeVisible();
				await expect(page.getByLabel(m.setup_name())).toHaveValue('Amal');
				await page.getByLabel(m.login_password()).fill(PASSWORD);
				await page.getByRole('button', { name: m.setup_submit() }).click();

				const phone = await setUpPhone(page);
				await expectDone(page, m.done_set_up());
				await expect(page.locator('html')).toHaveAttribute('lang', language);
				await expect(page.getByRole('link', { name: m.checklist_centres() })).toBeVisible();
				expect((await page.request.get(address)).status()).toBe(404);

				await page.context().clearCookies();
				await page.goto('/login');
				await page.getByLabel(m.login_email()).fill(EMAIL);
				await page.getByLabel(m.login_password()).fill(PASSWORD);
				await page.getByRole('button', { name: m.login_submit(), exact: true }).click();
				await page.getByLabel(m.code_label()).fill(phone());
				await page.getByRole('button', { name: m.login_submit(), exact: true }).click();
				await expect(page).toHaveURL(/today/);
				await expect(page.getByRole('link', { name: m.checklist_centres() })).toBeVisible();
				await page.goto('/settings/closed-days');
				expect(await page.getByRole('row').count()).toBeGreaterThan(15);
			}
		);
	});

for (const language of readIn('en'))
	test(`beside the example, which is left in one step (${language})`, async ({ page, app }) => {
		speak(language);
		await page.setViewportSize(PHONE);
		await page.goto(`${linkOf(app)}?lang=${language}`);
		await setUp(page, PASSWORD);
		await setUpPhone(page);
		await expectDone(page, m.done_set_up());
		await expect(page.getByRole('link', { name: m.ui_example_own() })).toHaveCount(0);
		expect([...(await overflow(page)), ...(await lowTargets(page))]).toEqual([]);
		await page.getByRole('link', { name: m.leaving_ask() }).click();
		await page.getByRole('button', { name: m.leaving_submit() }).click();
		await expectDone(page, m.done_example_left());
		await expect(page.getByText(m.leaving_lead())).toHaveCount(0);
		await page.context().clearCookies();
		await page.goto(`/login?lang=${language}`);
		await expect(page.getByRole('heading', { name: m.login_title() })).toBeVisible();
		await expect(page.getByText(m.login_examples())).toHaveCount(0);
	});

function linkOf(app: RunningApp): string {
	return /http:\S+\/setup\/[\w-]{43}/.exec(app.output())![0];
}

async function setUp(page: Page, password: string): Promise<void> {
	await page.getByLabel(m.setup_name()).fill('Amal');
	await page.getByLabel(m.setup_admin_name()).fill('Nour');
	await page.getByLabel(m.login_email()).fill(EMAIL);
	await page.getByLabel(m.login_password()).fill(password);
	await page.getByRole('button', { name: m.setup_submit() }).click();
}
