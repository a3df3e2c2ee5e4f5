import { beforeEach, expect, it } from 'vitest';
import type { Context } from '#lib/platform/command/context.ts';
import { takeBack, type Way } from '#lib/platform/undo/undo.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { addAccount, addSection, contextOf, type Account } from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { compareVersions } from './compare.rules.ts';
import { addCurriculum, bringBack, editCurriculum, retire } from './curriculum.commands.server.ts';
import { addModule, addPlan, moveInOutline, removeModule } from './outline.commands.server.ts';
import { removePicture, setPicture } from './pictures.commands.server.ts';
import { addActivity, editActivity, editPlan, moveActivity } from './plans.commands.server.ts';
import { findPicture } from './plans.queries.server.ts';
import {
	putBackPlanActivity,
	putBackPlan,
	removeActivity,
	removePlan
} from './removing.commands.server.ts';
import { listCurrentVersions } from './queries.server.ts';
import { variantsFor } from './rules.ts';
import { TEMPLATE } from './template.rules.ts';
import type { FullVersion } from './types.ts';
import { draftNext, publish, setRule } from './versions.commands.server.ts';
import { findVersion, listCurricula } from './versions.queries.server.ts';

let fresh: FreshDatabase;
let here: Setting;
let manager: Context;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	manager = editing(here.manager);
});

const ABOUT = {
	name_en: 'Kites',
	type: 'community_pss',
	layer: 'community',
	audience: 'children'
} as const;
const ON = '2026-05-01';

function editing(account: Account): Context {
	return contextOf(fresh, account, undefined, 'edit curricula');
}

/** A draft with everything of the template in it. */
async function aDraft(): Promise<{ id: string; versionId: string }> {
	const made = await addCurriculum(manager, { ...ABOUT, content: TEMPLATE }, newId());
	if (!made.ok) throw new Error(made.refusal.reason);
	return made.done;
}

async function read(versionId: string, ctx = manager): Promise<FullVersion> {
	return (await findVersion(ctx, versionId, 'en'))!;
}

function reason(outcome: { ok: boolean; refusal?: { reason: string } }): string {
	return outcome.ok ? 'done' : outcome.refusal!.reason;
}

const titles = ({ plans }: FullVersion) => plans.map(({ title }) => title.texts.en);

it('plans a cycle from what was published, and shows a draft to its editors alone', async () => {
	const { versionId } = await aDraft();
	const rana = contextOf(fresh, here.rana);
	const planned = async () => (await listCurrentVersions(rana, 'en')).map(({ name }) => name);
	expect(await planned()).not.toContain('Kites');
	expect(await findVersion(rana, versionId, 'en')).toBeUndefined();
	expect((await listCurricula(rana, 'en')).map(({ name }) => name)).not.toContain('Kites');
	expect(reason(await publish(manager, { versionId, on: ON }, newId()))).toBe('done');
	expect(await planned()).toContain('Kites');
	expect((await read(versionId, rana)).plans).toHaveLength(12);
	const abroad = await addAccount(fresh, {
		sectionId: await addSection(fresh),
		role: 'manager',
		name: 'M'
	});
	expect(await findVersion(editing(abroad), versionId, 'en')).toBeUndefined();
	expect(reason(await draftNext(editing(abroad), { curriculumId: 'none' }, newId()))).toBe(
		'not_found'
	);
});

it('lets nobody edit who does not reach every centre', async () => {
	const { versionId } = await aDraft();
	const some = editing(here.coordinator);
	expect(reason(await addCurriculum(some, { ...ABOUT, name_en: 'B', content: [] }, newId()))).toBe(
		'not_editor'
	);
	expect(reason(await publish(some, { versionId, on: ON }, newId()))).toBe('not_editor');
	expect(await findVersion(some, versionId, 'en')).toBeUndefined();
	const everywhere = { ...here.coordinator, centreIds: null as never };
	expect(reason(await publish(editing(everywhere), { versionId, on: ON }, newId()))).toBe('done');
});

