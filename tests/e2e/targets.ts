import { expect, type Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { formatNumber } from '#lib/platform/i18n/format.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { expectDone } from './halqa.ts';

export const STRATEGY = { people: 28_000, before: 21_600, changed: 30_000, part: 40 };

/**
 * From no target to one that counts what is there: 28,000 with 21,600 before, a pasted part of the one centre, and
 * a number changed by the only one who may, which says so. `reached` people are in the registers of 2026.
 */
export async function setFirstTarget(
	page: Page,
	{ centre, reached }: { centre: string; reached: number }
): Promise<void> {
	await page.goto('/settings/organisation');
	await page.getByRole('link', { name: m.checklist_targets() }).click();
	await page.getByRole('link', { name: m.target_new(), exact: true }).click();
	await page.locator('[name=amount]').fill(String(STRATEGY.people));
	await page.getByRole('link', { name: m.target_period_quarter() }).click();
	await expect(page.locator('[name=startsOn]')).not.toHaveValue(/-01-01$/);
	await page.getByRole('link', { name: m.target_period_year() }).click();
	await expect(page.locator('[name=startsOn]')).toHaveValue(/-01-01$/);
	await expect(page.locator('[name=amount]')).toHaveValue(String(STRATEGY.people));
	await page.locator('[name=openingAmount]').fill(String(STRATEGY.before));
	await page.locator('[name=name_en]').fill('Children and families');
	await page.getByRole('button', { name: m.target_new_submit() }).click();
	await expect(page.getByText(m.form_required())).toBeVisible();
	await page.locator('[name=openingSource]').fill('Our own page');
	await page.locator('[name=definition_en]').fill('Every child and caregiver who came');
	await page.getByRole('button', { name: m.target_new_submit() }).click();
	await expectDone(page, m.done_target_added());

	await page.locator('textarea[name=table]').fill(`Elsewhere\t1\n${centre}\t${STRATEGY.part}`);
	await page.getByRole('button', { name: m.paste_check() }).click();
	await expect(page.getByText(m.target_fault_centre_unknown())).toBeVisible();
	await page.locator('textarea[name=table]').fill(`${centre}\t${STRATEGY.part}`);
	await page.getByRole('button', { name: m.paste_check() }).click();
	await page.getByRole('button', { name: m.target_paste_confirm() }).click();
	await expectDone(page, m.done_target_parts());
	await expect(page.getByLabel(centre)).toHaveValue(String(STRATEGY.part));

	await page.locator('[name=amount]').fill(String(STRATEGY.changed));
	await page.getByLabel(m.target_reason()).fill('A new grant');
	await page.getByRole('button', { name: m.target_change_submit() }).click();
	await expectDone(page, m.done_target_changed());

	await page.goto('/targets');
	const target = formatNumber(STRATEGY.changed, getLocale());
	await expect(page.locator('.headline')).toContainText(
		m.targets_headline({ count: reached, target })
	);
	await expect(page.getByText('A new grant')).toBeVisible();
	await expect(page.getByRole('img', { name: m.pace_picture() })).toBeVisible();
}
