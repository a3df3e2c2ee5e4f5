import type { Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import {
	CAST,
	COHORTS,
	FURTHER_FACILITATORS,
	PASSWORD,
	type CastMember
} from '#lib/features/example/cast.ts';
import { enterAs, expect, PHONE, readIn, speak, test } from './halqa.ts';

test.use({ viewport: PHONE });

const LAYLA = FURTHER_FACILITATORS[0]!;
const PAGE = `/cohorts/${COHORTS.butterflies}`;

for (const language of readIn('ar'))
	test(`a phone goes to a colleague and back, and what was half typed waits (${language})`, async ({
		page,
		app,
		db
	}) => {
		await db.updateTable('account').set({ locale: language }).execute();
		speak(language);
		await enterAs(page, { app, db }, CAST.facilitator);
		const letScriptsIn = await holdScripts(page);
		await page.goto(PAGE, { waitUntil: 'commit' });
		await page.getByLabel(m.enrol_name()).fill('Half a name');
		await letScriptsIn();
		await openMenu(page);
		await page.getByRole('link', { name: m.handover_title() }).click();
		await expect(page.getByText(m.handover_typed_kept(), { exact: true })).toBeVisible();

		await receive(page, LAYLA);
		await expect(page).not.toHaveURL(/login|handover/);
		await openMenu(page);
		await expect(page.getByText(LAYLA.name, { exact: true })).toBeVisible();
		for (let steps = 0; steps < 5; steps += 1) {
			await page.goBack().catch(() => null);
			await expect(page.locator('.who', { hasText: CAST.facilitator.name })).toHaveCount(0);
			expect(await typedIn(page)).not.toContain('Half a name');
		}

		await page.goto('/today');
		await openMenu(page);
		await page.getByRole('link', { name: m.handover_title() }).click();
		await receive(page, CAST.facilitator);
		await expect(page).toHaveURL(new RegExp(`${PAGE}\\?kept=`));
		await expect(page.getByLabel(m.enrol_name())).toHaveValue('Half a name');
	});

async function openMenu(page: Page): Promise<void> {
	await page
		.getByRole('banner')
		.locator('details')
		.filter({ has: page.getByRole('link', { name: m.ui_settings(), includeHidden: true }) })
		.locator('summary')
		.click();
}

/** A weak signal: the page is there, its scripts come when the answer is called. */
async function holdScripts(page: Page): Promise<() => Promise<void>> {
	const { promise, resolve } = Promise.withResolvers<void>();
	await page.route('**/*.js', async (route) => {
		await promise;
		await route.continue();
	});
	return async () => {
		resolve();
		// Keys are answered by scripts alone: the palette opens when they have taken the page over.
		const palette = page.getByRole('dialog');
		await expect(async () => {
			await page.keyboard.press('Control+k');
			await expect(palette).toBeVisible({ timeout: 1000 });
		}).toPass();
		await page.keyboard.press('Escape');
		await expect(palette).toBeHidden();
	};
}

/** What stands in the fields of a page, however it came to be shown. */
function typedIn(page: Page): Promise<string[]> {
	return page
		.locator('input')
		.evaluateAll((all: HTMLInputElement[]) => all.map(({ value }) => value));
}

/** Chooses someone from the list, who types their password. */
async function receive(page: Page, member: CastMember): Promise<void> {
	await page.getByRole('button', { name: member.name }).click();
	await expect(
		page.getByRole('heading', { name: m.handover_received({ name: member.name }) })
	).toBeVisible();
	await page.getByLabel(m.login_password()).fill(PASSWORD);
	await page.getByRole('button', { name: m.login_submit(), exact: true }).click();
	await expect(page).not.toHaveURL(/login/);
}
