import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import type { Band, Item, Option } from '#lib/features/asking/bank.rules.ts';
import { bandWords, itemWords, optionWords } from '#lib/features/feedback/words.ts';
import { directionOf, LOCALE_NAMES, type Locale } from '#lib/platform/i18n/locale.ts';
import { PHONE } from './halqa.ts';

/** What one child does with each question of a form, in its order. */
export type Said = Option | 'skip' | 'dont know' | { words: string };

/** A phone of a child, without JavaScript when asked for: nobody is logged in on it. */
export function childsPhone(
	browser: Browser,
	baseURL: string,
	{ locale, javaScript = true }: { locale: Locale; javaScript?: boolean }
): Promise<BrowserContext> {
	return browser.newContext({
		baseURL,
		locale,
		viewport: PHONE,
		hasTouch: true,
		javaScriptEnabled: javaScript
	});
}

/** Opens a code and chooses the language by its own name, behind the one button of both. */
export async function openCode(page: Page, code: string, language: Locale): Promise<void> {
	await page.goto(`/s/${code}`);
	await page.locator('summary').click();
	await page.getByRole('button', { name: LOCALE_NAMES[language], exact: true }).click();
	await expect(page.locator('html')).toHaveAttribute('dir', directionOf(language));
}

export function question(page: Page, item: Item, band: Band) {
	return page.getByRole('heading', { level: 1, name: itemWords(item, band) });
}

/** Answers the question on the screen. */
export async function say(page: Page, said: Said): Promise<void> {
	if (said === 'skip') return page.getByRole('button', { name: m.child_skip() }).click();
	if (said === 'dont know') {
		const radio = page.getByRole('radio', { name: m.child_dont_know() });
		if (!(await radio.count()))
			return page.getByRole('button', { name: m.child_dont_know() }).click();
		await radio.check();
	} else if (typeof said === 'object') await page.getByRole('textbox').fill(said.words);
	else await page.getByRole('radio', { name: optionWords(said), exact: true }).check();
	await page.getByRole('button', { name: m.child_next() }).click();
}

/** Answers every question and comes to the screen that sends. */
export async function sayAll(
	page: Page,
	{ band, items }: { band: Band; items: readonly Item[] },
	said: readonly Said[]
): Promise<void> {
	expect(said).toHaveLength(items.length);
	for (const [at, item] of items.entries()) {
		await expect(question(page, item, band)).toBeVisible();
		await say(page, said[at]!);
	}
	await expect(page.getByRole('heading', { name: m.child_send_title() })).toBeVisible();
}

export async function send(page: Page): Promise<void> {
	await page.getByRole('button', { name: m.child_send(), exact: true }).click();
	await expect(page.getByRole('heading', { name: m.child_sent() })).toBeVisible();
}

/** Takes the form made for other ages. */
export async function chooseBand(page: Page, band: Band): Promise<void> {
	await page.locator('summary').click();
	await page.getByRole('button', { name: bandWords(band) }).click();
}
