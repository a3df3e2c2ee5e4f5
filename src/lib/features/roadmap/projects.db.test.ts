import { beforeEach, describe, expect, it } from 'vitest';
import { endOverrule, overrule } from './standing.commands.server.ts';
import type { Permission } from '#lib/platform/access/roles.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { takeBack } from '#lib/platform/undo/undo.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addMilestone,
	addProject,
	addRoadmap,
	addSection,
	contextOf,
	NOW,
	type Account
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { WAYS } from '../../../routes/(staff)/undo/ways.server.ts';
import { addActivity } from './activity.commands.server.ts';
import { closeMilestone } from './commands.server.ts';
import { findMilestoneSheet, findRoadmapSheet } from './editing.queries.server.ts';
import { removeMilestone, saveMilestone } from './milestone.commands.server.ts';
import { listProjectLanes } from './project-lanes.queries.server.ts';
import { findRoadmap } from './queries.server.ts';

let fresh: FreshDatabase;
let here: Setting;
let far: Setting;
let project: string;
let roadmap: string;
/** One of the project, one that is not. */
let inside: string;
let outside: string;
let steering: Account;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	far = await aSetting(fresh, { sectionId: await addSection(fresh, 'Togo') });
	project = await addProject(fresh, here.sectionId, { others: [{ section_id: far.sectionId }] });
	const made = await addRoadmap(fresh, { section_id: here.sectionId });
	roadmap = made.roadmapId;
	const row = {
		section_id: here.sectionId,
		outcome_id: made.outcomeId,
		kind: 'checkpoint' as const
	};
	inside = await addMilestone(fresh, row);
	outside = await addMilestone(fresh, { ...row, position: 2 });
	await belongs(inside, here.sectionId);
	steering = await addAccount(fresh, {
		sectionId: here.sectionId,
		also: [{ role: 'project_manager', centreIds: null, bodyId: null, projectId: project }]
	});
});

function belongs(milestone_id: string, section_id: string) {
	return fresh.db
		.insertInto('project_milestone')
		.values({ project_id: project, milestone_id, section_id })
		.execute();
}

const as = (account: Account, permission: Permission = 'steer milestones') =>
	contextOf(fresh, account, NOW, permission);

async function save(account: Account, id: string, given: object = {}) {
	const sheet = (await findMilestoneSheet(as(here.manager), id, 'en'))!;
	const outcome = await saveMilestone(
		as(account),
		{
			...{ milestoneId: id, locale: 'en', version: sheet.version, name_en: sheet.name },
			...{ outcome: sheet.outcomeId, kind: 'checkpoint', after: sheet.after },
			...{ starts: sheet.startsOn, ends: sheet.dueOn, project: sheet.projectIds },
			...given
		},
		newId()
	);
	return outcome.ok ? 'saved' : outcome.refusal.reason;
}

