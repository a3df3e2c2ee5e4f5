import { expect, type Locator, type Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';

/** What a target says: people count once, participations every time. */
export interface Figures {
	people: number;
	participations: number;
}

export function targetCard(page: Page, name: string): Locator {
	return page.getByRole('region', { name, exact: true });
}

export async function countryFigures(card: Locator): Promise<Figures> {
	return figures(
		await card.locator('.headline b').first().innerText(),
		await card.locator('.apart').innerText()
	);
}

export function centreLine(card: Locator, name: string): Locator {
	return card.getByRole('listitem').filter({ has: card.page().getByText(name, { exact: true }) });
}

/** One centre's people and participations. */
export async function centreFigures(line: Locator): Promise<Figures> {
	const said = line.locator('.name .small');
	const aside = await said.locator('.muted').allInnerTexts();
	const participations = aside.at(-1)!;
	const people = aside.reduce((text, part) => text.replace(part, ''), await said.innerText());
	return figures(people, participations);
}

/** How many registers a centre owes: its list is opened to be counted. */
export async function missingIn(line: Locator): Promise<number> {
	const link = line.getByRole('link', { expanded: false });
	if ((await link.count()) === 0) return 0;
	await link.click();
	await expect(line.getByRole('link', { expanded: true })).toBeVisible();
	return line.locator('ul li').count();
}

/** Two sentences read as numbers, and held against the words those numbers must give. */
function figures(peopleText: string, participationsText: string): Figures {
	const read = { people: numberIn(peopleText), participations: numberIn(participationsText) };
	expect(peopleText).toContain(m.people_count({ count: read.people }));
	expect(participationsText).toContain(m.targets_participations({ count: read.participations }));
	return read;
}

/** The first whole number of a text, its thousands marks left out. */
export function numberIn(text: string): number {
	const digits = /\d[\d.,\u066C]*/.exec(text)?.[0].replace(/\D/g, '');
	if (!digits) throw new Error(`No number in: ${text}`);
	return Number(digits);
}
