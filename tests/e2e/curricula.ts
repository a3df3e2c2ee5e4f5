import type { Page } from '@playwright/test';
import { m } from '#lib/paraglide/messages.js';
import { CAST, SECTIONS, VERSIONS } from '#lib/features/example/cast.ts';
import { exampleId } from '#lib/features/example/invent.ts';
import type { Db } from '#lib/platform/db/open.ts';
import { expect, expectDone } from './halqa.ts';
import type { Stop } from './stops.ts';

/** Where pages of curricula look in the example. */
export const CURRICULUM_PATHS: Readonly<Record<string, string>> = {
	'/curricula/[id]': `/curricula/${exampleId('curriculum incredibleMe')}`,
	'/curricula/plans/[id]': `/curricula/plans/${exampleId('session plan incredibleMe 1')}`,
	'/curricula/versions/[id]': `/curricula/versions/${VERSIONS.incredibleMe}`
};

const DRAFT = '0f5c0a52-7d1b-4f0e-9d55-7c8a1e3b2d41';
const PLAN = '0f5c0a52-7d1b-4f0e-9d55-7c8a1e3b2d42';

/** A draft with two sessions, one of them in English alone, as its editors see it. */
export async function aDraft(db: Db): Promise<Stop[]> {
	const section_id = SECTIONS.lebanon;
	await db
		.insertInto('curriculum_version')
		.values({
			...{ id: DRAFT, section_id, curriculum_id: exampleId('curriculum incredibleMe') },
			...{ number: 2, published_on: null, copied_from: VERSIONS.incredibleMe }
		})
		.execute();
	const module = '0f5c0a52-7d1b-4f0e-9d55-7c8a1e3b2d44';
	await db
		.insertInto('curriculum_module')
		.values({ id: module, section_id, version_id: DRAFT, position: 1, name_texts: '{"en":"Now"}' })
		.execute();
	const shared = {
		section_id,
		version_id: DRAFT,
		module_id: module,
		minutes: 60,
		picture: null,
		outdated: '{}'
	};
	await db
		.insertInto('session_plan')
		.values([
			{ ...shared, id: PLAN, position: 1, title_texts: '{"en":"A new beginning"}' },
			{
				...{ ...shared, id: '0f5c0a52-7d1b-4f0e-9d55-7c8a1e3b2d43', position: 2 },
				...{ title_texts: '{"en":"Kites","fr":"Cerfs-volants","ar":"طائرات"}' },
				outdated: '{"title":["ar"]}'
			}
		])
		.execute();
	const activity = {
		section_id,
		plan_id: PLAN,
		minutes: 10,
		children_texts: '{}',
		says_texts: '{}'
	};
	await db
		.insertInto('plan_activity')
		.values([
			{ ...activity, id: exampleId('draft 1'), position: 1, title_texts: '{"en":"Circle"}' },
			{ ...activity, id: exampleId('draft 2'), position: 2, title_texts: '{"en":"Song"}' }
		])
		.execute();
	const as = CAST.manager;
	return [
		{ name: 'curricula draft', as, path: `/curricula/versions/${DRAFT}` },
		{ name: 'curricula draft plan', as, path: `/curricula/plans/${PLAN}` },
		{ name: 'curricula draft picture', as, path: `/curricula/plans/${PLAN}/upload` },
		{ name: 'curricula pasted wrong', as, path: '/curricula/paste', prepare: pasteWrongly }
	];
}

async function pasteWrongly(page: Page): Promise<void> {
	await page.locator('[name="name_en"]').fill('Pasted');
	await page.locator('[name="type"]').selectOption('life_skills');
	await page.getByLabel(m.curricula_paste_field()).fill('Session\tMinutes\tPrice\nA\tlong\t3');
	await page.getByRole('button', { name: m.paste_check() }).click();
	await page.getByRole('table').waitFor();
}

/** From no curriculum to one that cycles are planned from: the template, one session moved by keyboard, published. */
export async function makeCurriculum(page: Page): Promise<void> {
	await page.goto('/curricula');
	await page.getByRole('link', { name: m.curricula_from_template() }).click();
	await page.getByRole('button', { name: m.curriculum_new_submit() }).click();
	await expectDone(page, m.done_curriculum_added());
	const first = page.getByRole('listitem').filter({ has: page.locator('[value$=":down"]') });
	const title = await first.first().getByRole('link').innerText();
	await first
		.first()
		.getByRole('button', { name: m.move_down({ name: title }) })
		.press('Enter');
	await expectDone(page, m.done_order_saved());
	await expect(first.nth(1).getByRole('link')).toHaveText(title);
	await page.getByRole('button', { name: m.curricula_publish_submit() }).click();
	await expectDone(page, m.done_version_published());
	await expect(page.getByRole('button', { name: m.curricula_publish_submit() })).toHaveCount(0);
}
