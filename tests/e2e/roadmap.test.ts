import type { Locator, Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { CAST, COHORTS, MILESTONES, ROADMAPS } from '#lib/features/example/cast.ts';
import { stateWord } from '#lib/features/roadmap/words.ts';
import { addDays } from '#lib/platform/clock/days.ts';
import { formatNumber, formatPercent } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { jpegFromPhone } from '#tests/factories/pictures.ts';
import {
	enterAs,
	expect,
	expectDone,
	IS_FULL,
	LANGUAGES,
	LAPTOP,
	logIn,
	PHONE,
	test,
	TODAY
} from './halqa.ts';
import { frameFaults, lowTargets, overflow, violations } from './inspect.ts';

const addressOf = (milestone: string) => `/roadmaps/milestones/${milestone}`;

function receiptOf(page: Page): Locator {
	return page.getByRole('region', { name: m.milestone_receipt(), exact: true });
}

/** So many of so many held, as the receipt says it in the language of the journey. */
async function expectHeld(page: Page, held: number, linked: number, language: Locale) {
	const receipt = receiptOf(page);
	await expect(receipt).toContainText(
		m.milestone_held_of({ count: held, linked: formatNumber(linked, language) })
	);
	const percent = formatPercent(Math.floor((100 * held) / linked) / 100, language);
	await expect(receipt).toContainText(percent);
}

async function choose(page: Page, cycle: string): Promise<void> {
	await page.getByLabel(m.milestone_link_cycle(), { exact: true }).selectOption(cycle);
	await page.getByRole('button', { name: m.milestone_link_submit() }).click();
}

function closing(page: Page): Locator {
	return page.getByRole('region', { name: m.milestone_close_title() });
}

async function fillClosing(page: Page, reached: string, evidence: string, confirmed: string) {
	const form = closing(page);
	await form.getByLabel(m.milestone_reached_on()).fill(reached);
	await form.getByLabel(m.milestone_evidence()).fill(evidence);
	await form.getByLabel(m.milestone_confirmed()).fill(confirmed);
	await form.getByRole('button', { name: m.milestone_close_submit() }).click();
}

const READERS = [
	{ locale: 'en', javaScriptEnabled: true, viewport: LAPTOP },
	...(IS_FULL ? [{ locale: 'ar', javaScriptEnabled: true, viewport: LAPTOP }] : []),
	{ locale: 'ar', javaScriptEnabled: false, viewport: PHONE }
];
for (const reader of READERS)
	test.describe(`${reader.locale}, ${reader.javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
		test.use(reader);

		test('the manager links a cycle and the percent is that of its sessions; unlinking gives it back', async ({
			page,
			db,
			language
		}) => {
			const { cycle_id: cycle, held } = await db
				.selectFrom('session')
				.select((eb) => [
					'cycle_id',
					eb.fn.countAll<number>().filterWhere('status', '=', 'held').as('held')
				])
				.where('cohort_id', '=', COHORTS.rivers)
				.groupBy('cycle_id')
				.executeTakeFirstOrThrow();
			const cohort = await db
				.selectFrom('cohort')
				.select('name_texts')
				.where('id', '=', COHORTS.rivers)
				.executeTakeFirstOrThrow();
			const rivers = textIn(cohort.name_texts, language);
			await logIn(page, CAST.manager, language);
			await page.goto('/roadmaps');
			await expect(page).toHaveURL(`/roadmaps/${ROADMAPS.lebanon}`);
			await page.goto(addressOf(MILESTONES.newGroups));
			await expect(receiptOf(page)).toContainText(m.milestone_cycles_none());

			await choose(page, '');
			await expect(page.getByText(m.form_choose())).toBeVisible();
			await choose(page, cycle!);
			await expectDone(page, m.done_linked());
			await expectHeld(page, held, 12, language);
			await expect(page.locator('select[name=cycle]')).not.toContainText(rivers);

			await page
				.getByRole('button', { name: m.milestone_unlink_named({ cohort: rivers }) })
				.click();
			await expectDone(page, m.done_unlinked());
			await expect(receiptOf(page)).toContainText(m.milestone_cycles_none());
			await page.getByRole('button', { name: m.undo_button() }).click();
			await expectHeld(page, held, 12, language);
		});

		test('a file that shows it is added under a title, opened, taken away and put back', async ({
			page,
			language
		}) => {
			await logIn(page, CAST.manager, language);
			await page.goto(addressOf(MILESTONES.code));
			await page.getByRole('link', { name: m.evidence_file_add() }).click();
			const send = async (name: string, buffer: Buffer) => {
				const file = { name, mimeType: 'application/octet-stream', buffer };
				await page.getByLabel(m.evidence_file(), { exact: true }).setInputFiles(file);
				await page.getByRole('button', { name: m.evidence_file_add() }).click();
			};
			await page.getByLabel(m.evidence_name()).fill('Signed lists');
			await send('Nour.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
			await expect(page.getByText(m.file_refused_type())).toBeVisible();
			await expect(page.getByLabel(m.evidence_name())).toHaveValue('Signed lists');
			await send('Nour.exe', jpegFromPhone(6));
			await expectDone(page, m.done_saved());
			const link = page.getByRole('link', { name: 'Signed lists' });
			const answer = await page.request.get((await link.getAttribute('href'))!);
			expect(answer.headers()).toMatchObject({
				'content-type': 'image/jpeg',
				'content-disposition': "inline; filename*=UTF-8''Signed%20lists.jpg",
				'content-security-policy': "default-src 'none'; sandbox",
				'x-content-type-options': 'nosniff',
				'cache-control': 'no-store'
			});
			expect((await answer.body()).includes('33.8938')).toBe(false);
			await page
				.getByRole('button', { name: m.evidence_remove_named({ name: 'Signed lists' }) })
				.click();
			await expect(link).toHaveCount(0);
			await page.getByRole('button', { name: m.undo_button() }).click();
			await expect(link).toBeVisible();
		});

		test('a checkpoint closes with day, evidence and who confirmed, and opens again', async ({
			page,
			language
		}) => {
			await logIn(page, CAST.manager, language);
			await page.goto(addressOf(MILESTONES.code));
			await expect(page.getByRole('main')).toContainText(stateWord('at_risk'));

			await fillClosing(page, addDays(TODAY, 1), 'Signed lists, 18 of 18', '');
			await expect(closing(page).getByText(m.form_required())).toBeVisible();
			await fillClosing(page, addDays(TODAY, 1), 'Signed lists, 18 of 18', 'Board');
			await expect(closing(page).getByText(m.milestone_refused_future())).toBeVisible();
			await expect(closing(page).getByLabel(m.milestone_evidence())).toHaveValue(
				'Signed lists, 18 of 18'
			);
			await fillClosing(page, TODAY, 'Signed lists, 18 of 18', 'Board');
			await expectDone(page, m.done_milestone_closed());
			await expect(page.getByRole('main')).toContainText('Signed lists, 18 of 18');
			await expect(page.getByRole('main')).toContainText(stateWord('done'));
			await expect(closing(page)).toHaveCount(0);

			await page.getByRole('button', { name: m.milestone_reopen() }).click();
			await expectDone(page, m.done_milestone_reopened());
			await expect(closing(page).getByLabel(m.milestone_evidence())).toHaveValue(
				'Signed lists, 18 of 18'
			);
		});
	});

test('a link to a milestone that was closed meanwhile is refused in words', async ({
	page,
	db,
	language
}) => {
	await logIn(page, CAST.manager, language);
	await page.goto(addressOf(MILESTONES.akkar));
	const other = await page.context().newPage();
	await other.goto(addressOf(MILESTONES.akkar));
	await fillClosing(other, TODAY, 'Enough', 'Board');
	await expectDone(other, m.done_milestone_closed());

	const { cycle_id } = await db
		.selectFrom('session')
		.select('cycle_id')
		.where('cohort_id', '=', COHORTS.rivers)
		.executeTakeFirstOrThrow();
	const links = () => db.selectFrom('milestone_cycle').selectAll().execute();
	const before = await links();
	await choose(page, cycle_id!);
	await expect(page.getByText(m.milestone_refused_closed())).toBeVisible();
	expect(await links()).toHaveLength(before.length);
});

for (const locale of LANGUAGES)
	test.describe(`on paper, ${locale}`, () => {
		test.use({ locale, viewport: LAPTOP });

		test('every roadmap is one A4 page', async ({ page, language }) => {
			await logIn(page, CAST.network, language);
			for (const id of Object.values(ROADMAPS)) {
				await page.goto(`/roadmaps/${id}`);
				const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
				expect(pdf.match(/\/Type\s*\/Page\b/g), id).toHaveLength(1);
				const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!;
				expect(Number(width)).toBeGreaterThan(Number(height));
			}
		});
	});

for (const locale of LANGUAGES)
	test.describe(`at every width, ${locale}`, () => {
		test.use({ locale });

		test('the roadmap and a receipt read well, and labels never meet', async ({
			page,
			app,
			db,
			language
		}) => {
			await enterAs(page, { app, db }, CAST.manager);
			await db.updateTable('account').set({ locale: language }).execute();
			for (const viewport of [LAPTOP, PHONE]) {
				await page.setViewportSize(viewport);
				for (const path of [addressOf(MILESTONES.akkar), `/roadmaps/${ROADMAPS.lebanon}`]) {
					await page.goto(path);
					expect(await frameFaults(page, language)).toEqual([]);
					expect(await overflow(page)).toEqual([]);
					expect(await lowTargets(page)).toEqual([]);
					// on a phone in English the tour asks axe
					if (IS_FULL || viewport === LAPTOP) expect(await violations(page)).toEqual([]);
				}
				expect(await meetingLabels(page)).toEqual([]);
			}
		});
	});

/** Labels of the timeline that lie over each other, two by two. */
function meetingLabels(page: Page): Promise<string[]> {
	return page.locator('.timeline .label > *').evaluateAll((labels) => {
		const boxes = labels
			.map((label) => ({ text: label.textContent, box: label.getBoundingClientRect() }))
			.filter(({ box }) => box.width > 1 && box.height > 1);
		return boxes.flatMap((one, i) =>
			boxes
				.slice(i + 1)
				.filter(
					({ box }) =>
						box.left < one.box.right - 1 &&
						box.right > one.box.left + 1 &&
						box.top < one.box.bottom - 1 &&
						box.bottom > one.box.top + 1
				)
				.map((other) => `${one.text} / ${other.text}`)
		);
	});
}

test('partners outside the section see the roadmap and no name of a cohort', async ({
	page,
	language
}) => {
	await logIn(page, CAST.advisoryGroup, language);
	await page.goto(addressOf(MILESTONES.akkar));
	await expect(receiptOf(page)).toBeVisible();
	const text = await page.getByRole('main').innerText();
	for (const name of ['Cedars', 'Swallows', 'أشجار الأرز', 'طيور السنونو'])
		expect(text).not.toContain(name);
	await expect(page.getByRole('button', { name: m.milestone_close_submit() })).toHaveCount(0);
});
