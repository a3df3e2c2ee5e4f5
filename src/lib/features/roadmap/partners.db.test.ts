import { beforeEach, describe, expect, it } from 'vitest';
import type { Permission } from '#lib/platform/access/roles.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addActivity,
	addMilestone,
	addPartner,
	addRoadmap,
	contextOf,
	NOW
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { takeBack } from '#lib/platform/undo/undo.ts';
import { setStatus } from './activity.commands.server.ts';
import {
	addEvidence,
	addEvidenceFile,
	putBackEvidence,
	removeEvidence
} from './evidence.commands.server.ts';
import { addPasted, previewPasted } from './paste.commands.server.ts';
import { findRoadmap } from './queries.server.ts';
import { findEvidenceFile, findReceipt } from './receipt.queries.server.ts';
import { endOverrule, overrule } from './standing.commands.server.ts';
import { accept, decline, suggest } from './suggestion.commands.server.ts';
import { listOwnItems, listSuggestions } from './suggestion.queries.server.ts';
import { sayUnplanned } from './unplanned.commands.server.ts';
import { listReasons, listServing } from './unplanned.queries.server.ts';

let fresh: FreshDatabase;
let here: Setting;
let roadmapId: string;
let milestone: string;
let activity: string;
let foreign: string;
let ours: string;
let partnerId: string;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	const section_id = here.sectionId;
	const made = await addRoadmap(fresh, { section_id });
	roadmapId = made.roadmapId;
	ours = await addPartner(fresh, section_id, 'Alana');
	const theirs = await addPartner(fresh, section_id, 'Plan');
	milestone = await addMilestone(fresh, {
		...{ section_id, outcome_id: made.outcomeId, kind: 'checkpoint', body_id: ours }
	});
	activity = await addActivity(fresh, { section_id, milestone_id: milestone, body_id: ours });
	foreign = await addActivity(fresh, {
		...{ section_id, milestone_id: milestone, body_id: theirs, position: 2 }
	});
	const account = await addAccount(fresh, {
		sectionId: section_id,
		also: [{ role: 'partner', centreIds: null, bodyId: ours }]
	});
	partnerId = account.id;
});

const manager = () => contextOf(fresh, here.manager, NOW, 'steer roadmaps');
function partner(permission: Permission = 'keep own items') {
	return contextOf(
		fresh,
		{
			...{ id: partnerId, role: 'facilitator', sectionId: here.sectionId, centreIds: [] },
			also: [{ role: 'partner', centreIds: null, bodyId: ours }]
		},
		NOW,
		permission
	);
}
const refusal = (reason: string) => ({ ok: false, refusal: { reason } });
const receipt = (now = NOW) => findReceipt({ ...manager(), now }, milestone, 'en');

async function suggested(item: string, dates: { starts?: string; ends?: string } = {}) {
	const outcome = await suggest(
		partner(),
		{ item, words: 'The rains', locale: 'en', ...dates },
		newId()
	);
	return outcome.ok ? outcome.done.id : '';
}

