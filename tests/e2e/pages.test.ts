import { expect, test, type Page } from '@playwright/test';
import { openDatabase, type Db } from '#lib/platform/db/open.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { RunningApp } from '#tests/harness/app.ts';
import { cookieOf, LANGUAGES, LAPTOP, light, PHONE, speak, startExample } from './halqa.ts';
import { complaints, frameFaults, lowTargets, overflow, violations } from './inspect.ts';
import { allStops, type Stop } from './stops.ts';

test.describe.configure({ mode: 'parallel', timeout: 1_500_000 });
test.use({ trace: 'off' }); // a picture of every step would double the time

let app: RunningApp;
let db: Db;
let stops: Stop[];
test.beforeAll(async () => {
	app = await startExample();
	db = openDatabase(app.databaseUrl);
	stops = await allStops(db);
});
test.afterAll(async () => {
	await db.destroy();
	await app.stop();
});

for (const language of LANGUAGES)
	test(`every page is in order for everyone who sees it, in ${language}`, async ({ browser }) => {
		speak(language);
		await db.updateTable('account').set({ locale: language }).execute();
		const faults: string[] = [];
		for (const [as, theirs] of Map.groupBy(stops, ({ as }) => as)) {
			const context = await browser.newContext({ baseURL: app.origin, locale: language });
			if (as) await context.addCookies([await cookieOf(app, db, as)]);
			const page = await context.newPage();
			const heard = complaints(page);
			for (const stop of theirs) {
				for (const fault of await visit(page, stop, language))
					faults.push(`${stop.name}, ${fault}`);
				for (const fault of heard.splice(0)) faults.push(`${stop.name}: ${fault}`);
			}
			await context.close();
		}
		expect(faults).toEqual([]);
	});

/**
 * Looks at one page on a phone and a laptop, by day and by night; a page seen before with another role
 * on the phone alone. Only colours change at night.
 */
async function visit(page: Page, stop: Stop, language: Locale): Promise<string[]> {
	const faults: string[] = [];
	const note = (where: string, found: string[]) =>
		faults.push(...found.map((fault) => `${where}: ${fault}`));
	await page.setViewportSize(PHONE);
	await light(page, 'light');
	const answer = await page.goto(stop.path);
	if (answer?.status() !== (stop.status ?? 200)) note('answer', [String(answer?.status())]);
	await stop.prepare?.(page);
	note('frame', await frameFaults(page, language));
	note('360 px light', [
		...(await overflow(page)),
		...(await lowTargets(page)),
		...(await violations(page))
	]);
	if (stop.again) return faults;
	await light(page, 'dark');
	note('360 px dark', await violations(page, 'contrast'));
	await page.setViewportSize(LAPTOP);
	note('1280 px dark', await violations(page, 'contrast'));
	await light(page, 'light');
	note('1280 px light', [...(await overflow(page)), ...(await violations(page))]);
	return faults;
}
