import { expect, type Browser, type Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { formFor, optionsOf, type Item } from '#lib/features/asking/bank.rules.ts';
import { itemWords, optionWords, splitWords } from '#lib/features/feedback/words.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { childsPhone, openCode, sayAll, send, type Said } from './child.ts';
import { expectDone, logIn } from './halqa.ts';
import type { RunningApp } from '#tests/harness/app.ts';
import { CAST } from '#lib/features/example/cast.ts';

/** Cedars are ten to thirteen, and today's session is an ordinary one of their cycle. */
export const FORM = formFor('10-13', 'pulse');
const WORDS = 'Longer breaks, please';

/**
 * What six children say to *fun*, *safe* and *change*: not alike on the first, alike on the second, and
 * fewer than five in words.
 */
const SIX: readonly (readonly Said[])[] = [
	['completely', 'completely', { words: WORDS }],
	['completely', 'completely', { words: `${WORDS}!` }],
	['a_little', 'completely', 'skip'],
	['a_little', 'completely', 'skip'],
	['not_at_all', 'completely', 'dont know'],
	['mostly', 'completely', { words: `${WORDS}?` }]
];
/** How often each answer to *fun* was given. */
const FUN = { not_at_all: 1, a_little: 2, mostly: 1, completely: 2 };
/** They and the one who deleted hers. */
const BEGUN = 7;

/** From Today to the code of a session of today that is over and recorded; answers its digits. */
export async function openFeedback(page: Page, cohort: string): Promise<string> {
	const offer = page.getByRole('listitem').filter({ hasText: cohort });
	await offer.getByRole('button', { name: m.feedback_open() }).click();
	await expectDone(page, m.done_feedback_opened());
	const link = page.getByRole('link', { name: /\/s\/\d{8}$/ });
	return (await link.getAttribute('href'))!.slice(-8);
}

/** Six children answer and send, every other one without JavaScript; a seventh deletes, an eighth only looks. */
export async function childrenAnswer(
	browser: Browser,
	baseURL: string,
	{ code, language }: { code: string; language: Locale }
): Promise<void> {
	for (const [nth, said] of SIX.entries()) {
		const phone = await childsPhone(browser, baseURL, {
			locale: language,
			javaScript: nth % 2 === 0
		});
		const page = await phone.newPage();
		await openCode(page, code, language);
		await sayAll(page, FORM, said);
		await send(page);
		await phone.close();
	}
	const phone = await childsPhone(browser, baseURL, { locale: language, javaScript: false });
	const page = await phone.newPage();
	await openCode(page, code, language);
	await page.getByRole('radio', { name: optionWords('not_at_all') }).check();
	await page.getByRole('button', { name: m.child_next() }).click();
	await page.getByRole('button', { name: m.child_stop(), exact: true }).click();
	await page.getByRole('button', { name: m.child_stop_delete() }).click();
	await expect(page.getByRole('heading', { name: m.child_withdrawn() })).toBeVisible();
	await phone.close();
	const curious = await childsPhone(browser, baseURL, { locale: language });
	await (await curious.newPage()).goto(`/s/${code}`);
	await curious.close();
}

/** A child asks to talk, under a nickname. */
export async function childAsksToTalk(
	browser: Browser,
	baseURL: string,
	{ code, language, nickname }: { code: string; language: Locale; nickname: string }
): Promise<void> {
	const phone = await childsPhone(browser, baseURL, { locale: language, javaScript: false });
	const page = await phone.newPage();
	await openCode(page, code, language);
	await page.getByRole('button', { name: m.child_talk() }).click();
	await page.getByRole('textbox').fill(nickname);
	await page.getByRole('button', { name: m.child_help_come() }).click();
	await expect(page.getByText(m.child_help_asked_text())).toBeVisible();
	await phone.close();
}

/** Closes the code on the session's page, having been asked. */
export async function closeFeedback(page: Page): Promise<void> {
	await page.getByRole('link', { name: m.feedback_close() }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog).toContainText(m.feedback_close_text());
	await dialog.getByRole('button', { name: m.feedback_close() }).click();
	await expectDone(page, m.done_feedback_closed());
}

/** Nobody sees a result while the code is open. */
export async function expectNoResults(page: Page, session: string): Promise<void> {
	expect((await page.goto(`/voices/${session}`))?.status()).toBe(404);
	await page.goto('/voices');
	await expect(page.locator(`a[href^="/voices/${session}"]`)).toHaveCount(0);
}

/** The results as somebody sees them who did not run the session, from the list on. */
export async function expectResults(page: Page, session: string): Promise<void> {
	await page.goto('/voices');
	await page.locator(`a[href^="/voices/${session}"]`).first().click();
	await expect(page).toHaveURL(new RegExp(session));
	for (const option of optionsOf('fun', FORM)!)
		await expect(lineOf(page, 'fun', optionWords(option))).toContainText(
			String(FUN[option as keyof typeof FUN])
		);
	await expect(lineOf(page, 'safe', optionWords('completely'))).toContainText('6');
	await expect(page.getByText(m.voices_words_kept())).toHaveCount(1);
	await expect(page.getByRole('main')).not.toContainText('%');
	await expect(page.getByRole('main')).not.toContainText(WORDS);
}

/** Whoever ran the session sees nothing of it as long as nobody else has said how many answered. */
export async function expectNothingYet(page: Page): Promise<void> {
	await expect(page.getByText(m.voices_not_yet())).toBeVisible();
	await expect(page.getByRole('table')).toHaveCount(0);
}

/** Somebody who did not run it says so, one step up from what they typed. */
export async function sayHowManyAnswered(page: Page, session: string): Promise<void> {
	await page.goto(`/voices/${session}`);
	await page.locator('input[name=answered]').fill(String(BEGUN - 1));
	await page.getByRole('button', { name: m.vouch_more() }).click();
	await page.getByRole('button', { name: m.vouch_submit() }).click();
	await expectDone(page, m.done_vouched());
}

/** The same results for who ran the session: two groups of three; what all said alike and every word are kept back. */
export async function expectResultsForWhoRanIt(page: Page): Promise<void> {
	await page.reload();
	const liked = splitWords(['mostly', 'completely']);
	for (const group of [liked, m.voices_split_rest()])
		await expect(lineOf(page, 'fun', group)).toContainText('3');
	await expect(page.getByText(m.voices_hidden())).toHaveCount(2);
	await expect(page.getByText(m.voices_too_few())).toHaveCount(0);
}

/** The focal point finds the child on Today, goes, and closes: the name is gone. */
export async function findWhoWantsToTalk(
	browser: Browser,
	app: RunningApp,
	{ language, nickname, cohort }: { language: Locale; nickname: string; cohort: string }
): Promise<void> {
	const phone = await childsPhone(browser, app.origin, { locale: language });
	const page = await phone.newPage();
	await logIn(page, CAST.focalPoint, language);
	const card = page.getByRole('listitem').filter({ hasText: nickname });
	await expect(card).toContainText(cohort);
	await card.getByRole('button', { name: m.concerns_go() }).click();
	await card.getByRole('link', { name: m.concerns_not_found() }).click();
	await page
		.getByRole('dialog')
		.getByRole('button')
		.filter({ hasText: m.concerns_not_found_submit() })
		.click();
	await expect(card).toContainText(m.concerns_missed());
	await card.getByRole('button', { name: m.concerns_go() }).click();
	await card.getByRole('link', { name: m.concerns_talked() }).click();
	await page.getByRole('dialog').getByRole('button', { name: m.concerns_close() }).click();
	await expect(page.getByText(m.concerns_none())).toBeVisible();
	await expect(page.getByText(nickname)).toHaveCount(0);
	await confirmTestAlert(page);
	await phone.close();
}

/** The focal point, who is named to read, hands over one of the three texts and clears the others, which are too few to be shown. */
export async function readWords(
	browser: Browser,
	app: RunningApp,
	{ language, cohort }: { language: Locale; cohort: string }
): Promise<void> {
	const phone = await childsPhone(browser, app.origin, { locale: language });
	const page = await phone.newPage();
	await logIn(page, CAST.focalPoint, language);
	await page.getByRole('link', { name: m.reading_open() }).click();
	const line = page.getByRole('listitem').filter({ hasText: cohort }).last();
	await line.getByRole('link').click();
	await expect(page.getByText(WORDS)).toHaveCount(3);
	await page.getByRole('link', { name: m.reading_harm() }).first().click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('radio', { name: m.concerns_channel_phone() }).check();
	await dialog.getByRole('button', { name: m.reading_harm_submit() }).click();
	await expectDone(page, m.done_words_handed_over());
	await expect(page.getByText(m.reading_handed_over({ count: 1 }))).toBeVisible();
	for (const left of [2, 1]) {
		await expect(page.getByText(WORDS)).toHaveCount(left);
		await page.getByRole('button', { name: m.reading_clear() }).first().click();
		await expectDone(page, m.done_words_cleared());
	}
	await expect(page).toHaveURL(/\/reading\?/);
	await phone.close();
}

/** The focal point sends a test alert, which the example shows in place of sending it, and confirms it. */
async function confirmTestAlert(page: Page): Promise<void> {
	await page.goto('/settings/alerts');
	await page.getByRole('button', { name: m.alerts_test() }).click();
	await page.getByRole('link', { name: m.alerts_confirm_title() }).click();
	await page.getByRole('button', { name: m.alerts_confirm() }).click();
	await expectDone(page, m.done_alert_confirmed());
}

function lineOf(page: Page, item: Item, option: string) {
	return page
		.getByRole('table', { name: itemWords(item, '10-13') })
		.getByRole('row')
		.filter({ has: page.getByRole('rowheader', { name: option, exact: true }) });
}