it('changes nothing of a published version, whatever is asked', async () => {
	const { versionId } = await aDraft();
	await publish(manager, { versionId, on: ON }, newId());
	const before = await read(versionId);
	const [first] = before.plans;
	const at = { versionId, planId: first!.id };
	const asked = [
		addModule(manager, { versionId, name_en: 'More' }, newId()),
		addPlan(manager, { versionId, title_en: 'More', minutes: 60 }, newId()),
		removePlan(manager, { versionId, plan: first!.id }, newId()),
		moveInOutline(manager, { versionId, move: { plan: first!.id, to: 'down' } }, newId()),
		addActivity(manager, { ...at, title_en: 'More', minutes: 5 }, newId()),
		setRule(
			manager,
			{
				versionId,
				reachedCount: 2,
				engagedCount: 3,
				engagedPct: 50,
				completedPct: 75,
				droppedCount: 3
			},
			newId()
		),
		publish(manager, { versionId, on: '2026-06-01' }, newId())
	];
	for (const one of asked) expect(reason(await one)).toBe('published');
	expect(await read(versionId)).toEqual(before);
});

it('refuses to publish nothing', async () => {
	const made = await addCurriculum(manager, { ...ABOUT, content: [] }, newId());
	const versionId = made.ok ? made.done.versionId : '';
	expect(reason(await publish(manager, { versionId, on: ON }, newId()))).toBe('nothing_in_it');
});

it('copies a new draft from the newest version, one at a time, and says what became of each session', async () => {
	const { id, versionId } = await aDraft();
	await publish(manager, { versionId, on: ON }, newId());
	const next = await draftNext(manager, { curriculumId: id }, newId());
	const draft = next.ok ? next.done.versionId : '';
	expect(reason(await draftNext(manager, { curriculumId: id }, newId()))).toBe('draft_there');
	const [older, copy] = [await read(versionId), await read(draft)];
	expect(copy).toMatchObject({ number: 2, publishedOn: null, copiedFrom: versionId });
	expect(compareVersions(older, copy).every(({ state }) => state === 'same')).toBe(true);
	const [first, second] = copy.plans;
	await removePlan(manager, { versionId: draft, plan: first!.id }, newId());
	await addActivity(
		manager,
		{ versionId: draft, planId: second!.id, title_en: 'Rest', minutes: 5 },
		newId()
	);
	await addPlan(
		manager,
		{ versionId: draft, module: copy.modules.at(-1)!.id, title_en: 'A thirteenth', minutes: 60 },
		newId()
	);
	const lines = compareVersions(older, await read(draft));
	expect(lines.map(({ state }) => state)).toEqual([
		'changed',
		...Array.from({ length: 10 }, () => 'moved'),
		'added',
		'gone'
	]);
	expect(titles(await read(versionId))).toHaveLength(12);
});

it('keeps the order that was asked for, across modules, without a gap', async () => {
	const { versionId } = await aDraft();
	const before = await read(versionId);
	const [first, , third, fourth] = before.plans.map(({ id }) => id);
	const move = (move: Parameters<typeof moveInOutline>[1]['move']) =>
		moveInOutline(manager, { versionId, move }, newId());
	expect(reason(await move({ plan: third!, to: 'down' }))).toBe('done');
	const after = await read(versionId);
	expect(after.plans[2]).toMatchObject({ id: third, moduleId: before.modules[1]!.id, position: 3 });
	await move({ plan: fourth!, into: before.modules[0]!.id, before: first! });
	await move({ module: before.modules[3]!.id, to: 'up' });
	const end = await read(versionId);
	expect(end.plans.map(({ position }) => position)).toEqual(end.plans.map((_, at) => at + 1));
	expect(end.plans[0]!.id).toBe(fourth);
	expect(end.modules.map(({ id }) => id)).toEqual([0, 1, 3, 2].map((at) => before.modules[at]!.id));
	expect(reason(await move({ module: before.modules[0]!.id, to: 'up' }))).toBe('nowhere_to_go');
	await removeModule(manager, { versionId, module: before.modules[0]!.id }, newId());
	const left = await read(versionId);
	expect(left.plans).toHaveLength(12);
	expect(left.plans.slice(0, 3).map(({ moduleId }) => moduleId)).toEqual([null, null, null]);
});