describe('a partner', () => {
	it('sees its own items, and says how its own activities stand alone', async () => {
		const items = await listOwnItems(partner(), 'en');
		expect(items.map(({ id }) => id).sort()).toEqual([milestone, activity].sort());
		const set = (id: string) => setStatus(partner(), { activity: id, status: 'done' }, newId());
		expect(await set(activity)).toMatchObject({ ok: true });
		expect(await set(foreign)).toMatchObject(refusal('not_found'));
		const stands = async (id: string) =>
			(await receipt())!.activities.find((one) => one.id === id)!.status;
		expect([await stands(activity), await stands(foreign)]).toEqual(['done', 'planned']);
	});

	it('suggests about its own items, one at a time', async () => {
		const input = { words: 'Later', locale: 'en' } as const;
		expect(await suggest(partner(), { ...input, item: foreign }, newId())).toMatchObject(
			refusal('not_found')
		);
		expect(await suggested(activity)).not.toBe('');
		expect(await suggest(partner(), { ...input, item: activity }, newId())).toMatchObject(
			refusal('waits')
		);
		expect(await listSuggestions(manager(), { waiting: true }, 'en')).toMatchObject([
			{ partner: 'Alana', words: 'The rains', proposed: null, itemId: activity }
		]);
	});

	it('reads why it was declined, and nothing changed', async () => {
		const suggestion = await suggested(activity, { starts: '2026-05-01', ends: '2026-06-20' });
		const no = { suggestion, answer: 'The donor ends in June', locale: 'en' } as const;
		expect(await decline(manager(), no, newId())).toMatchObject({ ok: true });
		expect(await decline(manager(), no, newId())).toMatchObject(refusal('decided'));
		expect(await listSuggestions(partner(), { waiting: false }, 'en')).toMatchObject([
			{ decision: 'declined', answer: 'The donor ends in June', current: { endsOn: '2026-05-31' } }
		]);
	});

	it('sees its dates in place once accepted, with its words as the reason', async () => {
		const dates = { starts: '2026-05-01', ends: '2026-06-20' };
		const ids = [
			await suggested(activity, dates),
			await suggested(milestone, { starts: '2026-04-01', ends: '2026-08-10' })
		];
		for (const suggestion of ids)
			expect(await accept(manager(), { suggestion, locale: 'en' }, newId())).toMatchObject({
				ok: true
			});
		const seen = (await receipt())!;
		expect(seen).toMatchObject({
			dueOn: '2026-08-10',
			slip: { count: 1, days: 41, reason: 'The rains' }
		});
		expect(seen.activities.find(({ id }) => id === activity)).toMatchObject({
			endsOn: '2026-06-20'
		});
		expect(seen.changes).toHaveLength(2);
	});

	it('of another section has nothing here', async () => {
		const suggestion = await suggested(activity);
		const other = await aSetting(fresh);
		const far = contextOf(fresh, other.manager, NOW, 'steer roadmaps');
		expect(await accept(far, { suggestion, locale: 'en' }, newId())).toMatchObject(
			refusal('not_found')
		);
		expect(await listSuggestions(far, { waiting: false }, 'en')).toEqual([]);
	});
});

describe('a state said against the rule', () => {
	const say = (until: string) =>
		overrule(
			manager(),
			{ milestoneId: milestone, state: 'late', why: 'The venue burnt down', until, locale: 'en' },
			newId()
		);

	it('holds up to its day and falls back', async () => {
		expect((await receipt())!.state).toBe('on_time');
		expect(await say('2026-05-10')).toMatchObject({ ok: true });
		expect((await receipt())!.state).toBe('late');
		expect((await receipt(Date.parse('2026-05-11T12:00:00Z')))!.state).toBe('on_time');
		const ended = await endOverrule(manager(), { milestoneId: milestone }, newId());
		expect([ended.ok, (await receipt())!.state]).toEqual([true, 'on_time']);
	});

	it('neither ends before it begins nor lasts for ever', async () => {
		for (const until of ['2026-04-01', '2027-04-01'])
			expect(await say(until)).toMatchObject(refusal('until'));
	});
});

it('evidence of an activity is seen by its partner, that of another’s is not', async () => {
	const add = (of: string | undefined, name: string) =>
		addEvidence(
			manager(),
			{ milestoneId: milestone, locale: 'en', name, address: 'https://a.org/x y', activity: of },
			newId()
		);
	for (const [of, name] of [
		[activity, 'Ours'],
		[foreign, 'Theirs'],
		[undefined, 'Whole']
	] as const)
		expect(await add(of, name)).toMatchObject({ ok: true });
	expect(await add('nothing', 'X')).toMatchObject(refusal('not_found'));
	const names = (links: { name: string }[]) => links.map(({ name }) => name).sort();
	const seen = (await findReceipt(partner('see roadmaps'), milestone, 'en'))!;
	expect(names(seen.evidenceLinks)).toEqual(['Ours', 'Whole']);
	const all = (await receipt())!.evidenceLinks;
	expect(all[0]).toMatchObject({ address: 'https://a.org/x%20y' });
	const evidence = all[0]!.id;
	expect(
		await removeEvidence(manager(), { evidence, milestoneId: milestone }, newId())
	).toMatchObject({ ok: true });
	expect((await receipt())!.evidenceLinks).toHaveLength(2);
});

