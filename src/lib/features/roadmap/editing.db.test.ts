import { beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { newId } from '#lib/platform/ids/ids.ts';
import { takeBack } from '#lib/platform/undo/undo.ts';
import { WAYS } from '../../../routes/(staff)/undo/ways.server.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addActivity as anActivity,
	addLink,
	addPartner,
	addTarget,
	contextOf,
	type Account
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { addActivity, removeActivity, saveActivity } from './activity.commands.server.ts';
import { addBody } from './body.commands.server.ts';
import { saveDates } from './dates.commands.server.ts';
import { findMilestoneSheet, findRoadmapSheet } from './editing.queries.server.ts';
import type { milestoneEditForm, milestoneForm } from './forms.ts';
import {
	addOutcome,
	makeRoadmap,
	moveOutcome,
	removeOutcome,
	removeRoadmap,
	saveRoadmap
} from './making.commands.server.ts';
import { addMilestone, removeMilestone, saveMilestone } from './milestone.commands.server.ts';
import { findRoadmap } from './queries.server.ts';
import { findReceipt } from './receipt.queries.server.ts';

let fresh: FreshDatabase;
let here: Setting;
let roadmap: string;
let outcome: string;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	roadmap = done(await makeRoadmap(as(), YEAR, newId())).id;
	outcome = done(await addOutcome(as(), { roadmapId: roadmap, name_en: 'Heard' }, newId())).id;
});

const YEAR = { name_en: 'Year', starts: '2026-01-01', ends: '2026-12-31' };
const as = (account: Account = here.manager) => contextOf(fresh, account);
const refusal = (reason: string) => ({ ok: false, refusal: { reason } });

function done<Done>(outcome: { ok: true; done: Done } | { ok: false; refusal: unknown }): Done {
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
	return outcome.done;
}

type Sheet = z.output<typeof milestoneForm>;
async function milestone(name: string, ends = '2026-06-30', given: Partial<Sheet> = {}) {
	const sheet: Sheet = {
		...{ name_en: name, outcome, kind: 'checkpoint', starts: '2026-04-01', ends },
		project: [],
		...given
	};
	return done(await addMilestone(as(), sheet, newId())).id;
}

/** Saves a milestone as it stands but for what is given. */
async function save(id: string, given: Partial<z.output<typeof milestoneEditForm>> = {}) {
	const sheet = (await findMilestoneSheet(as(), id, 'en'))!;
	return saveMilestone(
		as(),
		{
			...{ milestoneId: id, locale: 'en', version: sheet.version, name_en: sheet.name },
			...{ outcome: sheet.outcomeId, kind: sheet.kind as 'checkpoint', after: sheet.after },
			...{ starts: sheet.startsOn, ends: sheet.dueOn, project: sheet.projectIds },
			...given
		},
		newId()
	);
}

const dueOf = async (id: string) => (await findMilestoneSheet(as(), id, 'en'))!.dueOn;
const undo = (id: string) => takeBack(as(), id, WAYS);

describe('a roadmap made here', () => {
	it('is seen with its outcomes in their order, milestones and activities', async () => {
		const second = done(await addOutcome(as(), { roadmapId: roadmap, name_fr: 'Aimés' }, newId()));
		done(await moveOutcome(as(), { outcome: second.id, way: 'up' }, newId()));
		const body = done(await addBody(as(), { name_en: 'Plan', kind: 'partner' }, newId())).id;
		const id = await milestone('Vision', '2026-06-30', { body });
		const activity = {
			...{ milestoneId: id, name_en: 'Draft', starts: '2026-04-01', ends: '2026-05-01', body },
			...({ action: 'advocacy', status: 'planned' } as const)
		};
		done(await addActivity(as(), activity, newId()));
		const seen = (await findRoadmap(as(), roadmap, 'en'))!;
		expect(seen.outcomes.map(({ name }) => name)).toEqual(['Aimés', 'Heard']);
		expect(seen.outcomes[1]!.milestones).toMatchObject([
			{ name: 'Vision', partner: 'Plan', activities: [{ name: 'Draft', action: 'advocacy' }] }
		]);
		expect(seen.partners).toEqual([{ name: 'Plan', source: null }]);
	});

	it('is the section’s alone', async () => {
		const other = await aSetting(fresh);
		const far = as(other.manager);
		expect(await findRoadmapSheet(far, roadmap, 'en')).toBeUndefined();
		const input = { ...YEAR, roadmapId: roadmap, version: 1 };
		expect(await saveRoadmap(far, input, newId())).toMatchObject(refusal('not_found'));
		expect(await addOutcome(far, { roadmapId: roadmap, name_en: 'X' }, newId())).toMatchObject(
			refusal('not_found')
		);
		const sheet = {
			name_en: 'X',
			outcome,
			kind: 'checkpoint',
			starts: '2026-01-01',
			ends: '2026-02-01',
			project: [] as string[]
		} as const;
		expect(await addMilestone(far, sheet, newId())).toMatchObject(refusal('outcome_unknown'));
		const theirs = await addPartner(fresh, other.sectionId);
		expect(await addMilestone(as(), { ...sheet, body: theirs }, newId())).toMatchObject(
			refusal('body_unknown')
		);
	});

	it('tells the second of two people, who then replaces what stands', async () => {
		done(
			await saveRoadmap(as(), { ...YEAR, roadmapId: roadmap, version: 1, name_en: 'A' }, newId())
		);
		const late = { ...YEAR, roadmapId: roadmap, name_en: 'B' };
		expect(await saveRoadmap(as(), { ...late, version: 1 }, newId())).toMatchObject({
			refusal: { reason: 'changed_meanwhile', version: 2 }
		});
		done(await saveRoadmap(as(), { ...late, version: 2 }, newId()));
		expect((await findRoadmapSheet(as(), roadmap, 'en'))!.name).toBe('B');
	});

	it('loses only what nothing hangs on, and gets it back', async () => {
		const id = await milestone('Vision');
		expect(await removeOutcome(as(), { outcome }, newId())).toMatchObject(refusal('in_use'));
		const removed = done(await removeMilestone(as(), { milestoneId: id }, newId()));
		const lane = done(await removeOutcome(as(), { outcome }, newId()));
		expect(await undo(removed.undo)).toMatchObject(refusal('in_the_way'));
		expect(await removeRoadmap(as(), { roadmapId: roadmap }, newId())).toMatchObject({ ok: true });
		expect(await undo(lane.undo)).toMatchObject(refusal('in_the_way'));
	});

	it('puts a milestone back with what it came after', async () => {
		const [first, second] = [await milestone('First'), await milestone('Second')];
		done(await save(second, { after: [first] }));
		expect(await removeMilestone(as(), { milestoneId: first }, newId())).toMatchObject(
			refusal('in_use')
		);
		const removed = done(await removeMilestone(as(), { milestoneId: second }, newId()));
		done(await undo(removed.undo));
		expect((await findMilestoneSheet(as(), second, 'en'))!.after).toEqual([first]);
	});
});

