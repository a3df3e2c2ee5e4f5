import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addMilestone,
	addPartner,
	addProject,
	addRoadmap,
	addSection,
	contextOf,
	NOW,
	type Account
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { addRoadmap as putIn, showInProject } from './belonging.commands.server.ts';
import { endProject, goOnWithProject, makeProject, saveProject } from './commands.server.ts';
import {
	findProject,
	findProjectSheet,
	listBelonging,
	listChoices,
	listProjects
} from './queries.server.ts';

let fresh: FreshDatabase;
let here: Setting;
let far: Setting;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	far = await aSetting(fresh, { sectionId: await addSection(fresh, 'Togo') });
});

const as = (account: Account) => contextOf(fresh, account, NOW, 'see projects');
const sheet = (given: object = {}) => ({
	...{ name_en: 'Grant', starts: '2026-01-01', ends: '2026-12-31', locale: 'en' as const },
	...{ funder: [], partner: [], section: [] },
	...given
});
const refusal = (reason: string) => ({ ok: false, refusal: { reason } });

async function made(given: object = {}): Promise<string> {
	const outcome = await makeProject(as(here.manager), sheet(given), newId());
	if (!outcome.ok) throw new Error(outcome.refusal.reason);
	return outcome.done.id;
}

describe('a project', () => {
	it('is made with its funder, partner, countries and who advises it, and shown so', async () => {
		const alana = await addPartner(fresh, here.sectionId, 'Alana');
		const id = await made({
			...{ newFunder: 'Global Affairs Canada', partner: [alana], newPartner: 'Plan' },
			...{ countries: 'Brazil, TG', advisory: 'Secretariat and children' }
		});
		expect(await findProject(as(here.manager), id, 'en')).toMatchObject({
			...{ name: 'Grant', keptBy: 'Lebanon', isKept: true, endedOn: null },
			...{ funders: ['Global Affairs Canada'], partners: ['Alana', 'Plan'] },
			...{ countries: ['Brazil', 'Togo'], advisory: 'Secretariat and children' },
			sections: [{ name: 'Lebanon', showsRoadmaps: false, showsTargets: false }]
		});
		const kinds = await fresh.db.selectFrom('body_kind').select('kind').execute();
		expect(kinds.map(({ kind }) => kind).sort()).toEqual(['funder', 'partner', 'partner']);
	});

	it('is not made with what nobody knows', async () => {
		const make = (given: object) => makeProject(as(here.manager), sheet(given), newId());
		expect(await make({ countries: 'Atlantis' })).toMatchObject({
			refusal: { reason: 'country_unknown', names: ['Atlantis'] }
		});
		const theirs = await addPartner(fresh, far.sectionId);
		expect(await make({ funder: [theirs] })).toMatchObject(refusal('body_unknown'));
		expect(await make({ section: [newId()] })).toMatchObject(refusal('section_unknown'));
		expect(await listProjects(as(here.manager), 'en')).toEqual([]);
	});

	it('keeps what was typed in other languages, and tells who was second', async () => {
		const id = await made({ advisory: 'Children' });
		const save = (given: object) =>
			saveProject(as(here.manager), { ...sheet(given), version: 1, projectId: id }, newId());
		expect(await save({ advisory: 'Enfants', locale: 'fr' })).toMatchObject({ ok: true });
		expect((await findProjectSheet(as(here.manager), id))!.advisory).toEqual({
			...{ en: 'Children', fr: 'Enfants' }
		});
		expect(await save({})).toMatchObject({ refusal: { reason: 'changed_meanwhile', version: 2 } });
		const theirs = { ...sheet(), version: 2, projectId: id };
		expect(await saveProject(as(far.manager), theirs, newId())).toMatchObject(refusal('not_found'));
	});

	it('that was ended takes nothing new in, until it runs on', async () => {
		const id = await made();
		const { roadmapId, outcomeId } = await addRoadmap(fresh, { section_id: here.sectionId });
		await addMilestone(fresh, { section_id: here.sectionId, outcome_id: outcomeId });
		const put = () => putIn(as(here.manager), { projectId: id, roadmap: roadmapId }, newId());
		await endProject(as(here.manager), { projectId: id }, newId());
		expect((await findProject(as(here.manager), id, 'en'))!.endedOn).toBe('2026-05-01');
		expect(await put()).toMatchObject(refusal('ended'));
		expect(await listChoices(as(here.manager), 'en')).toEqual([]);
		expect(await listChoices(as(here.manager), 'en', [id])).toMatchObject([{ id }]);
		await goOnWithProject(as(here.manager), { projectId: id }, newId());
		expect(await put()).toMatchObject({ ok: true });
		expect(await put()).toMatchObject(refusal('there_already'));
		expect(await listBelonging(as(here.manager), 'milestone', id)).toHaveLength(1);
	});
});

describe('who sees a project', () => {
	it('is who takes part: sections, bodies, and a project manager of it alone', async () => {
		const id = await addProject(fresh, here.sectionId);
		const other = await addProject(fresh, here.sectionId, { name_texts: '{"en":"Other"}' });
		const body = await addPartner(fresh, here.sectionId);
		await fresh.db
			.insertInto('project_body')
			.values({ project_id: id, body_id: body, part: 'partner', section_id: here.sectionId })
			.execute();
		const held = async (role: 'partner' | 'project_manager', given: object) =>
			addAccount(fresh, {
				sectionId: here.sectionId,
				also: [{ role, centreIds: null, bodyId: null, ...given }]
			});
		const seen = async (account: Account) =>
			(await listProjects(as(account), 'en')).map((project) => project.id);
		expect((await seen(here.manager)).sort()).toEqual([id, other].sort());
		expect(await seen(far.manager)).toEqual([]);
		expect(await seen(await held('partner', { bodyId: body }))).toEqual([id]);
		expect(await seen(await held('project_manager', { projectId: other }))).toEqual([other]);
		expect(await findProject(as(far.manager), id, 'en')).toBeUndefined();
	});

	it('a section that takes part says itself what it shows, and stays while it has something in it', async () => {
		const id = await made({ section: [far.sectionId] });
		expect(await listProjects(as(far.manager), 'en')).toMatchObject([{ id, keptBy: 'Lebanon' }]);
		await showInProject(as(far.manager), { projectId: id, roadmaps: 'yes' }, newId());
		const project = (await findProject(as(here.manager), id, 'en'))!;
		expect(project.sections).toMatchObject([
			{ name: 'Lebanon', showsRoadmaps: false },
			{ name: 'Togo', showsRoadmaps: true, showsTargets: false }
		]);
		const { roadmapId, outcomeId } = await addRoadmap(fresh, { section_id: far.sectionId });
		await addMilestone(fresh, { section_id: far.sectionId, outcome_id: outcomeId });
		expect(
			await putIn(as(here.manager), { projectId: id, roadmap: roadmapId }, newId())
		).toMatchObject(refusal('roadmap_unknown'));
		await putIn(as(far.manager), { projectId: id, roadmap: roadmapId }, newId());
		const leave = { ...sheet({ section: [] }), version: 1, projectId: id };
		expect(await saveProject(as(here.manager), leave, newId())).toMatchObject(
			refusal('section_in_use')
		);
		await fresh.db.deleteFrom('project_milestone').execute();
		expect(await saveProject(as(here.manager), leave, newId())).toMatchObject({ ok: true });
		expect(await listProjects(as(far.manager), 'en')).toEqual([]);
	});
});
