import { m } from '#lib/paraglide/messages.js';
import { CAST, facilitatorsAt } from '#lib/features/example/cast.ts';
import { markWord } from '#lib/features/attendance/words.ts';
import { formatWeekday } from '#lib/platform/i18n/format.ts';
import { expect, expectDone, logIn, mainPages, PHONE, test, TODAY } from './halqa.ts';
import { collidingWish, confirmButton, openWord, pill, steps } from './planner.ts';
import { headcount, lineOf, mark, readRegister, saveAgainButton, saveButton } from './register.ts';

test.use({ javaScriptEnabled: false, viewport: PHONE });

test('a cycle is planned and a register taken without JavaScript', async ({ page, language }) => {
	await logIn(page, CAST.facilitator, language);
	await mainPages(page).getByRole('link', { name: m.nav_cohorts() }).click();
	await page.getByRole('link', { name: m.plan_title() }).click();

	const wish = collidingWish(TODAY);
	await page.getByRole('combobox', { name: m.word_cohort() }).selectOption(wish.cohort);
	await page.getByRole('combobox', { name: m.word_curriculum() }).selectOption(wish.version);
	await page.getByRole('combobox', { name: m.plan_time() }).selectOption(wish.time);
	await page.getByRole('combobox', { name: m.word_room() }).selectOption(wish.room);
	const days = await openWord(page, m.plan_days());
	for (const day of wish.weekdays) await pill(days, formatWeekday(day, language)).click();
	await page.locator('summary').filter({ hasText: m.plan_days() }).click();
	const staff = await openWord(page, m.word_facilitators());
	await pill(staff, facilitatorsAt(1)[1]!.name).click();
	await page.locator('summary').filter({ hasText: m.word_facilitators() }).click();
	const first = await openWord(page, m.plan_from());
	await first.getByLabel(m.plan_from()).fill(wish.from);
	await page.locator('summary').filter({ hasText: m.plan_from() }).click();
	await page.getByRole('button', { name: m.plan_lay_out() }).click();

	const clashing = steps(page).filter({ hasText: m.level_block() });
	const clashes = await clashing.count();
	expect(clashes).toBeGreaterThan(1);
	await page.getByRole('link', { name: m.plan_take_all({ count: clashes }) }).click();
	await expect(clashing).toHaveCount(0);
	await confirmButton(page, 12).click();
	await expectDone(page, m.done_planned());

	await mainPages(page).getByRole('link', { name: m.nav_today() }).click();
	await page.getByRole('link', { name: m.today_take_register() }).click();
	const [absent, late] = await readRegister(page);
	await lineOf(page, absent!.name)
		.locator('label', { hasText: markWord('absent') })
		.first()
		.click();
	await lineOf(page, late!.name)
		.locator('label', { hasText: markWord('late') })
		.click();
	await headcount(page).fill('13');
	await saveButton(page).click();
	await expectDone(page, m.done_recorded());
	await expect(saveAgainButton(page)).toBeVisible();
	await expect(mark(page, absent!.name, 'absent')).toBeChecked();
	await expect(mark(page, late!.name, 'late')).toBeChecked();
	await expect(headcount(page)).toHaveValue('13');
});