describe('a project manager of one project', () => {
	it('sees the roadmaps of its milestones, and those alone', async () => {
		const ids = async (account: Account) =>
			(await findRoadmap(as(account, 'see roadmaps'), roadmap, 'en'))!.outcomes.flatMap(
				({ milestones }) => milestones.map(({ id }) => id)
			);
		expect(await ids(steering)).toEqual([inside]);
		expect((await ids(here.manager)).sort()).toEqual([inside, outside].sort());
	});

	it('changes dates, state, evidence and activities of its milestones, and of no other', async () => {
		const dates = { starts: '2026-02-01', ends: '2026-09-09', reason: 'The hall is taken' };
		const say = (id: string) =>
			overrule(
				as(steering),
				{
					...{ milestoneId: id, locale: 'en', state: 'on_time' },
					why: 'Agreed',
					until: '2026-06-01'
				},
				newId()
			);
		const activity = (milestoneId: string) =>
			addActivity(
				as(steering),
				{
					...{ milestoneId, name_en: 'Write', starts: '2026-02-01', ends: '2026-03-01' },
					status: 'planned'
				},
				newId()
			);
		const close = async (id: string) => {
			const { version } = (await findMilestoneSheet(as(here.manager), id, 'en'))!;
			const said = {
				milestoneId: id,
				version,
				reached: '2026-03-01',
				evidence: 'A',
				confirmed: 'B'
			};
			return closeMilestone(as(steering), said, { once: newId(), locale: 'en' });
		};
		expect(await save(steering, inside, dates)).toBe('saved');
		expect(await save(steering, outside, dates)).toBe('not_found');
		for (const act of [say, activity, close]) {
			expect(await act(outside), act.name).toMatchObject({ refusal: { reason: 'not_found' } });
			expect(await act(inside), act.name).toMatchObject({ ok: true });
		}
		const end = (milestoneId: string) => endOverrule(as(steering), { milestoneId }, newId());
		expect(await end(outside)).toMatchObject({ refusal: { reason: 'not_found' } });
		expect(await end(inside)).toMatchObject({ ok: true });
	});

	it('moves nothing along that is not of the project, and changes no project of a milestone', async () => {
		expect(await save(here.manager, outside, { after: [inside] })).toBe('saved');
		const later = { starts: '2026-02-01', ends: '2026-12-01', reason: 'Rain', move: 'along' };
		expect(await save(steering, inside, { ...later, project: [] })).toBe('saved');
		const [moved, stayed] = [
			(await findMilestoneSheet(as(here.manager), inside, 'en'))!,
			(await findMilestoneSheet(as(here.manager), outside, 'en'))!
		];
		expect([moved.dueOn, moved.projectIds]).toEqual(['2026-12-01', [project]]);
		expect(stayed.dueOn).not.toBe('2026-12-01');
	});
});

describe('a milestone', () => {
	it('is put into projects that run, taken out, and comes back into them with Undo', async () => {
		const theirs = await addProject(fresh, far.sectionId);
		const ended = await addProject(fresh, here.sectionId, { ended_on: '2026-03-01' });
		expect(await save(here.manager, outside, { project: [theirs] })).toBe('project_unknown');
		expect(await save(here.manager, outside, { project: [ended] })).toBe('project_unknown');
		expect(await save(here.manager, outside, { project: [project] })).toBe('saved');
		expect((await findRoadmapSheet(as(here.manager), roadmap, 'en'))!.projectIds).toEqual([
			project
		]);
		const removed = await removeMilestone(as(here.manager), { milestoneId: outside }, newId());
		if (!removed.ok) throw new Error(removed.refusal.reason);
		await takeBack(as(here.manager), removed.done.undo, WAYS);
		expect((await findMilestoneSheet(as(here.manager), outside, 'en'))!.projectIds).toEqual([
			project
		]);
		expect(await save(here.manager, outside, { project: [] })).toBe('saved');
		expect((await findRoadmapSheet(as(here.manager), roadmap, 'en'))!.projectIds).toEqual([]);
	});
});

describe('the lanes of a project', () => {
	const lanes = async (account: Account) =>
		(await listProjectLanes(as(account, 'see projects'), project, 'en')).map((lane) => [
			...[lane.section, lane.opens],
			lane.milestones.map(({ id }) => id)
		]);

	it('are those of all sections, each as far as it shows them, with the milestones of the project alone', async () => {
		const made = await addRoadmap(fresh, { section_id: far.sectionId });
		const theirs = await addMilestone(fresh, {
			...{ section_id: far.sectionId, outcome_id: made.outcomeId, kind: 'checkpoint' }
		});
		await belongs(theirs, far.sectionId);
		const own = ['Lebanon', true, [inside]];
		expect(await lanes(here.manager)).toEqual([own]);
		await fresh.db
			.updateTable('project_section')
			.set({ shows_roadmaps: 1 })
			.where('section_id', '=', far.sectionId)
			.execute();
		expect(await lanes(here.manager)).toEqual([own, ['Togo', false, [theirs]]]);
		expect(await lanes(steering)).toEqual([own, ['Togo', false, [theirs]]]);
		expect(await lanes(far.manager)).toEqual([['Togo', true, [theirs]]]);
	});
});
