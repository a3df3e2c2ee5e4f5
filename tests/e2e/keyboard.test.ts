import type { Locator, Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { CAST, PASSWORD } from '#lib/features/example/cast.ts';
import { formatWeekday } from '#lib/platform/i18n/format.ts';
import { enterAs, expect, expectDone, mainPages, pagesOf, test, TODAY } from './halqa.ts';
import { collidingWish, steps } from './planner.ts';
import { headcount, mark, readRegister, saveButton } from './register.ts';

/** More than the stops of any page on the way to what is looked for. */
const MOST_STOPS = 60;

test('logging in, planning and taking a register need no mouse', async ({ page, language }) => {
	await page.goto('/login');
	await walkTo(page, page.getByLabel(m.login_email()));
	await page.keyboard.type(CAST.coordinator.email);
	await walkTo(page, page.getByLabel(m.login_password()));
	await page.keyboard.type(PASSWORD);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/today/);
	await page.goto('/settings');
	await walkTo(page, page.getByRole('radio', { name: 'العربية' }));
	await page.keyboard.press('ArrowUp'); // Français
	await page.keyboard.press('ArrowUp'); // English
	await page.keyboard.press('Enter');
	await expectDone(page, m.done_saved());

	await walkTo(page, mainPages(page).getByRole('link', { name: m.nav_plan() }));
	await page.keyboard.press('Enter');
	await walkTo(page, pagesOf(page, m.nav_plan()).getByRole('link', { name: m.nav_cohorts() }));
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/cohorts/);
	await walkTo(page, page.getByRole('link', { name: m.plan_title() }));
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/plan/);
	const wish = collidingWish(TODAY);
	const days = page.locator('summary').filter({ hasText: m.plan_days() });
	await walkTo(page, days);
	await page.keyboard.press('Enter');
	for (const day of wish.weekdays) {
		await walkTo(page, page.getByRole('checkbox', { name: formatWeekday(day, language) }));
		await page.keyboard.press('Space');
		await expect(page).toHaveURL(new RegExp(`weekday=${day}`));
	}
	await page.keyboard.press('Escape');
	await expect(days).toBeFocused();
	await expect(page.locator('[name=weekday]:visible')).toHaveCount(0);
	await expect(steps(page).first()).toBeVisible();

	await walkTo(page, mainPages(page).getByRole('link', { name: m.nav_today() }), 'Shift+Tab');
	await page.keyboard.press('Enter');
	await walkTo(page, page.getByRole('link', { name: m.today_take_register() }));
	await page.keyboard.press('Enter');
	await expect(saveButton(page)).toBeVisible();
	const [first, second] = await readRegister(page);
	await walkTo(page, mark(page, first!.name, 'present'));
	await page.keyboard.press('ArrowRight'); // late
	await page.keyboard.press('ArrowRight'); // absent
	await expect(mark(page, first!.name, 'absent')).toBeChecked();
	await page.keyboard.press('Enter');
	await expect(mark(page, second!.name, 'present')).toBeFocused();
	await walkTo(page, headcount(page));
	await page.keyboard.type('13');
	await page.keyboard.press('Enter');
	await expectDone(page, m.done_recorded());
});

test('the first stop of a page leads past the navigation', async ({ page, app, db }) => {
	await enterAs(page, { app, db }, CAST.manager);
	await page.goto('/targets');
	await page.keyboard.press('Tab');
	const skip = page.getByRole('link', { name: m.ui_skip_to_content() });
	await expect(skip).toBeFocused();
	await expect(skip).toBeInViewport();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('main')).toBeFocused();
	await page.keyboard.press('Tab');
	await expect(page.getByRole('main').locator(':focus')).toHaveCount(1);
});

test('menus close with Escape and give the focus back; a removal is undone', async ({
	page,
	app,
	db
}) => {
	await enterAs(page, { app, db }, CAST.manager);
	await page.goto('/settings/closed-days');
	for (const name of [m.ui_language(), m.ui_account()]) {
		const menu = page.getByRole('banner').locator('summary').filter({ hasText: name });
		await walkTo(page, menu);
		await page.keyboard.press('Enter');
		const sheet = page.getByRole('banner').locator('details[open] .sheet');
		await expect(sheet).toBeVisible();
		await page.keyboard.press('Tab');
		await page.keyboard.press('Escape');
		await expect(sheet).toHaveCount(0);
		await expect(menu).toBeFocused();
	}
	const days = page.getByRole('row');
	const count = await days.count();
	await walkTo(page, page.getByRole('button', { name: m.closed_remove() }).first());
	await page.keyboard.press('Enter');
	await expectDone(page, m.done_day_removed());
	await expect(days).toHaveCount(count - 1);
	await walkTo(page, page.getByRole('button', { name: m.undo_button(), exact: true }));
	await page.keyboard.press('Enter');
	await expectDone(page, m.done_undone());
	await expect(days).toHaveCount(count);
});

/** Goes from stop to stop until the target has the focus, and sees that every stop on the way shows it. */
async function walkTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
	await target.first().waitFor({ state: 'attached' });
	for (let stop = 0; stop < MOST_STOPS; stop += 1) {
		if (await target.first().evaluate((element) => element === document.activeElement)) return;
		await page.keyboard.press(key);
		expect(await page.evaluate(unseenFocus), 'a stop shows that it has the focus').toBeNull();
	}
	throw new Error(`Not reached with ${key}: ${target}`);
}

/** The focused element when nothing about it or around it shows the focus; null when something does. */
function unseenFocus(): string | null {
	const focused = document.activeElement;
	if (!focused || focused === document.body) return null;
	if (focused.matches('[type=date]')) return null; // the browser marks the part of the date that has it
	const shows = (element: Element) => {
		const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
		return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
	};
	const holders = [focused, focused.closest('label'), focused.parentElement];
	return holders.some((element) => element && shows(element))
		? null
		: focused.outerHTML.slice(0, 200);
}
