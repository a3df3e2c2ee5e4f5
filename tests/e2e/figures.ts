import type { Locator, Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { literally } from './halqa.ts';

/** What a target says: people count once, participations every time. */
export interface Figures {
	people: number;
	participations: number;
}

export function targetCard(page: Page, name: string): Locator {
	return page.getByRole('region', { name, exact: true });
}

export async function countryFigures(card: Locator): Promise<Figures> {
	return {
		people: numberIn(await card.locator('.headline b').first().innerText()),
		participations: numberIn(await card.locator('.apart').innerText())
	};
}

export function centreLine(card: Locator, name: string): Locator {
	return card.getByRole('listitem').filter({ has: card.page().getByText(name, { exact: true }) });
}

/** One centre's people and participations, read through the sentence that says them. */
export async function centreFigures(line: Locator): Promise<Figures> {
	const text = await line.locator('.name').innerText();
	const sentence = m.targets_centre_people({
		people: '<people>',
		target: '<any>',
		percent: '<any>'
	});
	const pattern = literally(sentence)
		.replace('<people>', '([\\d.,]+)')
		.replaceAll('<any>', '[^ ]+');
	return {
		people: numberIn(new RegExp(pattern).exec(text)?.[1] ?? 'none'),
		participations: numberIn(text.slice(text.indexOf('·')))
	};
}

/** The first whole number of a text, its thousands marks left out. */
function numberIn(text: string): number {
	const digits = /\d[\d.,\u066C]*/.exec(text)?.[0].replace(/\D/g, '');
	if (!digits) throw new Error(`No number in: ${text}`);
	return Number(digits);
}
