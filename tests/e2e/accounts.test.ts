import { Secret, TOTP } from 'otpauth';
import { m } from '#lib/paraglide/messages.js';
import { CAST, centreId, PASSWORD } from '#lib/features/example/cast.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { enterAs, expect, expectDone, NOW, PHONE, readIn, speak, test } from './halqa.ts';
import { lowTargets, overflow } from './inspect.ts';

test.use({ viewport: PHONE, javaScriptEnabled: false });

for (const language of readIn('ar'))
	test(`who is invited chooses a password and sees their own centre alone, until switched off (${language})`, async ({
		page,
		app,
		db
	}) => {
		const name = `Nour ${newId().slice(-6)}`;
		await db.updateTable('account').set({ locale: language }).execute();
		speak(language);
		await enterAs(page, { app, db }, CAST.admin);
		await page.goto('/settings/accounts');
		const submit = page.getByRole('button', { name: m.accounts_invite_submit() });
		await page.getByLabel(m.accounts_name()).fill(name);
		await page.getByLabel(m.login_email()).fill('nour@example.net');
		await submit.click();
		await expect(page.getByText(m.form_choose())).toBeVisible();
		await page.locator(`[name="centres_facilitator"][value="${centreId(1)}"]`).check();
		await submit.click();
		const words = page.getByLabel(m.account_link_words());
		await expect(words).toHaveValue(/\/join\//);
		const link = /https?:\S+/.exec(await words.inputValue())![0];

		await page.context().clearCookies();
		await page.goto(link);
		await expect(page.getByRole('heading', { name: m.join_welcome({ name }) })).toBeVisible();
		await page.getByLabel(m.login_password(), { exact: true }).fill('nour12345678');
		await page.getByRole('button', { name: m.join_submit() }).click();
		await expect(page.getByText(m.form_password_about_you())).toBeVisible();
		await page.getByLabel(m.login_password(), { exact: true }).fill('seven slow lanterns');
		await page.getByRole('button', { name: m.join_submit() }).click();
		await expect(page).toHaveURL(/\/today$/);
		expect((await page.request.get(link)).status()).toBe(404);
		await page.goto('/calendar');
		await expect(page.getByRole('main')).toContainText(CAST.facilitator.name);
		await expect(page.getByRole('main')).not.toContainText(CAST.facilitator2.name);

		const theirs = await page.context().cookies();
		await page.context().clearCookies();
		await enterAs(page, { app, db }, CAST.admin);
		await page.goto('/settings/accounts');
		await page.getByRole('link', { name }).click();
		await page.getByRole('button', { name: m.account_switch_off() }).click();
		await expectDone(page, m.done_switched_off());
		await page.context().clearCookies();
		await page.context().addCookies(theirs);
		await page.goto('/today');
		await expect(page).toHaveURL(/\/login\?/);
	});

for (const language of readIn('en'))
	test(`the login asks for a code from the phone, and a recovery code stands in for it (${language})`, async ({
		page,
		app,
		db
	}) => {
		await db.updateTable('account').set({ locale: language }).execute();
		speak(language);
		await enterAs(page, { app, db }, CAST.coordinator);
		await page.goto('/settings');
		await page.getByRole('button', { name: m.code_set_up() }).click();
		const key = await page.locator('code').innerText();
		const totp = new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) });
		const submit = page.getByRole('button', { name: m.code_turn_on(), exact: true });
		await page.getByLabel(m.code_first()).fill('12345');
		await submit.click();
		await expect(page.getByText(m.code_wrong_first())).toBeVisible();
		expect(await page.locator('code').innerText()).toBe(key);
		await page.getByLabel(m.code_first()).fill(totp.generate({ timestamp: Date.parse(NOW) }));
		await submit.click();
		await expect(page.getByText(m.code_recovery_keep())).toBeVisible();
		expect([...(await overflow(page)), ...(await lowTargets(page))]).toEqual([]);
		const recovery = await page.locator('ol code').allInnerTexts();
		expect(recovery).toHaveLength(10);

		await page.context().clearCookies();
		await page.goto(`/login?lang=${language}&next=/cohorts`);
		await page.getByLabel(m.login_email()).fill(CAST.coordinator.email);
		await page.getByLabel(m.login_password(), { exact: true }).fill(PASSWORD);
		await page.getByRole('button', { name: m.login_submit(), exact: true }).click();
		await expect(page.getByRole('heading', { name: m.code_title() })).toBeVisible();
		expect([...(await overflow(page)), ...(await lowTargets(page))]).toEqual([]);
		await page.getByLabel(m.code_label()).fill(recovery[3]!);
		await page.getByRole('button', { name: m.login_submit(), exact: true }).click();
		await expect(page).toHaveURL(/\/cohorts$/);
		await page.goto('/settings');
		await expect(page.getByText(m.code_left({ count: 9 }))).toBeVisible();
	});
