import { beforeEach, describe, expect, it } from 'vitest';
import { listCycleStandings } from '#lib/features/attendance/standing.queries.server.ts';
import { keepCounts } from '#lib/features/counts/commands.server.ts';
import { recountTarget } from '#lib/features/counts/recount.commands.server.ts';
import { addCycle } from '#lib/features/projects/belonging.commands.server.ts';
import type { MarkCode } from '#lib/platform/db/schema.ts';
import type { Measure } from '#lib/platform/db/vocabularies.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addIndicator,
	addMember,
	addProject,
	addSession,
	addTarget,
	contextOf
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { listTargetReach } from './queries.server.ts';

const TODAY = '2026-05-05';

let fresh: FreshDatabase;
let here: Setting;
let there: Setting;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	there = await aSetting(fresh, { sectionId: here.sectionId });
});

async function aTarget(
	measure: Measure,
	period: { starts_on?: string; ends_on?: string } = {}
): Promise<string> {
	const indicator_id = await addIndicator(fresh, here.sectionId, { measure });
	return addTarget(fresh, { section_id: here.sectionId, indicator_id, ...period });
}

/** A member born in a year, a month and to a group. */
async function born(
	birth_year: number,
	given: { birth_month?: number; population_group?: string; sex?: 'f' | 'm' } = {}
): Promise<string> {
	const id = await addMember(fresh, here, `Born ${birth_year}`);
	await fresh.db
		.updateTable('person')
		.set({ birth_year, ...given })
		.where('id', '=', id)
		.execute();
	return id;
}

async function aSession(
	setting: Setting,
	marks: Record<string, MarkCode>,
	{ date = '2026-04-07', cycle }: { date?: string; cycle?: Awaited<ReturnType<typeof aCycle>> } = {}
): Promise<void> {
	const id = await addSession(fresh, cycle ?? (await aCycle(fresh, setting)), {
		...{ date, status: 'held' }
	});
	for (const [person_id, code] of Object.entries(marks))
		await fresh.db
			.insertInto('mark')
			.values({ session_id: id, person_id, section_id: setting.sectionId, code })
			.execute();
	await keepCounts(fresh.db, setting.sectionId, { sessions: [id] });
}

async function reachOf(id: string) {
	const all = await listTargetReach(contextOf(fresh, here.manager), { today: TODAY }, 'en');
	return all.find((target) => target.id === id)!;
}

it('a target of children counts who was under eighteen on the first day, once at however many centres', async () => {
	const id = await aTarget('children');
	const child = await born(2015);
	const turning = await born(2008, { birth_month: 4 });
	const adult = await born(2008, { birth_month: 2 });
	await aSession(here, { [child]: 'present', [turning]: 'present' }, { date: '2026-03-03' });
	await aSession(here, { [turning]: 'present', [adult]: 'late' });
	await aSession(there, { [child]: 'present' });
	const seen = await reachOf(id);
	expect(seen).toMatchObject({ measure: 'children', peopleCount: 2, participationCount: null });
	const at = (centre: string) => seen.centres.find(({ centreId }) => centreId === centre)!;
	expect([at(here.centreId).peopleCount, at(there.centreId).peopleCount]).toEqual([2, 1]);
});

it('a target of caregivers counts adults who are responsible for a child of the register', async () => {
	const id = await aTarget('caregivers');
	const [child, mother, volunteer] = [await born(2015), await born(1985), await born(1990)];
	await fresh.db
		.insertInto('caregiver')
		.values({
			...{ child_id: child, caregiver_id: mother, section_id: here.sectionId },
			relation: 'mother'
		})
		.execute();
	await aSession(here, { [child]: 'present', [mother]: 'present', [volunteer]: 'present' });
	expect(await reachOf(id)).toMatchObject({ peopleCount: 1 });
});

it('a target of completions counts three quarters of a cycle, from joining on, once it is over', async () => {
	const id = await aTarget('completed');
	const cycle = await aCycle(fresh, here);
	const [steady, often, seldom, late] = [
		...[await born(2015), await born(2015), await born(2015), await born(2015)]
	] as [string, string, string, string];
	await fresh.db
		.updateTable('cohort_member')
		.set({ joined_on: '2026-04-20' })
		.where('person_id', '=', late)
		.execute();
	const dates = ['2026-04-02', '2026-04-09', '2026-04-16', '2026-04-23'];
	for (const [i, date] of dates.entries())
		await aSession(
			here,
			{
				[steady]: 'present',
				[often]: i === 0 ? 'absent' : 'late',
				[seldom]: i < 2 ? 'present' : 'absent',
				...(i === 3 ? { [late]: 'present' as const } : {})
			},
			{ date, cycle }
		);
	const open = await addSession(fresh, cycle, { date: '2026-04-30', status: 'planned' });
	expect(await reachOf(id)).toMatchObject({ peopleCount: 0 });
	await fresh.db
		.updateTable('session')
		.set({ status: 'cancelled' })
		.where('id', '=', open)
		.execute();
	expect(await reachOf(id)).toMatchObject({ peopleCount: 3 });
});

