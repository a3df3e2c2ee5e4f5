import type { Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import {
	CAST,
	COHORTS,
	PROJECT_MANAGER_OF_ONE,
	PROJECTS,
	type CastMember
} from '#lib/features/example/cast.ts';
import { ATTENDED } from '#lib/features/counts/rules.ts';
import { textIn } from '#lib/platform/i18n/texts.ts';
import { enterAs, expect, expectDone, PHONE, test } from './halqa.ts';
import { lowTargets, overflow } from './inspect.ts';

test.use({ locale: 'ar', javaScriptEnabled: false, viewport: PHONE });

const GRANT = 'مجموعات نهر الليطاني';

/** Enters as an account that reads Arabic from now on. */
async function enterReading(page: Page, on: Parameters<typeof enterAs>[1], member: CastMember) {
	await on.db.updateTable('account').set({ locale: 'ar' }).where('id', '=', member.id).execute();
	await enterAs(page, on, member);
}

async function fitsThePhone(page: Page) {
	expect([...(await overflow(page)), ...(await lowTargets(page))]).toEqual([]);
}

test('a grant is made, gets a cycle and a target, and the target counts who came to that cycle alone', async ({
	page,
	app,
	db
}) => {
	const { cycle_id: cycle, people } = await db
		.selectFrom('session')
		.innerJoin('mark', 'mark.session_id', 'session.id')
		.select('session.cycle_id')
		.select((eb) => eb.fn.count<number>('mark.person_id').distinct().as('people'))
		.where('session.cohort_id', '=', COHORTS.almondBlossoms)
		.where('session.status', '=', 'held')
		.where('mark.code', 'in', ATTENDED)
		.groupBy('session.cycle_id')
		.executeTakeFirstOrThrow();
	await enterReading(page, { app, db }, CAST.manager);
	await page.goto('/projects');
	await page.getByRole('link', { name: m.project_new() }).click();
	await page.locator('[name=name_ar]').fill(GRANT);
	await page.locator('[name=starts]').fill('2026-01-01');
	await page.locator('[name=ends]').fill('2027-12-31');
	await page.getByLabel(m.project_countries()).fill('لبنان، أطلانطس');
	await page.getByLabel(m.project_new_funder()).fill('مؤسسة النهر');
	await page.getByRole('button', { name: m.project_new_submit() }).click();
	await expect(page.getByText(m.project_country_unknown({ names: 'أطلانطس' }))).toBeVisible();
	await page.getByLabel(m.project_countries()).fill('لبنان');
	await page.getByRole('button', { name: m.project_new_submit() }).click();
	await expectDone(page, m.done_project_made());
	await expect(page.getByText('مؤسسة النهر')).toBeVisible();
	await fitsThePhone(page);

	await page.getByLabel(m.project_cycle(), { exact: true }).selectOption(cycle);
	await page.getByRole('button', { name: m.project_cycle_add() }).click();
	await expectDone(page, m.done_project_filled());

	await page.getByRole('link', { name: m.project_target_new() }).click();
	await expect(page.getByRole('checkbox', { name: GRANT })).toBeChecked();
	await page.locator('[name=amount]').fill('40');
	await page.locator('[name=name_ar]').fill('أطفال النهر');
	await page.locator('[name=definition_ar]').fill('كل من حضر');
	await page.locator('[name=startsOn]').fill('2026-01-01');
	await page.getByRole('button', { name: m.target_new_submit() }).click();
	await expectDone(page, m.done_target_added());

	const targets = page.getByRole('region', { name: m.project_targets(), exact: true });
	await page.goto('/projects');
	await page.getByRole('link', { name: GRANT }).click();
	await expect(targets).toContainText(m.people_count({ count: people }));
	await page.getByRole('button', { name: m.project_cycle_out() }).click();
	await expectDone(page, m.done_project_cycle_out());
	await expect(targets).toContainText(m.people_count({ count: 0 }));
	await fitsThePhone(page);
});

test('who manages one project sees its countries side by side, steers its milestones, and sees no person', async ({
	page,
	app,
	db
}) => {
	const milestones = await db
		.selectFrom('milestone')
		.innerJoin('roadmap_outcome as outcome', 'outcome.id', 'milestone.outcome_id')
		.innerJoin('roadmap', 'roadmap.id', 'outcome.roadmap_id')
		.innerJoin('project_milestone as link', 'link.milestone_id', 'milestone.id')
		.select(['milestone.id', 'milestone.section_id', 'milestone.reached_on'])
		.select('roadmap.name_texts')
		.where('link.project_id', '=', PROJECTS.nowAndFuture)
		.execute();
	await enterReading(page, { app, db }, PROJECT_MANAGER_OF_ONE);
	await page.goto(`/projects/${PROJECTS.nowAndFuture}`);
	const roadmaps = page.getByRole('region', { name: m.project_roadmaps(), exact: true });
	for (const { name_texts } of milestones)
		await expect(roadmaps.getByRole('heading', { name: textIn(name_texts, 'ar') })).toBeVisible();
	await fitsThePhone(page);

	const own = milestones.find(
		({ section_id, reached_on }) => section_id === CAST.managerTogo.sectionId && !reached_on
	)!;
	await page.goto(`/roadmaps/milestones/${own.id}/edit`);
	await page.locator('form[action*="save"] [name=ends]').first().fill('2027-11-30');
	await page.getByLabel(m.roadmap_reason()).first().fill('القاعة مشغولة');
	await page.getByRole('button', { name: m.settings_save() }).first().click();
	await expectDone(page, m.done_saved());
	for (const closed of ['/people', '/cohorts', '/exports', '/projects/new'])
		expect((await page.goto(closed))?.status(), closed).toBe(403);
});
