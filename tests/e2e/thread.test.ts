import type { Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import {
	CAST,
	centreId,
	COHORTS,
	facilitatorsAt,
	MILESTONES,
	TARGETS
} from '#lib/features/example/cast.ts';
import { lebaneseHolidays } from '#lib/features/centres/holidays.rules.ts';
import { clashWords } from '#lib/features/sessions/words.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { timesOf } from '#lib/platform/clock/days.ts';
import { formatDate, formatPercent } from '#lib/platform/i18n/format.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import {
	centreFigures,
	centreLine,
	countryFigures,
	missingIn,
	targetCard,
	type Figures
} from './figures.ts';
import {
	enterAs,
	expect,
	expectDone,
	LANGUAGES,
	LAPTOP,
	logIn,
	mainPages,
	pagesOf,
	PHONE,
	test,
	TODAY
} from './halqa.ts';
import { startApp } from '#tests/harness/app.ts';
import { collidingWish, confirmButton, openWord, pill, sayWish, steps } from './planner.ts';
import {
	childAsksToTalk,
	childrenAnswer,
	closeFeedback,
	expectNoResults,
	expectResults,
	expectNothingYet,
	expectResultsForWhoRanIt,
	readWords,
	sayHowManyAnswered,
	findWhoWantsToTalk,
	openFeedback
} from './listening.ts';
import { headcount, readRegister, saveAgainButton, saveButton, tap, thereOf } from './register.ts';
import { linkCycle, readTally } from './steering.ts';

/** When every session of the day is over, in Beirut at ten past six. */
const EVENING = '2026-11-24T16:10:00Z';

for (const locale of LANGUAGES)
	test.describe(`in ${locale}`, () => {
		test.describe.configure({ timeout: 180_000 });
		test.use({ locale });

		test('what is planned, recorded and said is what the manager sees, to the number', async ({
			browser,
			app,
			db,
			language
		}) => {
			const names = await wordsOfExample(db, language);
			const office = await browser.newContext({ locale, viewport: LAPTOP, baseURL: app.origin });
			const manager = await office.newPage();
			await logIn(manager, CAST.manager, language);
			await manager.goto(`/targets?centres=${TARGETS.strategy}`);
			const before = await readTargets(manager, names);
			const akkar = await readTally(manager, MILESTONES.akkar);

			const phone = await browser.newContext({ locale, viewport: PHONE, baseURL: app.origin });
			const morning = await phone.newPage();
			await logIn(morning, CAST.facilitator, language);
			await planButterflies(morning, names, language);
			await findInCalendar(morning, names.butterflies);
			await linkCycle(manager, MILESTONES.newGroups, names.butterflies);
			expect(await readTally(manager, MILESTONES.newGroups)).toEqual({ held: 0, linked: 12 });
			await office.close();
			await phone.close();

			// No register is taken before its session begins: the day goes on until all are over.
			await using evening = await startApp({
				env: { HALQA_NOW: EVENING, HALQA_KEYS: app.keyRingFile },
				databaseUrl: app.databaseUrl
			});
			const desk = await browser.newContext({ locale, viewport: LAPTOP, baseURL: evening.origin });
			const later = await desk.newPage();
			await enterAs(later, { app: evening, db }, CAST.manager);
			const pocket = await browser.newContext({
				locale,
				viewport: PHONE,
				baseURL: evening.origin
			});
			const page = await pocket.newPage();
			await enterAs(page, { app: evening, db }, CAST.facilitator);
			await page.goto('/today');
			const reachedBefore = await everyoneReachedIn(page, [
				COHORTS.cedars,
				COHORTS.swallows,
				COHORTS.butterflies
			]);

			const registers = [
				await recordNow(page, names.cedars, true),
				await recordNow(page, names.butterflies, true),
				await recordNow(page, names.swallows, false),
				await recordOldestOwed(page)
			];
			await mainPages(page).getByRole('link', { name: m.nav_today() }).click();
			await expect(nowCard(page)).toContainText(m.today_done());

			const there = registers.flat();
			const reachedNow = new Set(there.filter((name) => !reachedBefore.has(name)));
			expect(reachedNow.size, 'someone was never reached before').toBeGreaterThan(0);
			expect(
				there.filter((name) => registers[1]!.includes(name)).length,
				'a girl of two cohorts'
			).toBeGreaterThan(registers[1]!.length);

			await page.goto('/today');
			const code = await openFeedback(page, names.cedars);
			const session = page.url().match(/sessions\/([0-9a-f-]+)/)![1]!;
			const open = { code, language };
			await childAsksToTalk(browser, evening.origin, { ...open, nickname: 'Zuzu' });
			await childrenAnswer(browser, evening.origin, open);
			await page.reload();
			await expect(page.getByText(m.feedback_sent({ count: 5 }))).toBeVisible();
			await expectNoResults(later, session);
			await closeFeedback(page);
			await page.getByRole('link', { name: m.feedback_see_results() }).click();
			await expectNothingYet(page);
			await sayHowManyAnswered(later, session);
			await expectResults(later, session);
			await readWords(browser, evening, { language, cohort: names.cedars });
			await expectResults(later, session);
			await expectResultsForWhoRanIt(page);
			await findWhoWantsToTalk(browser, evening, {
				language,
				nickname: 'Zuzu',
				cohort: names.cedars
			});

			const { held, linked } = await readTally(later, MILESTONES.akkar);
			expect({ held: held - akkar.held, linked }).toEqual({ held: 3, linked: akkar.linked });
			expect(await readTally(later, MILESTONES.newGroups)).toEqual({ held: 1, linked: 12 });
			await expect(later.getByText(formatPercent(0.08, language))).not.toHaveCount(0);

			await later.goto(`/targets?centres=${TARGETS.strategy}`);
			const after = await readTargets(later, names);
			expect(after.country).toEqual(plus(before.country, reachedNow.size, there.length));
			expect(after.centre).toEqual(plus(before.centre, reachedNow.size, there.length));
			expect(after.lastQuarter, 'another period stays as it was').toEqual(before.lastQuarter);
			expect(after.missing).toBe(before.missing - 1);
		});
	});

