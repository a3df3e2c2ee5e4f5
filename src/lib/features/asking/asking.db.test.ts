import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addSession, contextOf } from '#tests/factories/rows.ts';
import { formFor } from './bank.rules.ts';
import {
	draftAsked,
	dropDraft,
	publishAsked,
	removeQuestion,
	saveQuestion,
	setForms
} from './commands.server.ts';
import { askedForSession, findAsked, listPlaces } from './queries.server.ts';
import type { OwnQuestion } from './types.ts';

const DATE = '2026-05-05';

let fresh: FreshDatabase;
let here: Setting;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
});

const manager = () => contextOf(fresh, here.manager, 0);
const question = (given: Partial<OwnQuestion> = {}): Omit<OwnQuestion, 'id'> & { id: null } => ({
	...{ id: null, kind: 'scale', picture: null, options: [] },
	texts: { '6-9': { en: 'Was it quiet enough?' } },
	...given,
	...{ id: null }
});

async function aDraft(curriculumId: string | null = null): Promise<string> {
	const outcome = await draftAsked(manager(), { curriculumId }, newId());
	if (!outcome.ok) throw new Error(outcome.refusal.reason);
	return outcome.done.versionId;
}

async function anOwnQuestion(versionId: string, given?: Partial<OwnQuestion>) {
	const outcome = await saveQuestion(manager(), { versionId, question: question(given) }, newId());
	if (!outcome.ok) throw new Error(outcome.refusal.reason);
	return outcome.done.questionId as OwnQuestion['id'];
}

const places = (versionId: string, pulse: Record<string, number>, full = pulse) =>
	setForms(manager(), { versionId, band: '6-9', pulse, full }, newId());
const publish = (versionId: string) => publishAsked(manager(), { versionId, on: DATE }, newId());
const reason = (outcome: { ok: boolean; refusal?: { reason: string } }) =>
	outcome.ok ? 'done' : outcome.refusal!.reason;
const itemsOf = async (versionId: string) =>
	formFor('6-9', 'pulse', (await findAsked(manager(), versionId, 'en'))!.asked).items;

describe('a version of what children are asked', () => {
	it('begins with the forms that come with Halqa, and asks what was given a place', async () => {
		const versionId = await aDraft();
		expect(await itemsOf(versionId)).toEqual(['again', 'safe']);
		const own = await anOwnQuestion(versionId);
		await places(versionId, { safe: 1, [own]: 2, again: 0 });
		expect(await itemsOf(versionId)).toEqual(['safe', own]);
		await removeQuestion(manager(), { versionId, questionId: own }, newId());
		expect(await itemsOf(versionId)).toEqual(['safe']);
	});

	it('never changes once it is published; the next is a copy with the number after', async () => {
		const versionId = await aDraft();
		expect(reason(await publish(versionId))).toBe('done');
		expect(reason(await places(versionId, { safe: 1 }))).toBe('published');
		expect(
			reason(await saveQuestion(manager(), { versionId, question: question() }, newId()))
		).toBe('published');
		expect(reason(await publish(versionId))).toBe('published');
		expect(reason(await dropDraft(manager(), { versionId }, newId()))).toBe('published');
		const next = await aDraft();
		await places(next, { safe: 1 });
		expect(await itemsOf(versionId)).toEqual(['again', 'safe']);
		const [section] = await listPlaces(manager(), 'en');
		expect(section).toMatchObject({ published: { number: 1 }, draft: { id: next, number: 2 } });
	});

	it('has one draft at a time, which can be dropped', async () => {
		const versionId = await aDraft();
		const again = () => draftAsked(manager(), { curriculumId: null }, newId());
		expect(reason(await again())).toBe('draft_there');
		expect(reason(await dropDraft(manager(), { versionId }, newId()))).toBe('done');
		expect(reason(await again())).toBe('done');
	});

	it('is not published with a question that has no words where it is asked, or too few answers', async () => {
		const versionId = await aDraft();
		const own = await anOwnQuestion(versionId, { texts: { adult: { en: 'Was it quiet?' } } });
		await places(versionId, { [own]: 1 });
		expect(reason(await publish(versionId))).toBe('gaps');
		await removeQuestion(manager(), { versionId, questionId: own }, newId());
		expect(reason(await places(versionId, {}))).toBe('asks_nothing');
		await places(versionId, { safe: 1 });
		const pick = await anOwnQuestion(versionId, { kind: 'pick' });
		expect(reason(await publish(versionId))).toBe('gaps');
		await removeQuestion(manager(), { versionId, questionId: pick }, newId());
		expect(reason(await publish(versionId))).toBe('done');
	});

	it('is edited by who reaches the whole section, and is of no other section', async () => {
		const versionId = await aDraft();
		const coordinator = contextOf(fresh, here.coordinator, 0);
		const own = { ...coordinator, scope: { ...coordinator.scope, centreIds: [here.centreId] } };
		const set = { versionId, band: '6-9', pulse: { safe: 1 }, full: { safe: 1 } } as const;
		expect(reason(await setForms(own, set, newId()))).toBe('not_editor');
		const other = { ...manager(), scope: { ...manager().scope, sectionId: newId() } };
		expect(reason(await setForms(other, set, newId()))).toBe('not_found');
		expect(await findAsked(other, versionId, 'en')).toBeUndefined();
	});

	it('of a session’s curriculum goes before the section’s; a draft is asked by nobody', async () => {
		const cycle = await aCycle(fresh, here);
		const sessionId = await addSession(fresh, cycle, { date: DATE });
		const { curriculum_id } = await fresh.db
			.selectFrom('session')
			.innerJoin('session_plan as plan', 'plan.id', 'session.session_plan_id')
			.innerJoin('curriculum_version as version', 'version.id', 'plan.version_id')
			.select('version.curriculum_id')
			.where('session.id', '=', sessionId)
			.executeTakeFirstOrThrow();
		const asked = () => askedForSession(manager(), sessionId);
		const section = await aDraft();
		expect(await asked()).toBeNull();
		await publish(section);
		expect(await asked()).toBe(section);
		const own = await aDraft(curriculum_id);
		expect(await asked()).toBe(section);
		await publish(own);
		expect(await asked()).toBe(own);
	});
});
