import type { Page } from '@playwright/test';
import readExcel from 'read-excel-file/node';
import { m } from '#lib/paraglide/messages.js';
import { CAST } from '#lib/features/example/cast.ts';
import { formatDate } from '#lib/platform/i18n/format.ts';
import { expect, expectDone, LAPTOP, logIn, PHONE, test } from './halqa.ts';

/** Presses a download and reads what comes with another library. */
async function download(page: Page, name: string) {
	const [file] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name, exact: true }).click()
	]);
	return { name: file.suggestedFilename(), sheets: await readExcel(await file.path()) };
}

const READERS = [
	{ locale: 'en', javaScriptEnabled: true, viewport: LAPTOP },
	{ locale: 'ar', javaScriptEnabled: false, viewport: PHONE }
];
for (const reader of READERS)
	test.describe(`${reader.locale}, ${reader.javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
		test.use(reader);

		test('the manager counts a month, takes tables away twice, and publishes the month for good', async ({
			page,
			language
		}) => {
			await logIn(page, CAST.manager, language);
			await page.goto('/exports?month=2026-10');
			const table = page.getByRole('table', { name: m.exports_numbers() });
			await expect(table).toContainText(formatDate('2026-10-01', language, 'month'));
			for (const format of ['XLSX', 'XLSX'])
				// The table, and what its numbers mean.
				expect((await download(page, `${format} ${m.exports_rooms()}`)).sheets).toHaveLength(2);

			await page.getByRole('link', { name: m.report_open() }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(m.report_title());
			await expect(page).toHaveURL(/month=2026-10/);
			await expect(page.getByRole('heading', { name: m.report_in() })).toBeVisible();
			const month = formatDate('2026-10-01', language, 'month');
			await page.getByLabel(m.publish_layout()).selectOption('country_sex_age');
			await page.getByRole('button', { name: m.publish_submit({ month }) }).click();
			await expect(page.getByText(m.form_final())).toBeVisible();
			await page.getByLabel(m.publish_for_good_yes()).check();
			await page.getByRole('button', { name: m.publish_submit({ month }) }).click();
			await expectDone(page, m.done_month_published());
			const [file] = await Promise.all([
				page.waitForEvent('download'),
				page
					.getByRole('link', { name: `${m.published_with_tags({ format: 'XLSX' })} ${month}` })
					.click()
			]);
			expect(file.suggestedFilename()).toMatch(/^activityinfo-hxl-2026-10-no-\d+-/);
			const sheets = await readExcel(await file.path());
			expect(sheets.slice(1).map(({ sheet }) => sheet)).toEqual([
				m.report_totals(),
				m.report_notes(),
				m.indicator_definitions()
			]);
			await page.goto('/published');
			await expect(page.getByRole('table')).toContainText(month);
			await page.goto('/exports/activityinfo?month=2026-10');

			await page.getByLabel(m.report_indicator()).fill('5.2.3');
			await page.getByRole('button', { name: m.report_save() }).click();
			await expectDone(page, m.done_report_setting());
			await expect(page.getByLabel(m.report_indicator())).toHaveValue('5.2.3');
		});
	});