it('tells the second of two who write what stands now, and keeps the first', async () => {
	const { versionId } = await aDraft();
	const [plan] = (await read(versionId)).plans;
	const at = { versionId, planId: plan!.id };
	const typed = {
		...at,
		version: plan!.version,
		minutes: 60,
		strand: 'all',
		picture: 'none'
	} as const;
	expect(reason(await editPlan(manager, { ...typed, title_en: 'First' }, newId()))).toBe('done');
	const second = await editPlan(manager, { ...typed, title_en: 'Second' }, newId());
	expect(second).toMatchObject({ refusal: { reason: 'changed', version: plan!.version + 1 } });
	expect(titles(await read(versionId))[0]).toBe('First');
	const [activity] = plan!.activities;
	const said = { ...at, activity: activity!.id, version: 1, minutes: 12, title_en: 'Ours' };
	expect(reason(await editActivity(manager, said, newId()))).toBe('done');
	expect(reason(await editActivity(manager, { ...said, title_en: 'Mine' }, newId()))).toBe(
		'changed'
	);
	await moveActivity(manager, { ...at, activity: activity!.id, to: 'down' }, newId());
	const [now] = (await read(versionId)).plans;
	expect(now!.activities[1]).toMatchObject({ id: activity!.id, title: { texts: { en: 'Ours' } } });
});

it('marks the languages that lag behind until somebody says they do not', async () => {
	const { versionId } = await aDraft();
	const [plan] = (await read(versionId)).plans;
	const typed = {
		versionId,
		planId: plan!.id,
		minutes: 60,
		strand: 'all',
		picture: 'none',
		title_fr: plan!.title.texts.fr,
		title_ar: plan!.title.texts.ar,
		title_en: 'New words'
	} as const;
	await editPlan(manager, { ...typed, version: 1 }, newId());
	const lagging = async () => (await read(versionId)).plans[0]!.title.outdated;
	expect(await lagging()).toEqual(['fr', 'ar']);
	await editPlan(manager, { ...typed, version: 2, title_fr: 'Mots nouveaux' }, newId());
	expect(await lagging()).toContain('ar');
	await editPlan(manager, { ...typed, version: 3, isSame: 'yes' }, newId());
	expect(await lagging()).toEqual([]);
});

it('plans nothing from a retired curriculum and loses nothing of it', async () => {
	const { id, versionId } = await aDraft();
	await publish(manager, { versionId, on: ON }, newId());
	const planned = async () => (await listCurrentVersions(manager, 'en')).map(({ name }) => name);
	await retire(manager, { id, on: ON }, newId());
	expect(await planned()).not.toContain('Kites');
	expect((await read(versionId)).plans).toHaveLength(12);
	await bringBack(manager, { id }, newId());
	expect(await planned()).toContain('Kites');
	const input = { ...ABOUT, id, version: 1, name_en: 'Larks' };
	expect(reason(await editCurriculum(manager, input, newId()))).toBe('done');
	expect(reason(await editCurriculum(manager, input, newId()))).toBe('changed');
	expect(
		reason(await addCurriculum(manager, { ...ABOUT, name_en: 'Larks', content: [] }, newId()))
	).toBe('name_taken');
});

