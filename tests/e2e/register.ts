import { expect, type Locator, type Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { attended } from '#lib/features/attendance/rules.ts';
import { markWord } from '#lib/features/attendance/words.ts';
import type { MarkCode } from '#lib/platform/db/schema.ts';

/** One name on a register and the mark it carries on the page. */
export interface Line {
	name: string;
	code: MarkCode;
}

/** The register as the page shows it, whether saved or not. */
export function readRegister(page: Page): Promise<Line[]> {
	return page.locator('.register fieldset').evaluateAll((fieldsets) =>
		fieldsets.map((fieldset) => ({
			name: fieldset.querySelector('legend')!.textContent.trim(),
			code: fieldset.querySelector<HTMLInputElement>('input:checked')!.value as MarkCode
		}))
	);
}

/** Names of those who were there. */
export function thereOf(lines: readonly Line[]): string[] {
	return lines.filter(({ code }) => attended(code)).map(({ name }) => name);
}

/** The choices of one child. */
export function lineOf(page: Page, name: string): Locator {
	return page.getByRole('radiogroup', { name, exact: true });
}

/** One tap on a mark that is in sight. */
export async function tap(page: Page, name: string, code: MarkCode): Promise<void> {
	const word = page.getByText(markWord(code), { exact: true });
	await lineOf(page, name).locator('label').filter({ has: word }).click();
	await expect(mark(page, name, code)).toBeChecked();
}

export function mark(page: Page, name: string, code: MarkCode): Locator {
	return lineOf(page, name).getByRole('radio', { name: markWord(code), exact: true });
}

export function headcount(page: Page): Locator {
	return page.getByLabel(m.register_headcount());
}

/** Saves for the first time. */
export function saveButton(page: Page): Locator {
	return page.getByRole('button', { name: m.register_save(), exact: true });
}

/** Saves over what is saved. */
export function saveAgainButton(page: Page): Locator {
	return page.getByRole('button', { name: m.register_save_again(), exact: true });
}
