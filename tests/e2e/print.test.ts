import type { Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { CAST, COHORTS } from '#lib/features/example/cast.ts';
import { enterAs, expect, LANGUAGES, LAPTOP, speak, test, TODAY } from './halqa.ts';

test.use({ viewport: LAPTOP });

test('register, calendar and targets print their content and leave the way around out', async ({
	page,
	app,
	db
}) => {
	const { id } = await db
		.selectFrom('session')
		.select('id')
		.where('cohort_id', '=', COHORTS.cedars)
		.where('on_date', '=', TODAY)
		.executeTakeFirstOrThrow();
	await enterAs(page, { app, db }, CAST.coordinator);
	await db.updateTable('account').set({ locale: 'en' }).execute();

	await printed(page, `/sessions/${id}`);
	await expect(page.locator('.register legend')).toHaveCount(14);
	await expect(page.locator('.register legend').last()).toBeVisible();

	await printed(page, '/calendar');
	await expect(page.getByRole('link', { name: m.calendar_next() })).toBeHidden();
	await expect(page.getByRole('main').getByText('10:00').first()).toBeVisible();

	await printed(page, '/targets');
	await expect(page.getByRole('heading', { name: m.targets_rule_title() })).toBeVisible();
	await expect(page.locator('.headline').first()).toBeVisible();
});

for (const language of LANGUAGES) {
	test(`a register on paper for 25 names and 8 dates is one sheet (${language})`, async ({
		page,
		app,
		db
	}, info) => {
		await enterAs(page, { app, db }, CAST.coordinator);
		await db.updateTable('account').set({ locale: language }).execute();
		speak(language);

		await page.goto(`/cohorts/${COHORTS.cedars}`);
		await page.getByRole('link', { name: m.paper_title() }).click();
		await expect(page.getByRole('button', { name: m.paper_print() })).toBeVisible();
		await expect(page.getByRole('columnheader')).toHaveCount(1 + 2 + 8);
		await page.locator('tbody').evaluate((body) => {
			const row = body.querySelector('tr')!;
			for (let names = body.querySelectorAll('th bdi').length; names < 25; names += 1)
				row.after(row.cloneNode(true));
		});
		await expect(page.locator('tbody th bdi')).toHaveCount(25);
		expect(await sheets(page, info.outputPath('register.pdf'))).toEqual(['wide']);

		await page.getByRole('link', { name: m.paper_names() }).click();
		await expect(page.getByRole('columnheader')).toHaveCount(1 + 3);
		expect(await sheets(page, info.outputPath('names.pdf'))).toEqual(['tall']);

		await page.goto('/calendar');
		await page.getByRole('link', { name: m.day_list() }).click();
		await expect(page.getByRole('row')).not.toHaveCount(0);
		expect(await sheets(page, info.outputPath('day.pdf'))).toEqual(['tall']);
	});
}

test('a register not yet saved prints no marks, a saved one only those chosen', async ({
	page,
	app,
	db
}, info) => {
	await enterAs(page, { app, db }, CAST.coordinator);
	await db.updateTable('account').set({ locale: 'en' }).execute();
	speak('en');
	const sessions = await db
		.selectFrom('session')
		.select(['id', 'recorded_at'])
		.where('cohort_id', '=', COHORTS.cedars)
		.where('on_date', '<=', TODAY)
		.where('status', '<>', 'cancelled')
		.orderBy('on_date')
		.execute();
	await printed(page, `/sessions/${sessions.at(-1)!.id}`);
	await expect(page.locator('.register label:visible')).toHaveCount(0);

	const held = sessions.find(({ recorded_at }) => recorded_at !== null)!;
	await printed(page, `/sessions/${held.id}`);
	const names = await page.locator('.register legend').count();
	await expect(page.locator('.register label:visible')).toHaveCount(names);
	await sheets(page, info.outputPath('saved.pdf'));
});

/** The sheets of a page as its PDF has them: lying or standing. */
async function sheets(page: Page, path: string): Promise<('wide' | 'tall')[]> {
	const pdf = await page.pdf({ path, preferCSSPageSize: true, format: 'A4' });
	const boxes = pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g);
	return [...boxes].map(([, width, height]) => (Number(width) > Number(height) ? 'wide' : 'tall'));
}

/** Looks at a page as its print: only the main part is left. */
async function printed(page: Page, path: string): Promise<void> {
	await page.emulateMedia({ media: 'screen' });
	await page.goto(path);
	await expect(page.getByRole('navigation', { name: m.ui_main_navigation() })).toBeVisible();
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('navigation', { name: m.ui_main_navigation() })).toBeHidden();
	await expect(page.locator('.skip')).toBeHidden();
	await expect(page.locator('.menu').first()).toBeHidden();
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}
