import { numberIn } from './figures.ts';
import { expect, type Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { expectDone } from './halqa.ts';

/** The sessions a milestone's percent is made of. */
export interface Tally {
	held: number;
	linked: number;
}

/** Opens a milestone's receipt and reads held and linked sessions, which it shows line by line. */
export async function readTally(page: Page, milestoneId: string): Promise<Tally> {
	await page.goto(`/roadmaps/milestones/${milestoneId}`);
	const receipt = page.getByRole('region', { name: m.milestone_receipt() });
	await expect(receipt).toBeVisible();
	const count = async (word: string) => {
		const term = page.locator('dt', { hasText: new RegExp(`^${word}$`) });
		const line = receipt.locator('dl > div').filter({ has: term });
		return (await line.count()) ? numberIn(await line.locator('dd').innerText()) : 0;
	};
	const held = await count(m.milestone_held());
	const others = (await count(m.milestone_missing())) + (await count(m.milestone_coming()));
	return { held, linked: held + others };
}

/** Lets a cohort's cycle count for a milestone, on its page. */
export async function linkCycle(page: Page, milestoneId: string, cohort: string): Promise<void> {
	await page.goto(`/roadmaps/milestones/${milestoneId}`);
	const choice = page.getByRole('combobox', { name: m.milestone_link_cycle() });
	const option = choice.locator('option').filter({ hasText: cohort });
	await choice.selectOption((await option.getAttribute('value'))!);
	await page.getByRole('button', { name: m.milestone_link_submit() }).click();
	await expectDone(page, m.done_linked());
}
