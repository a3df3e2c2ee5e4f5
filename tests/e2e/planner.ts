import { expect, type Locator, type Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { formatWeekday } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { COHORTS, roomId, VERSIONS } from '#lib/features/example/cast.ts';

/** What is chosen in the planner's sentence. */
export interface Chosen {
	cohort: string;
	version: string;
	weekdays: readonly number[];
	time: string;
	room: string;
	from: string;
}

/** Butterflies when Swallows meet, in the room Swallows meet in: both of Rana's cohorts at once. */
export function collidingWish(today: string): Chosen {
	return {
		cohort: COHORTS.butterflies,
		version: VERSIONS.incredibleMe,
		weekdays: [2, 5],
		time: '15:00',
		room: roomId(1, 2),
		from: today
	};
}

/** Taps the words of the sentence until it says what is wished; the page lays out after every tap. */
export async function sayWish(page: Page, wish: Chosen, language: Locale): Promise<void> {
	await choose(page, m.word_cohort(), 'cohort', wish.cohort);
	await choose(page, m.word_curriculum(), 'version', wish.version);
	const days = await openWord(page, m.plan_days());
	for (const day of wish.weekdays) {
		await pill(days, formatWeekday(day, language)).click();
		await expect(page).toHaveURL(new RegExp(`weekday=${day}`));
	}
	await page.keyboard.press('Escape');
	await choose(page, m.plan_time(), 'time', wish.time);
	await choose(page, m.word_room(), 'room', wish.room);
	const first = await openWord(page, m.plan_from());
	await first.getByLabel(m.plan_from()).fill(wish.from);
	await expect(page).toHaveURL(new RegExp(`from=${wish.from}`));
	await page.keyboard.press('Escape');
}

async function choose(page: Page, label: string, name: string, value: string): Promise<void> {
	const select = page.getByRole('combobox', { name: label, exact: true });
	if ((await select.inputValue()) === value) return;
	await select.selectOption(value);
	await expect(page).toHaveURL(new RegExp(`${name}=${encodeURIComponent(value)}`));
}

/** Opens a word of the sentence that has a sheet; answers the sheet. */
export async function openWord(page: Page, label: string): Promise<Locator> {
	const word = page
		.locator('details')
		.filter({ has: page.getByText(`${label}:`, { exact: true }) });
	await word.locator('summary').click();
	return word.locator('.sheet');
}

/** One of the pills of an opened word. */
export function pill(sheet: Locator, text: string): Locator {
	return sheet.locator('label').filter({ hasText: text });
}

/** The planner's address for a wish, as a link from elsewhere would carry it. */
export function addressOf(wish: Chosen, staffIds: readonly string[]): string {
	const query = new URLSearchParams({
		cohort: wish.cohort,
		version: wish.version,
		time: wish.time,
		room: wish.room,
		from: wish.from
	});
	for (const day of wish.weekdays) query.append('weekday', String(day));
	for (const id of staffIds) query.append('with', id);
	return `/cohorts/plan?${query}`;
}

/** The laid sessions and skipped days, in order. */
export function steps(page: Page): Locator {
	return page.locator('.steps > li');
}

export function confirmButton(page: Page, count: number): Locator {
	return page.getByRole('button', { name: m.plan_confirm({ count }) });
}
