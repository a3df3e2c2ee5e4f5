import type { Page } from '@playwright/test';
import { writeXlsx } from 'hucre/xlsx';
import { m } from '#lib/paraglide/messages.js';
import { CAST, SECTIONS } from '#lib/features/example/cast.ts';
import { markWord } from '#lib/features/attendance/words.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { contentsOf } from '#tests/access/visiting.ts';
import { enterAs, expect, expectDone, PHONE, readIn, speak, test } from './halqa.ts';
import { overflow } from './inspect.ts';

test.use({ viewport: PHONE, javaScriptEnabled: false });

const GROUP = 'مجموعة الياسمين القديمة';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** As kept in Akkar: a merged title, a running number, Arabic digits, dates of every kind, a column nobody filled. */
async function messyRegister() {
	const rows = [
		['سجل الحضور – الفصل الأول', null, null, null, null, null, null, null],
		[null, null, null, null, null, null, null, null],
		[
			'م',
			'الاسم الثلاثي',
			'الجنس',
			'العمر',
			'٣/٣/٢٠٢٦',
			'10-3-2026',
			new Date('2026-03-17'),
			'24/3/2026'
		],
		[1, 'زينب عبدالرحيم المثال', 'أنثى', '١٠', '✓', 'x', null, '✓'],
		[2, 'هيثم جبران المثال', 'ذكر', 11, '✓', '✓', null, '★'],
		[3, 'ميرا سلوم المثال', 'بنت', '٩', 'غ', '✓', null, '✓'],
		[4, 'بلا عمر المثال', 'ذكر', 'لا نعرف', '✓', '✓', null, '✓'],
		['المجموع', null, null, null, 3, 3, 0, 3]
	];
	const merges = [{ startRow: 0, startCol: 0, endRow: 0, endCol: 7 }];
	const bytes = await writeXlsx({ sheets: [{ name: GROUP, rows, merges }] });
	return { name: 'سجل.xlsx', mimeType: XLSX, buffer: Buffer.from(bytes) };
}

for (const language of readIn('en'))
	test(`a register of last spring comes in, once, and is taken back (${language})`, async ({
		page,
		app,
		db
	}) => {
		await db.updateTable('account').set({ locale: language }).execute();
		speak(language);
		await enterAs(page, { app, db }, CAST.coordinator);
		const before = await people(db);

		const file = await messyRegister();
		await send(page, file);
		await expect(page.getByLabel(m.import_sheet_cohort(), { exact: true })).toHaveValue(GROUP);
		await page.getByRole('button', { name: m.import_check() }).click();
		await expect(page.getByText(m.form_choose())).toBeVisible();
		await page.getByLabel('★', { exact: true }).selectOption({ label: markWord('present') });
		await page.getByRole('button', { name: m.import_check() }).click();

		await expect(numberOf(page, m.import_verdict_new())).toHaveText('3');
		await expect(numberOf(page, m.import_sessions())).toHaveText('4');
		await expect(numberOf(page, m.import_unrecorded())).toHaveText('1');
		const problem = page.getByRole('row', { name: m.import_problem_birth_unknown() });
		await expect(problem).toContainText('D7');
		await expect(problem).toContainText(m.import_row_out());
		expect(await people(db)).toBe(before);
		expect(await overflow(page)).toEqual([]);
		await page.getByRole('button', { name: m.import_run() }).click();
		await expect(page.getByText(m.import_done_text())).toBeVisible();
		expect(await people(db)).toBe(before + 3);
		await page.goto('/cohorts');
		await page.getByRole('link', { name: GROUP }).click();
		await page.locator('a[href^="/sessions/"]').first().click();
		await expect(page.getByRole('main')).toContainText('ميرا سلوم المثال');

		await send(page, file);
		await expect(page.getByLabel('★', { exact: true })).toBeVisible();
		await page.getByLabel('★', { exact: true }).selectOption({ label: markWord('present') });
		await page.getByRole('button', { name: m.import_check() }).click();
		await expect(page.getByText(m.import_same_file())).toBeVisible();
		await expect(page.getByText(m.import_none_saved())).toBeVisible();
		await page.getByRole('button', { name: m.import_drop() }).click();
		await expectDone(page, m.done_import_dropped());

		await page.getByRole('link', { name: 'سجل.xlsx' }).click();
		await page.getByRole('button', { name: m.import_undo() }).click();
		await expect(page.getByText(m.import_undone_text())).toBeVisible();
		expect(await people(db)).toBe(before);
	});

test('a list from Excel in French, with semicolons and in UTF-16, by way of the administrator', async ({
	page,
	app,
	db
}) => {
	await db.updateTable('account').set({ locale: 'en' }).execute();
	speak('en');
	await enterAs(page, { app, db }, CAST.admin);
	const before = await contentsOf(db);
	const text = 'Prénom;Nom;Né en;Sexe\r\nZoé;Exemplaire;2015;F\r\nYann;Exemplaire;2013;M\r\n';
	const buffer = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
	await page.goto('/imports');
	await page.setInputFiles('[name=file]', { name: 'liste.csv', mimeType: 'text/csv', buffer });
	await page.getByRole('button', { name: m.import_take() }).click();
	await page.getByRole('button', { name: m.import_check() }).click();
	await expect(page.getByText(m.import_fault_centre())).toBeVisible();
	await page.getByLabel(m.import_use_centre(), { exact: true }).last().selectOption({ index: 1 });
	await page.getByRole('button', { name: m.import_check() }).click();
	await expect(numberOf(page, m.import_verdict_new())).toHaveText('2');
	await expect(page.getByRole('row', { name: 'Zoé Exemplaire' })).toBeVisible();
	await page.getByRole('button', { name: m.import_drop() }).click();
	await expectDone(page, m.done_import_dropped());
	const parts = (contents: string) =>
		contents.split('\n').filter((line) => !/"(at|used_at)"/.test(line));
	expect(parts(await contentsOf(db))).toEqual(parts(before));
});

async function send(page: Page, file: { name: string; mimeType: string; buffer: Buffer }) {
	await page.goto('/imports');
	await page.getByRole('radio', { name: m.import_kind_registers() }).check();
	await page.setInputFiles('[name=file]', file);
	await page.getByRole('button', { name: m.import_take() }).click();
}

function numberOf(page: Page, label: string) {
	return page
		.locator('dl > div')
		.filter({ has: page.getByText(label, { exact: true }) })
		.locator('dd');
}

async function people(db: Db): Promise<number> {
	const { count } = await db
		.selectFrom('person')
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.where('section_id', '=', SECTIONS.lebanon)
		.executeTakeFirstOrThrow();
	return Number(count);
}
