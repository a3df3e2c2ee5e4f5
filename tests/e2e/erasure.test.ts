import { m } from '#lib/paraglide/messages.js';
import { CAST, PEOPLE } from '#lib/features/example/cast.ts';
import { enterAs, expect, expectDone, PHONE, speak, test } from './halqa.ts';
import { overflow, violations } from './inspect.ts';

test.use({ viewport: PHONE });

test('a person is erased by two, no number changes, and a receipt names nobody (ar)', async ({
	page,
	app,
	db
}) => {
	await db.updateTable('account').set({ locale: 'ar' }).execute();
	speak('ar');
	const numbers = async () => {
		await enterAs(page, { app, db }, CAST.manager);
		await page.goto('/targets');
		return page.getByRole('main').innerText();
	};
	const before = await numbers();

	await enterAs(page, { app, db }, CAST.coordinator);
	await page.goto(`/people/${PEOPLE.inTwoCohorts}`);
	const name = await page.getByRole('heading', { level: 1 }).innerText();
	await page.getByRole('link', { name: m.access_open() }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
	await expect(page.getByText(m.access_concerns())).toBeVisible();
	await expect(page.getByRole('table', { name: m.access_marks() })).toBeVisible();
	expect(await overflow(page)).toEqual([]);
	expect(await violations(page)).toEqual([]);
	await page.getByRole('link', { name: 'Français' }).click();
	await expect(page.getByText(m.access_concerns({}, { locale: 'fr' }))).toBeVisible();

	await page.goto(`/people/${PEOPLE.inTwoCohorts}/erase`);
	await page.getByLabel(m.erase_reason()).selectOption('withdrawn');
	expect(await overflow(page)).toEqual([]);
	await page.getByRole('button', { name: m.erase_ask() }).click();
	await expectDone(page, m.done_erasure_asked());
	await expect(page.getByText(m.erase_needs_other())).toBeVisible();
	await expect(page.getByRole('button', { name: m.erase_confirm() })).toHaveCount(0);

	await enterAs(page, { app, db }, CAST.admin);
	await page.goto('/erasures');
	await page.locator(`a[href="/people/${PEOPLE.inTwoCohorts}/erase"]`).click();
	expect(await violations(page)).toEqual([]);
	await page.getByRole('button', { name: m.erase_confirm() }).click();
	await expectDone(page, m.done_person_erased());
	await expect(page.getByRole('heading', { name: m.receipt_removed() })).toBeVisible();
	await expect(page.getByRole('main')).not.toContainText(name);
	expect(await overflow(page)).toEqual([]);
	expect(await violations(page)).toEqual([]);
	const gone = await page.goto(`/people/${PEOPLE.inTwoCohorts}`);
	expect(gone!.status()).toBe(404);
	expect(await numbers()).toBe(before);
});
