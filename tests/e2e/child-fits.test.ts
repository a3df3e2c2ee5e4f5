import type { Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { OPEN_CODE } from '#lib/features/example/cast.ts';
import { formFor } from '#lib/features/asking/bank.rules.ts';
import { LOCALES } from '#lib/platform/i18n/locale.ts';
import { childsPhone } from './child.ts';
import { expect, speak, test } from './halqa.ts';

/** The smallest phone, and what a child who does not read needs on every question (acceptance case A30). */
const SMALLEST = { width: 360, height: 640 };
const CIRCLE_PX = 96;
const LEAST_PX = 60;

/** Buttons and circles that stick out of the screen, are too small or have no picture. */
function faults(page: Page): Promise<string[]> {
	return page.evaluate(
		({ width, height, circle, least }) => {
			const found: string[] = [];
			const targets = 'main button:not(.first, [hidden]), main summary, main .o, main .dk';
			for (const target of document.querySelectorAll<HTMLElement>(targets)) {
				if (!target.checkVisibility()) continue; // behind the button for languages
				const box = target.getBoundingClientRect();
				const name = target.textContent.trim();
				const isIn =
					box.top >= 0 &&
					box.bottom <= height &&
					box.left >= 0 &&
					box.right <= width &&
					box.width > 0;
				if (!isIn) found.push(`${name} is not on the screen: ${Math.round(box.bottom)} px down`);
				if (box.height < least - 0.5 || box.width < least - 0.5) found.push(`${name} is too small`);
				if (!target.querySelector('svg')) found.push(`${name} has no picture`);
			}
			for (const {
				offsetWidth,
				offsetHeight,
				textContent
			} of document.querySelectorAll<HTMLElement>('.circles i'))
				if (offsetWidth !== circle || offsetHeight !== circle)
					found.push(`a circle of ${offsetWidth} by ${offsetHeight} px ${textContent}`);
			return found;
		},
		{ ...SMALLEST, circle: CIRCLE_PX, least: LEAST_PX }
	);
}

test('a child who does not read finds every way on on the smallest screen, in every language', async ({
	app,
	browser,
	db
}) => {
	await db
		.updateTable('feedback_code')
		.set({ length: 'full' })
		.where('code', '=', OPEN_CODE)
		.execute();
	for (const locale of LOCALES) {
		speak(locale);
		const phone = await childsPhone(browser, app.origin, { locale });
		// Browsers of tests have no voice; a device that has one shows a button more.
		await phone.addInitScript((lang) => {
			speechSynthesis.getVoices = () => [{ lang } as SpeechSynthesisVoice];
		}, locale);
		const page = await phone.newPage();
		await page.setViewportSize(SMALLEST);
		await page.goto(`/s/${OPEN_CODE}?lang=${locale}`);
		for (const item of formFor('6-9', 'full').items) {
			await expect(page.locator('input[name=item]')).toHaveValue(item);
			await expect(page.getByRole('button', { name: m.child_listen() })).toBeVisible();
			expect([locale, item, await faults(page)]).toEqual([locale, item, []]);
			await page.getByRole('button', { name: m.child_skip() }).click();
		}
		await expect(page.getByRole('heading', { name: m.child_send_title() })).toBeVisible();
		expect([locale, 'send', await faults(page)]).toEqual([locale, 'send', []]);
		await page.goto(`/s/${OPEN_CODE}`);
		await expect(page.getByRole('heading', { name: m.child_neutral_title() })).toBeVisible();
		expect([locale, 'neutral', await faults(page)]).toEqual([locale, 'neutral', []]);
		await phone.close();
	}
});
