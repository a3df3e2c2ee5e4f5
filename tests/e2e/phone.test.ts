import type { Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { CAST, COHORTS } from '#lib/features/example/cast.ts';
import { enterAs, expect, expectDone, PHONE, speak, test, TODAY } from './halqa.ts';
import { overflow } from './inspect.ts';
import { addressOf, collidingWish } from './planner.ts';
import { headcount, mark, readRegister, saveButton, tap } from './register.ts';

test.use({ viewport: PHONE });

const NAME =
	'A cohort whose name says whom it is for and when and where it meets, and in which project';

test('a long name and another language stay within a phone, and more than one child is in sight', async ({
	page,
	app,
	db
}) => {
	await db.updateTable('account').set({ locale: 'fr' }).execute();
	await db
		.updateTable('cohort')
		.set({ name_texts: JSON.stringify({ en: NAME, fr: NAME }) })
		.where('id', 'in', [COHORTS.butterflies, COHORTS.cedars])
		.execute();
	await enterAs(page, { app, db }, CAST.facilitator);
	await page.goto(addressOf(collidingWish(TODAY), [CAST.facilitator.id]));
	await expect(page.locator('.steps > li').first()).toBeVisible();
	expect(await overflow(page)).toEqual([]);

	const session = await sessionToday(db);
	await page.goto(`/sessions/${session}`);
	speak('fr');
	const rows = page.locator('.register fieldset');
	await expect(rows.first()).toBeVisible();
	expect(await overflow(page)).toEqual([]);
	const tops = await rows.evaluateAll((fieldsets) =>
		fieldsets.map((row) => ({
			lines: new Set(
				[
					...row.querySelectorAll(':scope > .marks > label, :scope > .marks > details > summary')
				].map((choice) => Math.round(choice.getBoundingClientRect().top))
			).size,
			low: Math.min(
				...[
					...row.querySelectorAll(':scope > .marks > label, :scope > .marks > details > summary')
				].map((choice) => choice.getBoundingClientRect().height)
			)
		}))
	);
	expect(tops.every(({ lines }) => lines === 1)).toBe(true);
	expect(tops.every(({ low }) => low >= 44)).toBe(true);

	await db
		.updateTable('cohort')
		.set({ name_texts: JSON.stringify({ en: 'Cedars', fr: 'Cèdres' }) })
		.where('id', '=', COHORTS.cedars)
		.execute();
	await page.reload();
	const second = await rows.nth(1).boundingBox();
	expect(second!.y + second!.height).toBeLessThan(PHONE.height - 64);
});

test('marks that were not saved survive the menu and a reload, sealed, until they are saved or the phone is left', async ({
	page,
	app,
	db
}) => {
	await db.updateTable('account').set({ locale: 'en' }).execute();
	await enterAs(page, { app, db }, CAST.facilitator);
	const session = await sessionToday(db);
	await page.goto(`/sessions/${session}`);
	const [first, second] = await readRegister(page);
	await tap(page, first!.name, 'absent');
	await tap(page, second!.name, 'late');
	await headcount(page).fill('11');
	await expect.poll(() => keptOn(page)).toHaveLength(1);

	await page.getByRole('link', { name: m.nav_today() }).first().click();
	await page.waitForURL('**/today');
	await page.goto(`/sessions/${session}`);
	await expect(page.getByText(unsaved(2))).toBeVisible();
	await expect(mark(page, first!.name, 'absent')).toBeChecked();
	await expect(mark(page, second!.name, 'late')).toBeChecked();
	await expect(headcount(page)).toHaveValue('11');

	const [kept] = await keptOn(page);
	expect(kept!.extractable).toBe(false);
	for (const word of [first!.name, second!.name, 'absent', 'late'])
		expect(kept!.text).not.toContain(word);

	await page.getByRole('button', { name: m.register_unsaved_drop() }).click();
	await expect(page.getByText(unsaved(2))).toHaveCount(0);
	await expect(mark(page, first!.name, 'present')).toBeChecked();
	await expect(headcount(page)).toHaveValue('');
	await page.reload();
	await expect(mark(page, first!.name, 'present')).toBeChecked();

	// A colleague saves first: what is kept here changes nothing and is asked about.
	await tap(page, first!.name, 'late');
	await expect.poll(() => keptOn(page)).toHaveLength(1);
	await db
		.updateTable('session')
		.set({ version: 2, status: 'held', headcount: 12, recorded_by: CAST.coordinator.id })
		.set({ recorded_at: app.now() })
		.where('id', '=', session)
		.execute();
	await page.reload();
	await expect(page.getByText(m.register_unsaved_overtaken())).toBeVisible();
	await expect(mark(page, first!.name, 'late')).not.toBeChecked();
	await page.getByRole('button', { name: m.register_unsaved_take() }).click();
	await expect(mark(page, first!.name, 'late')).toBeChecked();

	await page.getByRole('banner').locator('summary').last().click();
	await page.getByRole('button', { name: m.ui_log_out() }).click();
	await page.waitForURL('**/login**');
	expect(
		await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
	).toEqual([]);
});

test('what was saved is no longer kept on the phone', async ({ page, app, db }) => {
	await db.updateTable('account').set({ locale: 'en' }).execute();
	await enterAs(page, { app, db }, CAST.facilitator);
	await page.goto(`/sessions/${await sessionToday(db)}`);
	const [first] = await readRegister(page);
	await tap(page, first!.name, 'absent');
	await headcount(page).fill('11');
	await saveButton(page).click();
	await expectDone(page, m.done_recorded());
	await expect.poll(() => keptOn(page)).toEqual([]);
	await page.reload();
	await expect(page.getByText(unsaved(1))).toHaveCount(0);
	await expect(mark(page, first!.name, 'absent')).toBeChecked();
});

function unsaved(count: number): string {
	return m.register_unsaved({ count, time: '' }).trim();
}

async function sessionToday(db: Parameters<typeof enterAs>[1]['db']): Promise<string> {
	const { id } = await db
		.selectFrom('session')
		.select('id')
		.where('cohort_id', '=', COHORTS.cedars)
		.where('on_date', '=', TODAY)
		.executeTakeFirstOrThrow();
	return id;
}

/** What the browser keeps: each draft as it lies there, and whether its key can be read out. */
function keptOn(page: Page): Promise<{ text: string; extractable: boolean }[]> {
	return page.evaluate(async () => {
		const answer = <Result>(request: IDBRequest<Result>) =>
			new Promise<Result>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error!);
			});
		if (!(await indexedDB.databases()).some(({ name }) => name === 'halqa-drafts')) return [];
		const db = await answer(indexedDB.open('halqa-drafts'));
		try {
			const [key] = await answer<CryptoKey[]>(db.transaction('key').objectStore('key').getAll());
			const drafts = await answer<{ sealed: ArrayBuffer }[]>(
				db.transaction('draft').objectStore('draft').getAll()
			);
			return drafts.map(({ sealed }) => ({
				text: new TextDecoder('latin1').decode(sealed),
				extractable: key!.extractable
			}));
		} finally {
			db.close();
		}
	});
}