describe('a date that changes', () => {
	it('needs a reason, and keeps the old one with it', async () => {
		const id = await milestone('Vision');
		expect(await save(id, { ends: '2026-07-15' })).toMatchObject(refusal('reason_missing'));
		done(await save(id, { ends: '2026-07-15', reason: 'Rain' }));
		done(await save(id, { ends: '2026-08-10', reason: 'Strike' }));
		const receipt = (await findReceipt(as(), id, 'en'))!;
		expect(receipt.slip).toEqual({ count: 2, days: 41, reason: 'Strike' });
		expect(receipt.changes).toMatchObject([
			{ endsBefore: '2026-06-30', endsAfter: '2026-07-15', reason: 'Rain' },
			{ endsBefore: '2026-07-15', endsAfter: '2026-08-10', reason: 'Strike' }
		]);
	});

	it('asks about what follows, further on too, and moves it by as many days', async () => {
		const [a, b, c] = [await milestone('A'), await milestone('B'), await milestone('C')];
		done(await save(b, { after: [a] }));
		done(await save(c, { after: [b] }));
		const later = { ends: '2026-07-10', reason: 'Rain' };
		expect(await save(a, later)).toMatchObject({
			refusal: {
				reason: 'followers',
				moved: [
					{ name: 'B', dueOn: '2026-07-10' },
					{ name: 'C', dueOn: '2026-07-10' }
				]
			}
		});
		expect(await dueOf(a)).toBe('2026-06-30');
		expect(done(await save(a, { ...later, move: 'along' }))).toEqual({ moved: 2 });
		expect([await dueOf(a), await dueOf(b), await dueOf(c)]).toEqual(Array(3).fill('2026-07-10'));
		done(await save(a, { ends: '2026-07-20', reason: 'More', move: 'alone' }));
		expect(await dueOf(b)).toBe('2026-07-10');
	});

	it('offers to move activities along, those of what follows too, and keeps the old dates of each', async () => {
		const [a, b] = [await milestone('A'), await milestone('B')];
		done(await save(b, { after: [a] }));
		const section_id = here.sectionId;
		const [own, far] = [
			await anActivity(fresh, { section_id, milestone_id: a, name_texts: '{"en":"Own"}' }),
			await anActivity(fresh, { section_id, milestone_id: b, name_texts: '{"en":"Far"}' })
		];
		const finished = { section_id, milestone_id: a, position: 2, status: 'done' } as const;
		await anActivity(fresh, finished);
		const later = { ends: '2026-07-10', reason: 'Rain' };
		expect(await save(a, later)).toMatchObject({
			refusal: {
				reason: 'followers',
				moved: [{ name: 'B' }],
				activities: [
					{ name: 'Own', from: { startsOn: '2026-04-01' }, startsOn: '2026-04-11' },
					{ name: 'Far', endsOn: '2026-06-10' }
				]
			}
		});
		expect(done(await save(a, { ...later, move: 'along' }))).toEqual({ moved: 3 });
		const dates = { startsBefore: '2026-04-01', endsBefore: '2026-05-31', reason: 'Rain' };
		const after = { startsAfter: '2026-04-11', endsAfter: '2026-06-10' };
		for (const [id, name, activity] of [
			[a, 'Own', own],
			[b, 'Far', far]
		] as const) {
			const receipt = (await findReceipt(as(), id, 'en'))!;
			expect(receipt.changes).toContainEqual(
				expect.objectContaining({ activity: name, ...dates, ...after })
			);
			const moved = receipt.activities.find((one) => one.id === activity);
			expect(moved).toMatchObject({ startsOn: '2026-04-11', endsOn: '2026-06-10' });
		}
		const untouched = { starts_on: '2026-04-01', status: 'done' } as const;
		const rows = await fresh.db.selectFrom('activity').selectAll().execute();
		expect(rows.filter(({ status }) => status === 'done')).toMatchObject([untouched]);
		done(await save(a, { ends: '2026-07-20', reason: 'More', move: 'alone' }));
		expect((await findReceipt(as(), a, 'en'))!.activities).toContainEqual(
			expect.objectContaining({ id: own, endsOn: '2026-06-10' })
		);
	});

	it('never lets a milestone come after itself', async () => {
		const [a, b] = [await milestone('A'), await milestone('B')];
		done(await save(b, { after: [a] }));
		expect(await save(a, { after: [b] })).toMatchObject(refusal('circle'));
		expect(await save(a, { after: [a] })).toMatchObject(refusal('circle'));
	});

	it('comes in a table, for those that differ alone, and not over somebody else’s', async () => {
		const [a, b] = [await milestone('A'), await milestone('B')];
		const table = {
			...{ outcome, locale: 'en' as const, reason: 'Funds' },
			version: { [a]: 1, [b]: 1 },
			starts: { [a]: '2026-04-01', [b]: '2026-04-01' },
			ends: { [a]: '2026-07-01', [b]: '2026-06-30' }
		};
		done(await saveDates(as(), table, newId()));
		expect(await dueOf(a)).toBe('2026-07-01');
		expect((await findReceipt(as(), b, 'en'))!.changes).toEqual([]);
		const again = { ...table, ends: { [a]: '2026-08-01' } };
		expect(await saveDates(as(), again, newId())).toMatchObject({
			refusal: { reason: 'changed_meanwhile', versions: { [a]: 2, [b]: 1 } }
		});
	});

	it('of an activity is kept too', async () => {
		const id = await milestone('Vision');
		const sheet = {
			name_en: 'Draft',
			starts: '2026-04-01',
			ends: '2026-05-01',
			status: 'planned'
		} as const;
		const { id: activity } = done(await addActivity(as(), { ...sheet, milestoneId: id }, newId()));
		const change = { ...sheet, activity, version: 1, locale: 'en', ends: '2026-05-20' } as const;
		expect(await saveActivity(as(), change, newId())).toMatchObject(refusal('reason_missing'));
		done(await saveActivity(as(), { ...change, reason: 'Ill' }, newId()));
		expect((await findReceipt(as(), id, 'en'))!.changes).toMatchObject([
			{ activity: 'Draft', endsAfter: '2026-05-20', reason: 'Ill' }
		]);
		const { undo: back } = done(await removeActivity(as(), { activity }, newId()));
		done(await undo(back));
		expect((await findReceipt(as(), id, 'en'))!.changes).toHaveLength(1);
	});
});