interface Names {
	butterflies: string;
	cedars: string;
	swallows: string;
	strategy: string;
	lastQuarter: string;
	centre: string;
	cleanUpDay: string;
}

/** What the example calls its things in a language: content, which no catalogue holds. */
async function wordsOfExample(db: Db, language: Locale): Promise<Names> {
	const cohorts = await db.selectFrom('cohort').select(['id', 'name_texts']).execute();
	const targets = await db.selectFrom('target').select(['id', 'name_texts']).execute();
	const centres = await db.selectFrom('centre').select(['id', 'name_texts']).execute();
	const days = await db
		.selectFrom('closed_day')
		.select(['centre_id as id', 'name_texts'])
		.where('centre_id', 'is not', null)
		.execute();
	const named = (rows: { id: string | null; name_texts: string }[], id: string) =>
		textIn(rows.find((row) => row.id === id)!.name_texts, language);
	return {
		butterflies: named(cohorts, COHORTS.butterflies),
		cedars: named(cohorts, COHORTS.cedars),
		swallows: named(cohorts, COHORTS.swallows),
		strategy: named(targets, TARGETS.strategy),
		lastQuarter: named(targets, TARGETS.lastQuarter),
		centre: named(centres, centreId(1)),
		cleanUpDay: named(days, centreId(1))
	};
}

interface Noted {
	country: Figures;
	centre: Figures;
	lastQuarter: Figures;
	/** Registers the centre owes. */
	missing: number;
}

async function readTargets(page: Page, names: Names): Promise<Noted> {
	await expect(page.getByRole('heading', { level: 1, name: m.nav_targets() })).toBeVisible();
	const card = targetCard(page, names.strategy);
	const line = centreLine(card, names.centre);
	return {
		country: await countryFigures(card),
		centre: await centreFigures(line),
		lastQuarter: await countryFigures(targetCard(page, names.lastQuarter)),
		missing: await missingIn(line)
	};
}

function plus({ people, participations }: Figures, more: number, seen: number): Figures {
	return { people: people + more, participations: participations + seen };
}

/** Everyone marked as there in any saved register of these cohorts, by name: names of the example are unique. */
async function everyoneReachedIn(page: Page, cohortIds: string[]): Promise<Set<string>> {
	const reached = new Set<string>();
	for (const id of cohortIds) {
		await page.goto(`/cohorts/${id}`);
		const held = page.getByRole('main').getByRole('link', { name: m.ui_bead_held() });
		const addresses = await held.evaluateAll((links) =>
			links.map((link) => link.getAttribute('href')!)
		);
		for (const address of addresses) {
			await page.goto(address);
			await expect(saveAgainButton(page)).toBeVisible();
			for (const name of thereOf(await readRegister(page))) reached.add(name);
		}
	}
	return reached;
}

