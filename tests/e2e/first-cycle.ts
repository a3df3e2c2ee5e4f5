import { expect, type Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { formatNumber, formatPercent, formatWeekday } from '#lib/platform/i18n/format.ts';
import { weekdayOf } from '#lib/platform/clock/days.ts';
import { expectDone, TODAY } from './halqa.ts';
import { openWord, pill } from './planner.ts';
import { headcount, saveButton } from './register.ts';

const COHORT = 'Lanterns';
/** Of the template. */
const SESSIONS = 12;

/**
 * From a milestone that nothing fills to one that a planned cycle does: a child joins a new cohort, the cycle begins today,
 * its register is saved, the target counts one more, and the milestone has one of twelve. `reached` were there before.
 */
export async function planFirstCycle(
	page: Page,
	{ reached, target }: { reached: number; target: number }
): Promise<void> {
	const milestone = page.url();
	await page.goto('/settings/organisation');
	await page.getByRole('link', { name: m.checklist_cycles() }).click();
	await page.getByRole('link', { name: m.cohort_new() }).first().click();
	await page.getByLabel(m.cohort_name(), { exact: true }).fill(COHORT);
	await page.getByRole('radio', { name: m.audience_children() }).check();
	for (const [name, value] of [
		['ageFrom', '6'],
		['ageTo', '12'],
		['capacity', '20']
	] as const)
		await page.locator(`[name=${name}]`).fill(value);
	await page.getByRole('button', { name: m.cohort_new_submit() }).click();
	await expectDone(page, m.done_cohort_added());

	await page.getByLabel(m.enrol_name(), { exact: true }).fill('Lina Saleh Nasr');
	await page.getByLabel(m.enrol_birth_year(), { exact: true }).fill('2015');
	await page.getByRole('radio', { name: m.sex_f() }).check();
	await page.getByRole('button', { name: m.enrol_submit(), exact: true }).click();
	await expectDone(page, m.done_enrolled());

	await page.getByRole('link', { name: m.plan_title(), exact: true }).click();
	await sayFirst(page);
	await page.getByRole('button', { name: m.plan_confirm({ count: SESSIONS }) }).click();
	await expectDone(page, m.done_planned());

	await page.getByRole('link', { name: COHORT }).first().click();
	await headcount(page).fill('1');
	await saveButton(page).click();
	await expectDone(page, m.done_recorded());
	await page.goto('/targets');
	const locale = getLocale();
	await expect(page.locator('.headline')).toContainText(
		m.targets_headline({
			count: reached + 1,
			target: formatNumber(target, locale)
		})
	);

	await page.goto(milestone);
	const option = page.getByRole('option').filter({ hasText: COHORT }).first();
	await page
		.getByLabel(m.milestone_link_cycle(), { exact: true })
		.selectOption((await option.getAttribute('value'))!);
	await page.getByRole('button', { name: m.milestone_link_submit() }).click();
	const receipt = page.getByRole('region', { name: m.milestone_receipt(), exact: true });
	await expect(receipt).toContainText(formatPercent(Math.floor(100 / SESSIONS) / 100, locale));
	await page.goto('/settings/organisation');
	await expect(page.getByRole('listitem').filter({ hasText: m.checklist_cycles() })).toContainText(
		m.checklist_there()
	);
}

/** The cohort meets from today on, in the morning: its first register can be taken. */
async function sayFirst(page: Page): Promise<void> {
	const first = await openWord(page, m.plan_from());
	await first.getByLabel(m.plan_from()).fill(TODAY);
	await expect(page).toHaveURL(new RegExp(`from=${TODAY}`));
	await page.keyboard.press('Escape');
	const time = page.getByRole('combobox', { name: m.plan_time(), exact: true });
	await time.selectOption('09:00');
	await expect(page).toHaveURL(/time=09/);
	const days = await openWord(page, m.plan_days());
	await pill(days, formatWeekday(weekdayOf(TODAY), getLocale())).click();
	await expect(page).toHaveURL(/weekday=/);
	await page.keyboard.press('Escape');
}