describe('what a milestone is reached with', () => {
	it('is a target for those inside, and none of its people for those outside', async () => {
		const target = await addTarget(fresh, { section_id: here.sectionId, amount: 200 });
		const id = await milestone('Reach', '2026-06-30', { kind: 'target', target });
		expect((await findReceipt(as(), id, 'en'))!.aim).toMatchObject({
			wantedCount: 200,
			reachedCount: 0
		});
		const outside = contextOf(
			fresh,
			{ ...here.manager, role: 'advisory_group' },
			undefined,
			'see roadmaps'
		);
		expect((await findReceipt(outside, id, 'en'))!.aim).toBeNull();
	});

	it('stays sessions as long as a cycle is linked', async () => {
		const id = await milestone('Groups', '2026-06-30', { kind: 'sessions' });
		const { cycleId } = await aCycle(fresh, here);
		await addLink(fresh, {
			...{ milestone_id: id, cycle_id: cycleId },
			...{ section_id: here.sectionId, linked_by: here.manager.id }
		});
		expect(await save(id, { kind: 'checkpoint' })).toMatchObject(refusal('linked'));
		expect(await removeMilestone(as(), { milestoneId: id }, newId())).toMatchObject(
			refusal('in_use')
		);
	});
});

it('a body that bears the name already is the same body', async () => {
	const known = await addPartner(fresh, here.sectionId, 'Plan');
	expect(done(await addBody(as(), { name_fr: 'plan', kind: 'funder' }, newId())).id).toBe(known);
	const kinds = await fresh.db.selectFrom('body_kind').select('kind').execute();
	expect(kinds.map(({ kind }) => kind).sort()).toEqual(['funder', 'partner']);
});