it('who is reached and who completed is what the version of the cycle asks for, in the period of its last session', async () => {
	await fresh.db
		.updateTable('curriculum_version')
		.set({ reached_count: 2, completed_pct: 100 })
		.where('id', '=', here.versionId)
		.execute();
	const cycle = await aCycle(fresh, here);
	const [always, twice, once] = [await born(2015), await born(2015), await born(2015)];
	const left = await born(2015);
	await fresh.db
		.updateTable('cohort_member')
		.set({ left_on: '2026-03-31' })
		.where('person_id', '=', left)
		.execute();
	for (const [i, date] of ['2026-03-30', '2026-04-02', '2026-04-09'].entries())
		await aSession(
			here,
			{
				[always]: 'present',
				[twice]: i > 0 ? 'present' : 'absent',
				...(i === 0 ? { [once]: 'present' as const, [left]: 'present' as const } : {})
			},
			{ date, cycle }
		);
	const reached = await aTarget('reached');
	expect(await reachOf(reached)).toMatchObject({ peopleCount: 2, participationCount: 7 });
	// both from April on: the second there is what counts
	const april = await aTarget('reached', { starts_on: '2026-04-01' });
	expect(await reachOf(april)).toMatchObject({ peopleCount: 2, participationCount: 4 });
	const last = await aTarget('reached', { starts_on: '2026-04-09' });
	expect(await reachOf(last)).toMatchObject({ peopleCount: 0, participationCount: 2 });
	expect(await reachOf(await aTarget('completed'))).toMatchObject({ peopleCount: 1 });
	const before = await aTarget('completed', { ends_on: '2026-04-08' });
	expect(await reachOf(before)).toMatchObject({ peopleCount: 0 });

	const [standing] = await listCycleStandings(
		contextOf(fresh, here.coordinator),
		here.cohortId,
		'en'
	);
	expect(standing).toMatchObject({
		...{ heldCount: 3, plannedCount: 0, rule: { reachedCount: 2, completedPct: 100 } },
		...{ reachedCount: 2, engagedCount: 2, completedCount: 1 }
	});
	expect(
		await listCycleStandings(contextOf(fresh, there.coordinator), here.cohortId, 'en')
	).toEqual([]);
});

it('parts by sex, age and group are held against who of them came', async () => {
	const id = await aTarget('reached');
	const group = { section_id: here.sectionId, target_id: id, amount: 10 };
	const any = { sex: null, age_from: null, age_to: null, population_group: null };
	await fresh.db
		.insertInto('target_group')
		.values([
			{ ...group, ...any, id: '1', sex: 'f' },
			{ ...group, ...any, id: '2', sex: 'm', age_from: 6, age_to: 11 },
			{ ...group, ...any, id: '3', population_group: 'SYR' }
		])
		.execute();
	const girl = await born(2010, { sex: 'f', population_group: 'SYR' });
	const boy = await born(2016, { sex: 'm', population_group: 'LEB' });
	const older = await born(2012, { sex: 'm', population_group: 'LEB' });
	await aSession(here, { [girl]: 'present', [boy]: 'present', [older]: 'present' });
	const { groups } = await reachOf(id);
	expect(groups.map(({ peopleCount }) => peopleCount)).toEqual([1, 1, 1]);
	const [own] = await listTargetReach(contextOf(fresh, here.coordinator), { today: TODAY }, 'en');
	expect(own!.groups).toEqual([]);
});

it('stands against an even pace, whole and by centre, and names the centre behind with its reasons', async () => {
	const id = await addTarget(fresh, {
		...{ section_id: here.sectionId, amount: 12 },
		...{ starts_on: '2026-01-01', ends_on: '2026-12-31' }
	});
	for (const { centreId } of [here, there])
		await addTarget(fresh, {
			...{ section_id: here.sectionId, centre_id: centreId, parent_id: id, amount: 6 }
		});
	await aSession(here, { [await born(2015)]: 'present', [await born(2015)]: 'present' });
	await addSession(fresh, await aCycle(fresh, there), { date: '2026-05-04', status: 'planned' });
	const { pace, centres } = await reachOf(id);
	expect(pace).toMatchObject({ dueCount: 4, state: 'red', weekCount: 8, newPerWeek: 0.25 });
	expect(centres.map(({ centreId, dueCount }) => [centreId, dueCount])).toEqual([
		[there.centreId, 2],
		[here.centreId, 2]
	]);
	expect(centres.map(({ pace }) => pace)).toMatchObject([
		{ state: 'red', reasons: ['missing_registers', 'low_pace'], sessionCount: 0 },
		{ state: 'green', reasons: [], sessionCount: 1 }
	]);
});

