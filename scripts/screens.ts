import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { CAST } from '../src/lib/features/example/cast.ts';
import { m } from '../src/lib/paraglide/messages.js';
import { openDatabase } from '../src/lib/platform/db/open.ts';
import { BROWSER_ARGUMENTS, findBrowser } from '../tests/harness/browser.ts';
import {
	cookieOf,
	LANGUAGES,
	LAPTOP,
	light,
	PHONE,
	speak,
	startExample
} from '../tests/e2e/halqa.ts';
import { allStops, type Stop } from '../tests/e2e/stops.ts';
import { isMeant, makeRoom, pictureName } from './screens/pictures.ts';

/**
 * Pictures of every page for people to look at: on a phone and a laptop, in English and Arabic, by day
 * and by night, into test-results/screens. `npm run screens -- TEXT` takes the pictures whose file name holds
 * the text, and leaves the others; `npm run screens -- --readme` takes the README's picture instead.
 * A page that cannot be brought into its state is named, and the others go on; then the exit code is 1.
 */
const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'test-results/screens');
const [wanted = ''] = process.argv.slice(2);

const app = await startExample();
const db = openDatabase(app.databaseUrl);
const browser = await chromium.launch({ executablePath: findBrowser(), args: BROWSER_ARGUMENTS });
try {
	if (wanted === '--readme') await readmePicture(browser);
	else await everyPage(browser);
} finally {
	await browser.close();
	await db.destroy();
	await app.stop();
}

async function everyPage(browser: Browser): Promise<void> {
	makeRoom(FOLDER, wanted);
	const stops = await allStops(db);
	let taken = 0;
	let failed = 0;
	for (const language of LANGUAGES) {
		speak(language);
		await db.updateTable('account').set({ locale: language }).execute();
		for (const stop of stops) {
			const pictures = picturesOf(stop, language);
			if (pictures.length === 0) continue;
			const context = await browser.newContext({ baseURL: app.origin, locale: language });
			if (stop.as) await context.addCookies([await cookieOf(app, db, stop.as)]);
			try {
				await takePictures(await context.newPage(), stop, pictures);
				taken += pictures.length;
			} catch (error) {
				failed += 1;
				console.error(`${stop.name} in ${language}: ${String(error)}`);
			}
			await context.close();
		}
	}
	console.log(`${taken} pictures in ${FOLDER}; ${failed} pages failed`);
	if (failed > 0 || taken === 0) process.exitCode = 1;
}

interface Picture {
	name: string;
	viewport: typeof PHONE;
	colorScheme: 'light' | 'dark';
}

/** The pictures of a page that are asked for. */
function picturesOf({ name: page }: Stop, language: string): Picture[] {
	return [PHONE, LAPTOP].flatMap((viewport) =>
		(['light', 'dark'] as const)
			.map((colorScheme) => {
				const name = pictureName(page, { width: viewport.width, language, colorScheme });
				return { name, viewport, colorScheme };
			})
			.filter(({ name }) => isMeant(name, wanted))
	);
}

async function takePictures(page: Page, stop: Stop, pictures: Picture[]): Promise<void> {
	for (const viewport of new Set(pictures.map((picture) => picture.viewport))) {
		await page.setViewportSize(viewport);
		await page.goto(stop.path);
		await stop.prepare?.(page);
		const height = await page.evaluate(() => document.documentElement.scrollHeight);
		await page.setViewportSize({ ...viewport, height: Math.max(height, viewport.height) });
		for (const { name, colorScheme } of pictures.filter((one) => one.viewport === viewport)) {
			await light(page, colorScheme);
			await page.screenshot({ path: join(FOLDER, `${name}.png`) });
		}
		await light(page, 'light');
	}
}

/** What the README shows: a facilitator's Today, down to the other session of the day. */
async function readmePicture(browser: Browser): Promise<void> {
	await db.updateTable('account').set({ locale: 'en' }).execute();
	const context = await browser.newContext({ baseURL: app.origin, viewport: LAPTOP });
	await context.addCookies([await cookieOf(app, db, CAST.facilitator)]);
	const page = await context.newPage();
	await page.goto('/today');
	const also = await page.getByRole('region', { name: m.today_also() }).boundingBox();
	const path = join(ROOT, 'docs/screenshot.png');
	const height = Math.round(also!.y + also!.height + 24);
	await page.screenshot({ path, clip: { x: 0, y: 0, width: LAPTOP.width, height } });
	console.log(`The README’s picture is ${path}`);
}
