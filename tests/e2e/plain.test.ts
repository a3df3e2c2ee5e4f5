import { m } from '#lib/paraglide/messages.js';
import { CAST, facilitatorsAt, PASSWORD, roomId } from '#lib/features/example/cast.ts';
import { markWord } from '#lib/features/attendance/words.ts';
import { statusWords } from '#lib/features/safeguarding/words.ts';
import { IDLE_MS } from '#lib/platform/login/sessions.ts';
import { formatWeekday } from '#lib/platform/i18n/format.ts';
import { expect, expectDone, logIn, mainPages, pagesOf, NOW, PHONE, test, TODAY } from './halqa.ts';
import { addressOf, collidingWish, confirmButton, openWord, pill, steps } from './planner.ts';
import { headcount, lineOf, mark, readRegister, saveAgainButton, saveButton } from './register.ts';

test.use({ javaScriptEnabled: false, viewport: PHONE });

test('a cycle is planned, a register taken and a concern raised without JavaScript', async ({
	page,
	language
}) => {
	await logIn(page, CAST.facilitator, language);
	await mainPages(page).getByRole('link', { name: m.nav_plan() }).click();
	await pagesOf(page, m.nav_plan()).getByRole('link', { name: m.nav_cohorts() }).click();
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

	await page.getByRole('link', { name: m.nav_safeguarding() }).click();
	await page.getByRole('button', { name: m.raise_submit() }).click();
	await expect(page.getByText(m.form_choose())).toHaveCount(3);
	await page.locator('input[name=urgency][value=imminent]').check();
	await page
		.locator('label')
		.filter({ has: page.locator('[name=wishAsked][value=yes]') })
		.click();
	await page.locator('input[name=consent][value=no]').check();
	await page.getByRole('button', { name: m.raise_submit() }).click();
	await expect(page.getByText(m.raised_call_now())).toBeVisible();
	await expect(page.locator('a[href^="tel:"]').first()).toBeInViewport();
	await expect(page.getByText(statusWords('waiting'))).toBeVisible();

	await page.context().clearCookies();
	await logIn(page, CAST.focalPoint, language);
	const card = page.getByRole('listitem').filter({ hasText: m.worry_about_child() });
	await expect(card).toContainText(CAST.facilitator.name);
	await card.getByRole('button', { name: m.concerns_go() }).click();
	await card.getByRole('link', { name: m.concerns_hand_over() }).click();
	const dialog = page.getByRole('dialog');
	await pill(dialog, m.concerns_channel_phone()).click();
	await dialog.getByRole('button', { name: m.concerns_hand_over_submit() }).click();
	await expect(page.getByText(m.concerns_no_consent())).toBeVisible();
});

const FREE_WISH = { ...collidingWish(TODAY), weekdays: [1], time: '09:00', room: roomId(1, 1) };
const STAFF = facilitatorsAt(1)
	.slice(0, 2)
	.map(({ id }) => id);

test('a plan that was taken meanwhile is refused in words and drawn again with its clashes', async ({
	page,
	db,
	language
}) => {
	await logIn(page, CAST.facilitator, language);
	await page.goto(addressOf(FREE_WISH, STAFF));
	const other = await page.context().newPage();
	await other.goto(addressOf(FREE_WISH, STAFF));
	await confirmButton(other, 12).click();
	await expectDone(other, m.done_planned());

	await confirmButton(page, 12).click();
	await expect(page.getByRole('alert').filter({ hasText: m.plan_clash_meanwhile() })).toBeVisible();
	await expect(steps(page).filter({ hasText: m.level_block() })).toHaveCount(12);
	await expect(confirmButton(page, 12)).toBeDisabled();
	expect(
		await db.selectFrom('cycle').select('id').where('cohort_id', '=', FREE_WISH.cohort).execute()
	).toHaveLength(1);
});

test('a login that ends before the confirmation gives the plan back, taken slots included', async ({
	page,
	db,
	language
}) => {
	await logIn(page, CAST.facilitator, language);
	await page.goto(addressOf(collidingWish(TODAY), STAFF));
	const clashing = steps(page).filter({ hasText: m.level_block() });
	await page
		.getByRole('link', { name: m.plan_take_all({ count: await clashing.count() }) })
		.click();
	const laid = await steps(page).allInnerTexts();
	await db
		.updateTable('login_session')
		.set({ last_seen_at: Date.parse(NOW) - IDLE_MS })
		.execute();
	await confirmButton(page, 12).click();
	await expect(page.getByText(m.login_kept())).toBeVisible();
	await page.getByLabel(m.login_email()).fill(CAST.facilitator.email);
	await page.getByLabel(m.login_password()).fill(PASSWORD);
	await page.getByRole('button', { name: m.login_submit(), exact: true }).click();
	await expect(page.getByText(m.form_kept_heading())).toBeVisible();
	expect(await steps(page).allInnerTexts()).toEqual(laid);
	await confirmButton(page, 12).click();
	await expectDone(page, m.done_planned());
});
