import { expect, type Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { expectDone } from './halqa.ts';

/** From no roadmap to a milestone that fills: what a manager enters, click by click. Answers the milestone's address. */
export async function planAYear(page: Page): Promise<void> {
	await page.goto('/roadmaps');
	await page.getByRole('link', { name: m.roadmap_new() }).click();
	await nameIt(page, '2026');
	await page.getByLabel(m.milestone_starts()).fill('2026-01-01');
	await page.getByLabel(m.roadmap_ends()).fill('2026-12-31');
	await page.getByRole('button', { name: m.roadmap_new_submit() }).click();
	await expectDone(page, m.done_roadmap_made());

	const lane = page.getByRole('region', { name: m.roadmap_outcome_new(), exact: true });
	await nameIt(lane, 'Heard');
	await lane.getByRole('button', { name: m.roadmap_outcome_new_submit() }).click();
	await expectDone(page, m.done_saved());
	await addMilestone(page, 'Groups', '2026-02-01', '2026-03-31');

	await page.getByLabel(`${m.milestone_due_label()}: Groups`).fill('2026-05-11');
	await page.getByRole('button', { name: m.roadmap_dates_submit() }).click();
	await expect(page.getByText(m.roadmap_refused_reason())).toBeVisible();
	await page.getByLabel(m.roadmap_reason()).fill('Storm');
	await page.getByRole('button', { name: m.roadmap_dates_submit() }).click();
	await expectDone(page, m.done_dates_saved());

	await page.getByRole('link', { name: 'Groups' }).click();
	await page
		.getByRole('link', { name: m.activity_new() })
		.or(page.getByRole('button', { name: m.activity_new() }))
		.first()
		.click();
	const dialog = page.getByRole('dialog');
	await nameIt(dialog, 'Invite');
	await dialog.getByRole('button', { name: m.activity_new_submit() }).click();
	await expectDone(page, m.done_saved());
	await page.getByRole('link', { name: 'Groups' }).first().click();
	await expect(page.getByRole('main')).toContainText('Storm');
	await expect(page.getByRole('main')).toContainText(m.roadmap_days({ count: 41 }));
	await expect(page.getByRole('main')).toContainText('Invite');
}

async function nameIt(where: Page | ReturnType<Page['getByRole']>, name: string): Promise<void> {
	await where.locator('[name="name_en"]').fill(name);
}

async function addMilestone(page: Page, name: string, starts: string, due: string): Promise<void> {
	await page
		.getByRole('link', { name: m.roadmap_milestone_new() })
		.or(page.getByRole('button', { name: m.roadmap_milestone_new() }))
		.first()
		.click();
	const dialog = page.getByRole('dialog');
	await nameIt(dialog, name);
	await dialog.getByLabel(m.milestone_starts()).fill(starts);
	await dialog.getByLabel(m.milestone_due_label(), { exact: true }).fill(due);
	await dialog.getByRole('button', { name: m.roadmap_milestone_new_submit() }).click();
	await expectDone(page, m.done_saved());
}
