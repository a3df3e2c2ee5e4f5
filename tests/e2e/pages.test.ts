import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import type { CastMember } from '#lib/features/example/cast.ts';
import { openDatabase, type Db } from '#lib/platform/db/open.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { RunningApp } from '#tests/harness/app.ts';
import {
	cookieOf,
	IS_FULL,
	LANGUAGES,
	LAPTOP,
	light,
	PHONE,
	speak,
	startExample
} from './halqa.ts';
import { complaints, frameFaults, lowTargets, overflow, violations } from './inspect.ts';
import { allStops, ONE_OF_EACH_ROLE, type Stop } from './stops.ts';

/**
 * In full, every page is looked at in every language, width and look with all that axe knows. Else axe sees each
 * page once: what it asks for hangs on the markup, which is the same in every direction and width.
 */
test.describe.configure({ retries: 0, timeout: IS_FULL ? 1_500_000 : 600_000 });
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
	for (const as of [null, ...ONE_OF_EACH_ROLE])
		test(`pages are in order for ${as?.role ?? 'nobody'}, in ${language}`, async ({ browser }) => {
			speak(language);
			await db.updateTable('account').set({ locale: language }).execute();
			const context = await browser.newContext({ baseURL: app.origin, locale: language });
			if (as) await context.addCookies([await cookieOf(app, db, as)]);
			const faults = await faultsOf(context, stopsOf(as), language);
			await context.close();
			expect(faults).toEqual([]);
		});

function stopsOf(as: CastMember | null): Stop[] {
	return stops.filter((stop) => stop.as?.role === as?.role);
}

async function faultsOf(
	context: BrowserContext,
	theirs: Stop[],
	language: Locale
): Promise<string[]> {
	const page = await context.newPage();
	const heard = complaints(page);
	const faults: string[] = [];
	for (const stop of theirs) {
		const found =
			stop.again && !IS_FULL ? await ask(page, stop) : await visit(page, stop, language);
		for (const fault of [...found, ...heard.splice(0)]) faults.push(`${stop.name}, ${fault}`);
	}
	return faults;
}

/** A page that is looked at elsewhere, as another role gets it: without drawing it. */
async function ask(page: Page, { path, status = 200 }: Stop): Promise<string[]> {
	const answer = await page.request.get(path);
	const html = await answer.text();
	return [
		...(answer.status() === status ? [] : [`answer: ${answer.status()}`]),
		...(/<title>\s*[^<\s]/.test(html) ? [] : ['the title is empty']),
		...(html.match(/<h1[\s>]/g)?.length === 1 ? [] : ['not one heading of level 1'])
	];
}

/** Looks at one page on a phone and a laptop, by day and by night. Only colours change at night. */
async function visit(page: Page, stop: Stop, language: Locale): Promise<string[]> {
	const faults: string[] = [];
	const note = (where: string, found: string[]) =>
		faults.push(...found.map((fault) => `${where}: ${fault}`));
	const isFirst = IS_FULL || language === LANGUAGES[0];
	await page.setViewportSize(PHONE);
	await light(page, 'light');
	const answer = await page.goto(stop.path);
	if (answer?.status() !== (stop.status ?? 200)) note('answer', [String(answer?.status())]);
	await stop.prepare?.(page);
	note('frame', await frameFaults(page, language));
	note('360 px light', [...(await overflow(page)), ...(await lowTargets(page))]);
	if (isFirst) {
		note('360 px light', await violations(page));
		await light(page, 'dark');
		note('360 px dark', await violations(page, 'contrast'));
	}
	await page.setViewportSize(LAPTOP);
	if (IS_FULL) {
		note('1280 px dark', await violations(page, 'contrast'));
		await light(page, 'light');
		note('1280 px light', await violations(page));
	}
	note('1280 px', await overflow(page));
	return faults;
}
