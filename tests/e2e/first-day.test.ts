import type { Page } from '@playwright/test';
import { writeXlsx } from 'hucre/xlsx';
import readExcel from 'read-excel-file/node';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { formatNumber } from '#lib/platform/i18n/format.ts';
import { startApp } from '#tests/harness/app.ts';
import { makeCurriculum } from './curricula.ts';
import { expect, expectDone, NOW, setUpPhone, test } from './halqa.ts';
import { planAYear } from './planning-a-year.ts';
import { planFirstCycle } from './first-cycle.ts';
import { setFirstTarget, STRATEGY } from './targets.ts';

/** From an empty installation to one's own numbers: what a stranger does on the first day, click by click. */

const own = test.extend({
	app: async ({}, use) => {
		const app = await startApp({ env: { HALQA_NOW: NOW, HALQA_EXAMPLE: '0' } });
		await use(app);
		await app.stop();
	}
});

/** Two groups of last spring. Omar is in both; nobody took the register of 24 February. */
const CEDARS = [
	['الاسم', 'الجنس', 'سنة الولادة', '10/2/2026', '١٧/٢/٢٠٢٦', '24-2-2026', '3/3/2026'],
	['زينب حسن مراد', 'أنثى', 2015, '✓', '✓', null, '✓'],
	['ميرا علي سلوم', 'أنثى', '٢٠١٤', 'غ', '✓', null, '✓'],
	['Omar Khaled Darwish', 'ذكر', 2013, '✓', 'غ', null, 'غ']
];
const RIVERS = [
	['الاسم', 'الجنس', 'سنة الولادة', '12/2/2026', '5/3/2026'],
	['Omar Khaled Darwish', 'ذكر', 2013, '✓', '✓'],
	['آية محمد شمس', 'أنثى', 2016, 'غ', '✓']
];
/** Counted by hand. */
/** As a cell says a number. */
const said = (count: string) => formatNumber(Number(count), getLocale());
const COUNTED = { people: '4', participations: '9', held: '5', missing: '1', newInFebruary: 3 };

for (const locale of ['en', 'ar'] as const)
	own.describe(locale, () => {
		own.use({ locale });

		own(
			'from an empty installation to one’s own numbers, a planned cycle, a target that moves and a milestone that fills',
			async ({ page, app }) => {
				await page.goto(/http:\S+\/setup\/[\w-]{43}/.exec(app.output())![0]);
				await page.getByLabel(m.setup_name()).fill('Amal');
				await page.getByLabel(m.setup_admin_name()).fill('Nour');
				await page.getByLabel(m.login_email()).fill('nour@amal.example');
				await page.getByLabel(m.login_password()).fill('lanterns over quiet harbour');
				await page.getByRole('button', { name: m.setup_submit() }).click();
				await setUpPhone(page);
				await expectDone(page, m.done_set_up());

				await page.getByRole('link', { name: m.checklist_centres() }).click();
				await addCentre(page);
				await makeCurriculum(page);
				await page.goto('/settings/organisation');
				await page.getByRole('link', { name: m.checklist_people() }).click();
				await bringIn(page);

				await page.getByRole('link', { name: m.import_see_numbers() }).click();
				const numbers = page.getByRole('table', { name: m.exports_numbers() });
				const ofYear = (label: string) =>
					numbers.getByRole('row', { name: label }).getByRole('cell').last();
				await expect(ofYear(m.exports_reached())).toHaveText(said(COUNTED.people));
				await expect(ofYear(m.exports_participations())).toHaveText(said(COUNTED.participations));
				await expect(ofYear(m.exports_sessions_held())).toHaveText(said(COUNTED.held));
				await expect(ofYear(m.exports_missing())).toHaveText(said(COUNTED.missing));
				await expect(page.locator('.missing li')).toHaveCount(1);
				await expect(page.locator('.missing')).toContainText('الأرز');

				await setFirstTarget(page, { centre: 'Saida', reached: Number(COUNTED.people) });
				await page.goto('/exports');
				await page.getByRole('link', { name: m.report_open() }).click();
				await expect(page.getByRole('heading', { level: 1 })).toHaveText(m.report_title());
				await page.getByLabel(m.exports_month()).selectOption('2026-02');
				await page.getByRole('button', { name: m.exports_count() }).click();
				await expect(page.getByRole('main')).toContainText(
					m.people_count({ count: COUNTED.newInFebruary })
				);
				const [file] = await Promise.all([
					page.waitForEvent('download'),
					page
						.getByRole('button', {
							name: `XLSX ${m.report_in()}, ${m.report_plain()}`,
							exact: true
						})
						.click()
				]);
				const [sheet] = await readExcel(await file.path());
				const [headers, ...rows] = sheet!.data;
				const values = rows.map((row) => Number(row[headers!.indexOf('value')]));
				expect(values.reduce((sum, value) => sum + value, 0)).toBe(COUNTED.newInFebruary);

				await planAYear(page);
				await planFirstCycle(page, {
					reached: Number(COUNTED.people),
					target: STRATEGY.changed
				});
			}
		);
	});

async function addCentre(page: Page): Promise<void> {
	await page.getByLabel(m.centre_name()).fill('Saida');
	await page.getByLabel(m.centre_region()).selectOption('LB51');
	await page.getByRole('button', { name: m.centre_add_submit() }).click();
	await expectDone(page, m.done_centre_added());
	await page.getByLabel(m.room_name()).fill('1');
	await page.getByLabel(m.room_capacity()).fill('25');
	await page.getByRole('button', { name: m.room_add_submit() }).click();
	await expectDone(page, m.done_room_added());
}

/** Two sheets of one workbook, checked and run. */
async function bringIn(page: Page): Promise<void> {
	const bytes = await writeXlsx({
		sheets: [
			{ name: 'مجموعة الأرز', rows: CEDARS },
			{ name: 'مجموعة الأنهار', rows: RIVERS }
		]
	});
	await page.getByRole('radio', { name: m.import_kind_registers() }).check();
	await page.setInputFiles('[name=file]', {
		name: 'registers.xlsx',
		mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		buffer: Buffer.from(bytes)
	});
	await page.getByRole('button', { name: m.import_take() }).click();
	await page.getByRole('button', { name: m.import_check() }).click();
	await page.getByRole('button', { name: m.import_run() }).click();
	await expect(page.getByText(m.import_done_all())).toBeVisible();
}
