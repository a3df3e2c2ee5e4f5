import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COHORTS, OPEN_CODE, SECTIONS } from '#lib/features/example/cast.ts';
import { BANDS, formFor, optionsOf, type Band } from '#lib/features/asking/bank.rules.ts';
import { backstage, type Backstage } from '#tests/access/visiting.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';
import { SocketBrowser, wantedBy } from '#tests/harness/socket-browser.ts';

/**
 * What a child's page costs on a slow line, counted on the socket: headers and bodies as a browser gets
 * them, with everything a browser fetches for a page by itself.
 */
const FIRST_SCREEN_BYTES = 8_000;
const FIRST_ANSWER_BYTES = 14_600;
/** The oldest read a welcome first: a screen and a post more. */
const FIRST_ANSWER_AFTER_WELCOME_BYTES = 16_500;

let app: RunningApp;
let stage: Backstage;
beforeAll(async () => {
	app = await startApp();
	stage = backstage(app);
});
afterAll(async () => {
	await stage.close();
	await app.stop();
});

/** Makes the open code one for these ages, in this language, with the longest form. */
async function setUp(band: Band, language: string): Promise<void> {
	const age = band === 'adult' ? 30 : Number(band.split('-')[1]);
	const { db } = stage;
	await db
		.updateTable('person')
		.set({ birth_year: new Date(app.startedAt).getUTCFullYear() - age })
		.where('id', 'in', (members) =>
			members
				.selectFrom('cohort_member')
				.select('person_id')
				.where('cohort_id', '=', COHORTS.littleStars)
		)
		.execute();
	await db
		.updateTable('section')
		.set({ locale: language })
		.where('id', '=', SECTIONS.lebanon)
		.execute();
	await db
		.updateTable('feedback_code')
		.set({ length: 'full' })
		.where('code', '=', OPEN_CODE)
		.execute();
}

describe.each(['en', 'ar-LB'])('in %s', (language) => {
	it.each(BANDS)('the first answer at %s costs no more than the budget', async (band) => {
		await setUp(band, language);
		const browser = new SocketBrowser(app.origin);
		const path = `/s/${OPEN_CODE}`;
		const first = await browser.open(path);
		expect(first).toContain(`<html lang="${language.split('-')[0]}"`);
		const screenBytes = browser.bytes;
		expect(screenBytes).toBeLessThanOrEqual(FIRST_SCREEN_BYTES);
		const hasWelcome = band === '14-17' || band === 'adult';
		if (hasWelcome) await browser.open(`${path}?/answer`, {});
		const form = formFor(band, 'full');
		const [item] = form.items;
		const answer = optionsOf(item!, form)!.at(-1)!;
		const next = await browser.open(`${path}?/answer`, { item: item!, answer });
		expect(next).toContain('?/back');
		expect(next).not.toBe(first);
		expect(browser.bytes).toBeLessThanOrEqual(
			hasWelcome ? FIRST_ANSWER_AFTER_WELCOME_BYTES : FIRST_ANSWER_BYTES
		);
	});

	it('nothing but the answer itself is needed to draw the first screen', async () => {
		await setUp('6-9', language);
		const html = await new SocketBrowser(app.origin).open(`/s/${OPEN_CODE}`);
		const deferred = Array.from(
			html.matchAll(/<script defer(?:="")? src="([^"]+)"/g),
			([, src]) => src
		);
		expect(wantedBy(html)).toEqual(deferred);
	});

	it('whoever may not come in, or needs help, waits for one small answer as well', async () => {
		for (const path of ['/s', '/s/99999999/help', `/s/${OPEN_CODE}/help`]) {
			const browser = new SocketBrowser(app.origin);
			await browser.open(path);
			expect(browser.bytes).toBeLessThanOrEqual(FIRST_SCREEN_BYTES);
		}
	});
});