it('says that a change waits', async () => {
	const id = await aTarget('reached');
	await fresh.db
		.insertInto('target_change')
		.values({
			...{ id: newId(), section_id: here.sectionId, target_id: id, old_numbers: '{}' },
			...{ new_numbers: '{}', reason: 'More', proposed_by: here.manager.id, proposed_at: 1 },
			took_effect_at: null
		})
		.execute();
	expect((await reachOf(id)).note).toEqual({ state: 'waiting' });
});

describe('a target of a project', () => {
	/** Two projects, a cycle paid by both and one paid by none, each with a session somebody came to. */
	async function paid() {
		const projects = [
			await addProject(fresh, here.sectionId),
			await addProject(fresh, here.sectionId, { name_texts: '{"en":"Other grant"}' })
		];
		const [ofBoth, ofNone] = [await aCycle(fresh, here), await aCycle(fresh, here)];
		const [nour, rami] = [await born(2015), await born(2015)];
		for (const projectId of projects)
			await addCycle(contextOf(fresh, here.manager), { projectId, cycle: ofBoth.cycleId }, newId());
		await aSession(here, { [nour]: 'present' }, { cycle: ofBoth });
		await aSession(here, { [nour]: 'absent', [rami]: 'late' }, { cycle: ofNone });
		return { projects, ofBoth, ofNone };
	}

	/** A target of these projects, or of none. */
	async function aTargetOf(projects: string[], measure: Measure = 'reached'): Promise<string> {
		const id = await aTarget(measure);
		for (const project_id of projects)
			await fresh.db
				.insertInto('project_target')
				.values({ project_id, target_id: id, section_id: here.sectionId })
				.execute();
		await recountTarget(fresh.db, { sectionId: here.sectionId, targetId: id });
		return id;
	}

	it('counts sessions of its cycles alone; one paid by two counts in both and once in the total', async () => {
		const { projects } = await paid();
		const [one, other] = projects as [string, string];
		const counted = async (of: string[]) => {
			const { peopleCount, participationCount } = await reachOf(await aTargetOf(of));
			return [peopleCount, participationCount];
		};
		expect(await counted([one])).toEqual([1, 1]);
		expect(await counted([other])).toEqual([1, 1]);
		expect(await counted([one, other])).toEqual([1, 1]);
		expect(await counted([])).toEqual([2, 2]);
	});

	it('says which project it is of, owes its registers alone, and counts its completions', async () => {
		const { projects, ofBoth, ofNone } = await paid();
		for (const cycle of [ofBoth, ofNone])
			await addSession(fresh, cycle, { date: '2026-05-04', status: 'planned' });
		const seen = await reachOf(await aTargetOf([projects[0]!]));
		expect(seen.projects).toEqual([{ id: projects[0], name: 'Grant' }]);
		const missing = (target: typeof seen) =>
			target.centres.find(({ centreId }) => centreId === here.centreId)!.missingCount;
		expect([missing(seen), missing(await reachOf(await aTargetOf([])))]).toEqual([1, 2]);
		await fresh.db
			.updateTable('session')
			.set({ status: 'cancelled' })
			.where('status', '=', 'planned')
			.execute();
		const completed = async (of: string[]) =>
			(await reachOf(await aTargetOf(of, 'completed'))).peopleCount;
		expect([await completed([projects[0]!]), await completed([])]).toEqual([1, 2]);
	});

	it('is all a project manager of that project sees', async () => {
		const { projects } = await paid();
		const own = await aTargetOf([projects[0]!]);
		await aTargetOf([projects[1]!]);
		const steering = await addAccount(fresh, {
			sectionId: here.sectionId,
			also: [{ role: 'project_manager', centreIds: null, bodyId: null, projectId: projects[0]! }]
		});
		const ctx = contextOf(fresh, steering, undefined, 'see targets');
		const seen = await listTargetReach(ctx, { today: TODAY }, 'en');
		expect(seen.map(({ id }) => id)).toEqual([own]);
	});
});