/** From Today to a confirmed cycle of twelve, its clashes solved and its closed days left out by name. */
async function planButterflies(page: Page, names: Names, language: Locale): Promise<void> {
	await page.goto('/today');
	await mainPages(page).getByRole('link', { name: m.nav_plan() }).click();
	await pagesOf(page, m.nav_plan()).getByRole('link', { name: m.nav_cohorts() }).click();
	await page.getByRole('link', { name: m.plan_title() }).click();
	await sayWish(page, collidingWish(TODAY), language);

	const laid = steps(page);
	const firstLine = laid.filter({ hasText: formatDate(TODAY, language, 'day') });
	await expect(firstLine).toContainText(m.level_block());
	await expect(firstLine).toContainText(
		clashWords(
			{
				key: '1',
				kind: 'room',
				level: 'block',
				who: [names.swallows],
				time: timesOf({ time: '15:00', minutes: 90 })
			},
			language
		)
	);
	await expect(confirmButton(page, 12)).toBeDisabled();
	await expect(page.getByText(m.clash_alone())).toBeVisible();
	const colleague = facilitatorsAt(1)[1]!;
	const staff = await openWord(page, m.word_facilitators());
	await pill(staff, colleague.name).click();
	await expect(page).toHaveURL(new RegExp(`with=${colleague.id}`));
	await expect(page.getByText(m.clash_alone())).toHaveCount(0);
	await page.keyboard.press('Escape');

	const christmas = lebaneseHolidays(2026).find(({ date }) => date === '2026-12-25')!;
	await expect(laid.filter({ hasText: formatDate('2026-12-25', language, 'day') })).toContainText(
		m.plan_skipped_day({ name: christmas.names[language] })
	);
	await expect(laid.filter({ hasText: formatDate('2026-12-15', language, 'day') })).toContainText(
		m.plan_skipped_day({ name: names.cleanUpDay })
	);

	const clashing = laid.filter({ hasText: m.level_block() });
	const clashes = await clashing.count();
	await firstLine.getByRole('link').click();
	await expect(clashing).toHaveCount(clashes - 1);
	await page.getByRole('link', { name: m.plan_take_all({ count: clashes - 1 }) }).click();
	await expect(clashing).toHaveCount(0);
	await confirmButton(page, 12).click();
	await expectDone(page, m.done_planned());
}

/** The week view shows all twelve sessions, week after week. */
async function findInCalendar(page: Page, cohort: string): Promise<void> {
	const own = page.getByRole('main').getByRole('link').filter({ hasText: cohort });
	await expect(own).toHaveCount(2);
	let found = 0;
	for (let week = 0; week < 8; week += 1) {
		found += await own.count();
		const here = page.url();
		await page.getByRole('link', { name: m.calendar_next() }).click();
		await expect(page).not.toHaveURL(here);
		await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
	}
	expect(found).toBe(12);
}

function nowCard(page: Page) {
	return page.locator('section.now');
}

/** Takes the register Today's card offers, which must be this cohort's. Answers the names of those who were there. */
async function recordNow(page: Page, cohort: string, withExceptions: boolean): Promise<string[]> {
	await mainPages(page).getByRole('link', { name: m.nav_today() }).click();
	await expect(nowCard(page)).toContainText(cohort);
	await nowCard(page).getByRole('link', { name: m.today_take_register() }).click();
	return record(page, withExceptions);
}

/** Takes the oldest register Today says is owed. */
async function recordOldestOwed(page: Page): Promise<string[]> {
	await mainPages(page).getByRole('link', { name: m.nav_today() }).click();
	await page.getByRole('region', { name: m.today_unrecorded() }).getByRole('link').first().click();
	return record(page, false);
}

async function record(page: Page, withExceptions: boolean): Promise<string[]> {
	await expect(saveButton(page)).toBeVisible();
	const [first, second] = await readRegister(page);
	if (withExceptions) {
		await tap(page, first!.name, 'absent');
		await tap(page, second!.name, 'late');
	}
	const there = thereOf(await readRegister(page));
	await expect(page.locator('.there b')).toHaveText(String(there.length));
	await headcount(page).fill(String(there.length));
	await saveButton(page).click();
	await expectDone(page, m.done_recorded());
	await expect(saveAgainButton(page)).toBeVisible();
	return there;
}
