import { test as base, expect, type Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { m } from '#lib/paraglide/messages.js';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import type { CastMember } from '#lib/features/example/cast.ts';
import { dateIn } from '#lib/platform/clock/zone.ts';
import { openDatabase, type Db } from '#lib/platform/db/open.ts';
import { directionOf, LOCALE_NAMES, type Locale } from '#lib/platform/i18n/locale.ts';
import { STEP_MS } from '#lib/platform/login/codes.ts';
import { cookieName, startLogin } from '#lib/platform/login/sessions.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';
import { lowTargets, overflow } from './inspect.ts';

/** A Tuesday, ten past ten in Beirut: Cedars have just begun, Swallows are still to come. */
export const NOW = '2026-11-24T08:10:00Z';
export const TODAY = dateIn('Asia/Beirut', Date.parse(NOW));
/** The narrowest phone the pages promise to fit. */
export const PHONE = { width: 360, height: 740 };
export const LAPTOP = { width: 1280, height: 800 };
/** One language from left to right, one from right to left. */
export const LANGUAGES: readonly Locale[] = ['en', 'ar'];

/** `HALQA_TOUR=full`, of `npm run test:full`: everything in every language, width and look. */
export const IS_FULL = process.env['HALQA_TOUR'] === 'full';

/**
 * The languages of a journey that is alike in all of them: the one that is its turn. What hangs on words and direction
 * is looked at on every page by the tour.
 */
export function readIn(language: Locale): readonly Locale[] {
	return IS_FULL ? LANGUAGES : [language];
}

/** An app that stands at `NOW` with the example organisation. */
export function startExample(): Promise<RunningApp> {
	return startApp({ env: { HALQA_NOW: NOW } });
}

/** A journey on an app of its own, in the language the browser asks for. */
export const test = base.extend<{ app: RunningApp; db: Db; language: Locale }>({
	language: [
		async ({ locale }, use) => {
			const language: Locale = locale === 'ar' ? 'ar' : 'en';
			speak(language); // whatever the journey before spoke
			await use(language);
		},
		{ auto: true }
	],
	app: async ({}, use) => {
		const app = await startExample();
		await use(app);
		await app.stop();
	},
	baseURL: async ({ app }, use) => use(app.origin),
	db: async ({ app }, use) => {
		const db = openDatabase(app.databaseUrl);
		await use(db);
		await db.destroy();
	}
});

export { expect };

/** The language in which `m` and the words of features answer from now on. */
export function speak(language: Locale): void {
	overwriteGetLocale(() => language);
}

/** Logs in with one click on an example account and reads on in the language of the journey. */
export async function logIn(page: Page, member: CastMember, language: Locale): Promise<void> {
	await page.goto('/login');
	await expect(page.locator('html')).toHaveAttribute('dir', directionOf(language));
	await page.locator(`button[value=\"${member.email}\"]`).click();
	await expect(page).not.toHaveURL(/login/);
	if (language !== member.locale) await chooseLanguage(page, language);
	await expect(page.locator('html')).toHaveAttribute('lang', language);
}

async function chooseLanguage(page: Page, language: Locale): Promise<void> {
	await page
		.getByRole('banner')
		.locator('details')
		.filter({
			has: page.getByRole('button', { name: LOCALE_NAMES[language], includeHidden: true })
		})
		.locator('summary')
		.click();
	await page.getByRole('button', { name: LOCALE_NAMES[language], exact: true }).click();
}

/** Sets up the code from a phone, which the first login of some roles leads to; answers what the phone shows. */
export async function setUpPhone(page: Page): Promise<() => string> {
	await expect(page.getByRole('heading', { level: 1, name: m.code_needed_title() })).toBeVisible();
	const key = await page.locator('code').innerText();
	const totp = new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) });
	let shown = Date.parse(NOW);
	await page.getByLabel(m.code_first()).fill(totp.generate({ timestamp: shown }));
	await page.getByRole('button', { name: m.code_turn_on(), exact: true }).click();
	await expect(page.getByText(m.code_recovery_keep())).toBeVisible();
	expect([...(await overflow(page)), ...(await lowTargets(page))]).toEqual([]);
	await page.getByRole('link', { name: m.code_go_on() }).click();
	return () => totp.generate({ timestamp: (shown += STEP_MS) });
}

/** Lets the browser of a page in as an account, without the login page. */
export async function enterAs(
	page: Page,
	{ app, db }: { app: RunningApp; db: Db },
	member: CastMember
): Promise<void> {
	await page.context().addCookies([await cookieOf(app, db, member)]);
}

/** The cookie of a fresh login. */
export async function cookieOf(app: RunningApp, db: Db, member: CastMember) {
	const value = await startLogin(db, member.id, app.now());
	return { name: cookieName(app.origin), value, url: app.origin };
}

/** Day or night. The new colours are there some frames later; whoever looks at once sees the old ones. */
export async function light(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
	await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
	await page.evaluate(async () => {
		for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
	});
}

/** Says that the page has gone on: the notice of what was just done. */
export async function expectDone(page: Page, words: string): Promise<void> {
	await expect(page.getByRole('status').filter({ hasText: words })).toBeVisible();
}

/** Where a reader finds the main pages. */
export function mainPages(page: Page) {
	return page.getByRole('navigation', { name: m.ui_main_navigation() });
}

/** Where a reader finds the other pages of the area of that name. */
export function pagesOf(page: Page, area: string) {
	return page.getByRole('navigation', { name: area, exact: true });
}
