import { m } from '#lib/paraglide/messages.js';
import { formFor, type Form } from '#lib/features/asking/bank.rules.ts';
import { paperCode } from '#lib/features/asking/paper.rules.ts';
import { listAsked } from '#lib/features/asking/queries.server.ts';
import { CAST, COHORTS } from '#lib/features/example/cast.ts';
import { bandWords } from '#lib/features/feedback/words.ts';
import { childsPhone } from './child.ts';
import { enterAs, expect, expectDone, PHONE, test, TODAY } from './halqa.ts';
import { overflow } from './inspect.ts';

const LOADED = 'هل كان المكان هادئًا والوقت كافيًا؟';
const ASKED = 'هل كان المكان هادئًا اليوم؟';
const BAND = '10-13';
/** Sheets that are typed in, beside one child on a phone. */
const SHEETS = 5;

test.use({ locale: 'ar', viewport: PHONE, javaScriptEnabled: false });

test('a question of one’s own is worded, published, seen, answered on a phone and on paper, and counted', async ({
	page,
	browser,
	app,
	db,
	baseURL
}) => {
	const as = async (member: (typeof CAST)['manager' | 'facilitator' | 'coordinator']) => {
		await db.updateTable('account').set({ locale: 'ar' }).where('id', '=', member.id).execute();
		await page.context().clearCookies();
		await enterAs(page, { app, db }, member);
	};
	await as(CAST.manager);
	await page.goto('/settings/asked');
	await page
		.getByRole('region', { name: m.asked_section() })
		.getByRole('button', { name: m.asked_make_draft() })
		.click();
	await expectDone(page, m.done_questions_draft());
	const version = new URL(page.url()).pathname.split('/').at(-1)!;

	await page.getByRole('link', { name: m.asked_add_question() }).click();
	await page.getByLabel(m.question_kind()).selectOption('yes_no');
	const words = page.locator('input[name=q10_13_ar]');
	await words.fill(LOADED);
	await page.getByRole('button', { name: m.question_save() }).click();
	await expect(page.getByText(m.warn_two_in_one())).toBeVisible();
	await words.fill(ASKED);
	await page.getByRole('button', { name: m.question_save() }).click();
	await expectDone(page, m.done_questions_saved());
	await expect(page.getByText(m.warn_two_in_one())).toHaveCount(0);
	expect(await overflow(page)).toEqual([]);

	await page.goto(`/settings/asked/${version}`);
	const forms = page.getByRole('form', { name: bandWords(BAND) });
	await forms.locator('input[name="pulse.own_1"]').fill('1');
	await forms.getByRole('button').click();
	await expectDone(page, m.done_questions_saved());
	await page.getByRole('button', { name: m.asked_publish(), exact: true }).click();
	await expectDone(page, m.done_questions_published());

	await page.goto(`/asked/${version}?band=${BAND}&length=pulse&words=ar&at=1`);
	await expect(page.getByText(m.preview_mark())).toBeVisible();
	await expect(page.getByRole('heading', { name: ASKED })).toBeVisible();
	for (const way of [m.child_skip(), m.child_stop(), m.child_talk()])
		await expect(page.getByRole('button', { name: way, exact: true })).toBeVisible();
	await page.getByRole('button', { name: m.child_next() }).click();
	await expect(page.getByText(m.child_choose_first())).toBeVisible();

	await as(CAST.facilitator);
	const session = await db
		.selectFrom('session')
		.select('id')
		.where('cohort_id', '=', COHORTS.cedars)
		.where('on_date', '=', TODAY)
		.executeTakeFirstOrThrow();
	await page.goto(`/sessions/${session.id}`);
	await page.getByRole('button', { name: m.feedback_open() }).click();
	await expectDone(page, m.done_feedback_opened());
	const { code } = await db
		.selectFrom('feedback_code')
		.select('code')
		.where('session_id', '=', session.id)
		.executeTakeFirstOrThrow();
	const form: Form = formFor(BAND, 'pulse', (await listAsked(db, [version])).get(version)!);
	const ownAt = form.items.indexOf('own_1');

	const phone = await childsPhone(browser, baseURL!, { locale: 'ar', javaScript: false });
	const child = await phone.newPage();
	await child.goto(`/s/${code}?lang=ar`);
	for (let at = 0; at < ownAt; at += 1)
		await child.getByRole('button', { name: m.child_skip(), exact: true }).click();
	await expect(child.getByRole('heading', { name: ASKED })).toBeVisible();
	await child.getByRole('radio', { name: m.ask_option_yes(), exact: true }).check();
	await child.getByRole('button', { name: m.child_next() }).click();
	for (let at = ownAt + 1; at < form.items.length; at += 1)
		await child.getByRole('button', { name: m.child_skip(), exact: true }).click();
	await child.getByRole('button', { name: m.child_send(), exact: true }).click();
	await expect(child.getByRole('heading', { name: m.child_sent() })).toBeVisible();
	await phone.close();

	await page.goto(`/voices/paper/${session.id}`);
	await expect(page.getByText(m.error_not_found())).toHaveCount(0);
	await as(CAST.coordinator);
	await page.goto('/voices/paper');
	await page.locator(`a[href="/voices/paper/${session.id}"]`).click();
	await page.getByLabel(m.paper_code_label()).fill('000000');
	await page.getByRole('button', { name: m.paper_code_go() }).click();
	await expect(page.getByText(m.paper_other_version())).toBeVisible();
	await page.getByLabel(m.paper_code_label()).fill(paperCode(form));
	await page.getByRole('button', { name: m.paper_code_go() }).click();
	for (let row = 1; row <= SHEETS; row += 1)
		await page.locator(`input[name="sheet.${row}.own_1"]`).fill(row === 1 ? '7' : '2');
	await page.keyboard.press('Enter');
	await expect(page.getByText(m.paper_no_such_option())).toBeVisible();
	await page.locator('input[name="sheet.1.own_1"]').fill('١');
	await page.keyboard.press('Enter');
	await expectDone(page, m.done_paper_saved());
	expect(await overflow(page)).toEqual([]);

	await as(CAST.facilitator);
	await page.goto(`/sessions/${session.id}`);
	await page.getByRole('link', { name: m.feedback_close() }).click();
	await page.getByRole('dialog').getByRole('button', { name: m.feedback_close() }).click();
	await expectDone(page, m.done_feedback_closed());
	await as(CAST.manager);
	await page.goto(`/voices/${session.id}`);
	await page.locator('input[name=answered]').fill(String(SHEETS + 1));
	await page.getByRole('button', { name: m.vouch_submit() }).click();
	await expectDone(page, m.done_vouched());
	await page.goto(`/voices/${session.id}`);
	const table = page.getByRole('table', { name: ASKED });
	await expect(table.getByRole('row').filter({ hasText: m.ask_option_yes() })).toContainText(
		String(SHEETS)
	);
	await as(CAST.coordinator);
	await page.goto(`/voices/${session.id}`);
	await expect(page.getByRole('table')).toHaveCount(0);
});