it('puts back what was taken out of a draft, where it stood, and nothing into a published version', async () => {
	const { versionId } = await aDraft();
	const before = await read(versionId);
	const [, second] = before.plans;
	const ways: Record<string, Way> = {
		'remove session plan': { needs: 'edit curricula', restore: putBackPlan },
		'remove plan activity': { needs: 'edit curricula', restore: putBackPlanActivity }
	};
	const undo = async (removed: Promise<{ ok: boolean; done?: { undo: string } }>) => {
		const outcome = await removed;
		return reason(await takeBack(manager, outcome.done!.undo, ways));
	};
	const at = { versionId, planId: second!.id, activity: second!.activities[1]!.id };
	expect(await undo(removeActivity(manager, at, newId()))).toBe('done');
	expect(await undo(removePlan(manager, { versionId, plan: second!.id }, newId()))).toBe('done');
	expect(await read(versionId)).toEqual(before);
	const gone = await removePlan(manager, { versionId, plan: second!.id }, newId());
	await publish(manager, { versionId, on: ON }, newId());
	expect(await undo(Promise.resolve(gone))).toBe('in_the_way');
	expect((await read(versionId)).plans).toHaveLength(11);
});

it('has a picture of its own from its draft on, which a published version keeps', async () => {
	const { id, versionId } = await aDraft();
	const [plan] = (await read(versionId)).plans;
	const at = { versionId, planId: plan!.id };
	const file = { sha256: 'a'.repeat(64), type: 'png', bytes: 1200 } as const;
	const picture = { ...at, shows: 'A kite', locale: 'en', file } as const;
	expect(reason(await setPicture(manager, picture, newId()))).toBe('done');
	expect((await read(versionId)).plans[0]).toMatchObject({
		...{ picture: plan!.picture, version: plan!.version },
		ownPicture: { shows: { texts: { en: 'A kite' } } }
	});
	const abroad = editing((await aSetting(fresh)).manager);
	expect(reason(await setPicture(abroad, picture, newId()))).toBe('not_found');
	expect(await findPicture(abroad, at.planId)).toBe(undefined);
	expect(await findPicture(manager, at.planId)).toEqual({ versionId, file });
	await publish(manager, { versionId, on: ON }, newId());
	for (const change of [setPicture(manager, picture, newId()), removePicture(manager, at, newId())])
		expect(reason(await change)).toBe('published');

	const next = await draftNext(manager, { curriculumId: id }, newId());
	if (!next.ok) throw new Error(next.refusal.reason);
	const [copied] = (await read(next.done.versionId)).plans;
	expect((await findPicture(manager, copied!.id))?.file).toEqual(file);
	const there = { versionId: next.done.versionId, planId: copied!.id };
	expect(reason(await removePicture(manager, there, newId()))).toBe('done');
	const [older, newer] = [await read(versionId), await read(next.done.versionId)];
	expect([older.plans[0]!.ownPicture === null, newer.plans[0]!.ownPicture]).toEqual([false, null]);
	expect(compareVersions(older, newer)[0]!.state).toBe('changed');
});

it('says in each language how an activity is done otherwise by age, and marks what lags behind', async () => {
	const { versionId } = await aDraft();
	const [plan] = (await read(versionId)).plans;
	const at = { versionId, planId: plan!.id, activity: plan!.activities[0]!.id, minutes: 10 };
	const said = { ...at, title_en: 'Kites', younger_en: 'With paper', younger_ar: 'بالورق' };
	await editActivity(manager, { ...said, version: 1 }, newId());
	await editActivity(manager, { ...said, version: 2, younger_en: 'With card' }, newId());
	const [changed] = (await read(versionId)).plans[0]!.activities;
	expect(changed!.younger).toEqual({
		texts: { en: 'With card', ar: 'بالورق' },
		outdated: ['ar']
	});
	expect(changed!.older.texts).toEqual({});
	const children = (from: number, to: number) => variantsFor({ from, to });
	expect([children(6, 9), children(8, 12), children(10, 13), children(12, 15)]).toEqual([
		...[['younger'], ['younger'], [], ['older']]
	]);
	expect(variantsFor(null)).toEqual(['younger', 'older']);
});