it('a file is seen by whoever sees what it shows, and by nobody else', async () => {
	const file = { sha256: 'a'.repeat(64), type: 'pdf', bytes: 1200 } as const;
	const add = async (of: string | undefined, name: string) => {
		const asked = { milestoneId: milestone, locale: 'en', name, activity: of, file } as const;
		const added = await addEvidenceFile(manager(), asked, newId());
		return added.ok ? added.done.id : '';
	};
	const [own, theirs, whole] = [
		await add(activity, 'Ours'),
		await add(foreign, 'Theirs'),
		await add(undefined, 'Whole')
	];
	const seen = async (reader: Parameters<typeof findEvidenceFile>[0]) =>
		Promise.all(
			[own, theirs, whole].map(async (id) => (await findEvidenceFile(reader, id, 'en'))?.title)
		);
	expect(await seen(manager())).toEqual(['Ours', 'Theirs', 'Whole']);
	expect(await seen(partner('see roadmaps'))).toEqual(['Ours', undefined, 'Whole']);
	const other = await aSetting(fresh);
	const far = contextOf(fresh, other.manager, NOW, 'steer roadmaps');
	expect(await seen(far)).toEqual([undefined, undefined, undefined]);
	const asked = { milestoneId: milestone, locale: 'en', name: 'X', file } as const;
	expect(await addEvidenceFile(far, asked, newId())).toMatchObject(refusal('not_found'));
	const removed = { evidence: own, milestoneId: milestone };
	const gone = await removeEvidence(manager(), removed, newId());
	expect(await seen(manager())).toEqual([undefined, 'Theirs', 'Whole']);
	const ways = {
		'remove evidence': { needs: 'steer roadmaps', restore: putBackEvidence }
	} as const;
	await takeBack(manager(), gone.ok ? gone.done.undo : '', ways);
	expect(await findEvidenceFile(manager(), own, 'en')).toEqual({ ...file, title: 'Ours' });
});

it('a pasted table is added once, beside what is there, with its owners', async () => {
	const table = [
		'Outcome\tMilestone\tActivity\tOwner\tStart\tDue',
		'outcome\tMilestone\tCount\talana\t2026-05-01\t2026-05-20',
		'Loved\tLaw\t\tAmnesty\t2026-05-01\t2026-09-30'
	].join('\n');
	const input = { roadmapId, table, locale: 'en' } as const;
	expect(await addPasted(manager(), input, newId())).toMatchObject({
		done: { outcomes: 1, milestones: 1, activities: 1 }
	});
	const seen = (await findRoadmap(manager(), roadmapId, 'en'))!;
	expect(seen.outcomes.map(({ name }) => name)).toEqual(['Outcome', 'Loved']);
	expect(seen.outcomes[1]!.milestones).toMatchObject([{ name: 'Law', partner: 'Amnesty' }]);
	expect(seen.outcomes[0]!.milestones[0]!.activities).toHaveLength(3);
	expect(await previewPasted(manager(), input)).toMatchObject({
		plan: { counts: { outcomes: 0, milestones: 0, activities: 0 } }
	});
	const other = await aSetting(fresh);
	expect(await addPasted(contextOf(fresh, other.manager), input, newId())).toMatchObject(
		refusal('not_found')
	);
});

it('a cycle that serves no milestone says why, and the later reason holds', async () => {
	const { cycleId: cycle } = await aCycle(fresh, here);
	for (const reason of ['other', 'emergency'] as const)
		expect(await sayUnplanned(manager(), { cycle, reason }, newId())).toMatchObject({ ok: true });
	expect([...(await listReasons(manager()))]).toEqual([[cycle, 'emergency']]);
	const other = await aSetting(fresh);
	const far = contextOf(fresh, other.manager, NOW, 'steer roadmaps');
	expect(await sayUnplanned(far, { cycle, reason: 'other' }, newId())).toMatchObject(
		refusal('unknown_cycle')
	);
	expect((await listReasons(far)).size + (await listServing(far)).size).toBe(0);
});
