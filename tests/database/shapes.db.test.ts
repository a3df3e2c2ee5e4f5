import { beforeEach, describe, expect, it } from 'vitest';
import { recordRegister } from '#lib/features/attendance/commands.server.ts';
import { listRegister } from '#lib/features/attendance/queries.server.ts';
import { editCohort } from '#lib/features/sessions/closing.commands.server.ts';
import { listCohortFacilitators, listCohorts } from '#lib/features/cohorts/queries.server.ts';
import { countPeriod, listMissing } from '#lib/features/exports/queries.server.ts';
import { registers, sessions } from '#lib/features/exports/registers.queries.server.ts';
import { codeStates } from '#lib/features/feedback/code-states.queries.server.ts';
import { ranBy } from '#lib/features/feedback/ran-by.queries.server.ts';
import { listTargetReach } from '#lib/features/reach/queries.server.ts';
import { listRoadmaps } from '#lib/features/roadmap/queries.server.ts';
import {
	findSession,
	listCycles,
	listSessions,
	listSessionsOf,
	listUnrecorded
} from '#lib/features/sessions/queries.server.ts';
import { nthWords } from '#lib/features/sessions/words.ts';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addLink,
	addMember,
	addMilestone,
	addOpenSession,
	addPerson,
	addRoadmap,
	addSession,
	addTarget,
	contextOf,
	type Account
} from '#tests/factories/rows.ts';

const DATE = '2026-05-05';
const NEXT = '2026-05-06';
const LATER = instantOf(NEXT, '12:00', 'Asia/Beirut');
const WEEK = { from: '2026-05-01', to: '2026-05-31' };

let fresh: FreshDatabase;
let here: Setting;
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
});

const as = (account: Account) => contextOf(fresh, account, LATER);
const mark = (session_id: string, person_id: string) =>
	fresh.db
		.insertInto('mark')
		.values({ session_id, person_id, section_id: here.sectionId, code: 'present' })
		.execute();

describe('a session without a cohort, a cycle, a plan or a room', () => {
	it('stands in the calendar under its own name and place, and is busy to who does not run it', async () => {
		const { rana, karim, coordinator } = here;
		const id = await addOpenSession(fresh, here, { on_date: DATE, facilitators: [rana] });
		const seen = {
			...{ id, cohortId: null, cycleId: null, cohort: 'Talk for parents', title: 'Open session' },
			...{ position: null, room: 'Shelter', own: true, expectedCount: 0 }
		};
		for (const account of [rana, coordinator, here.manager])
			expect(await listSessions(as(account), WEEK, 'en')).toMatchObject([seen]);
		expect(nthWords((await findSession(as(rana), id, 'en'))!)).toBe('Open session');
		expect(await listSessions(as(karim), WEEK, 'en')).toMatchObject([
			{ id: '', cohort: '', title: '', room: 'Shelter', own: false }
		]);
		expect(await findSession(as(karim), id, 'en')).toBeUndefined();
		const elsewhere = await aSetting(fresh, { sectionId: here.sectionId });
		expect(await findSession(as(elsewhere.coordinator), id, 'en')).toBeUndefined();
		expect(await listUnrecorded(as(rana), { before: NEXT }, 'en')).toMatchObject([{ id }]);
	});

	it('has a register that reads and saves, counts as reach, and is in every file', async () => {
		const { rana, manager } = here;
		const nour = await addPerson(fresh, here);
		const id = await addOpenSession(fresh, here, { on_date: DATE, facilitators: [rana] });
		await addTarget(fresh, { section_id: here.sectionId });
		const asked = { ...WEEK, month: '2026-05', today: NEXT, locale: 'en' as const };
		expect(await listMissing(as(manager), asked, 'en')).toMatchObject([
			{ sessionId: id, cohort: 'Talk for parents' }
		]);
		await mark(id, nour);
		const session = (await findSession(as(rana), id, 'en'))!;
		expect(await listRegister(as(rana), session, 'en')).toMatchObject([
			{ personId: nour, code: 'present' }
		]);
		const saved = await recordRegister(
			as(rana),
			{ sessionId: id, version: 1, headcount: 1, headcountReason: '', mark: { [nour]: 'late' } },
			{ once: newId(), locale: 'en' }
		);
		expect(saved.ok).toBe(true);
		const [reach] = await listTargetReach(as(manager), { today: NEXT }, 'en');
		expect(reach).toMatchObject({ peopleCount: 1, participationCount: 1, sessionsHeldCount: 1 });
		expect(await countPeriod(as(manager), asked)).toMatchObject({ people: 1, sessionsHeld: 1 });
		for (const table of [sessions, registers])
			expect((await table(as(manager), asked)).rows.map((row) => row.slice(0, 5))).toEqual([
				[DATE, '17:00', 'Centre', 'Talk for parents', 'Caregivers']
			]);
		expect(await codeStates(as(rana), [id])).toEqual(new Map([[id, { state: 'over' }]]));
	});

	it('is never reach when it trains staff or professionals, also with a word of its own beside a cohort', async () => {
		await addTarget(fresh, { section_id: here.sectionId });
		const nour = await addPerson(fresh, here);
		const held = { on_date: DATE, status: 'held' as const, recorded_at: 1 };
		for (const audience of ['staff', 'professionals'] as const)
			await mark(await addOpenSession(fresh, here, { ...held, audience }), nour);
		const { cohortId: cohort_id } = here;
		await mark(
			await addOpenSession(fresh, here, { ...held, cohort_id, audience: 'professionals' }),
			nour
		);
		const [reach] = await listTargetReach(as(here.manager), { today: NEXT }, 'en');
		expect(reach).toMatchObject({ peopleCount: 0, sessionsHeldCount: 0 });
	});
});

it('a draft is in no list, number or percent', async () => {
	const cycle = await aCycle(fresh, here);
	const draft = await addSession(fresh, cycle, { date: DATE });
	const planned = await addSession(fresh, cycle, { date: DATE });
	await fresh.db.updateTable('session').set({ status: 'draft' }).where('id', '=', draft).execute();
	const section_id = here.sectionId;
	const { outcomeId: outcome_id } = await addRoadmap(fresh, { section_id });
	const milestone_id = await addMilestone(fresh, { section_id, outcome_id });
	const link = { milestone_id, cycle_id: cycle.cycleId, section_id, linked_by: here.manager.id };
	await addLink(fresh, link);
	for (const account of [here.rana, here.coordinator, here.manager]) {
		const ids = (await listSessions(as(account), WEEK, 'en')).map(({ id }) => id);
		expect(ids).toEqual([planned]);
		expect(await findSession(as(account), draft, 'en')).toBeUndefined();
	}
	expect(await listCycles(as(here.manager), { endsFrom: DATE }, 'en')).toMatchObject([
		{ sessionCount: 1 }
	]);
	const [{ rows }, [roadmap]] = [
		await sessions(as(here.manager), { ...WEEK, month: '2026-05', today: NEXT, locale: 'en' }),
		await listRoadmaps(as(here.manager), 'en')
	];
	expect(rows).toHaveLength(1);
	expect(roadmap).toMatchObject({ counts: { at_risk: 1 } });
	await fresh.db.updateTable('session').set({ on_date: '2026-06-02' }).execute();
	expect(await listMissing(as(here.manager), { ...WEEK, today: NEXT }, 'en')).toEqual([]);
});

it('two halves of a session share a position of the cycle, and each has a register', async () => {
	const nour = await addMember(fresh, here);
	const cycle = await aCycle(fresh, here);
	const girls = await addSession(fresh, cycle, { date: DATE });
	const { id: _, ...half } = await fresh.db
		.selectFrom('session')
		.selectAll()
		.where('id', '=', girls)
		.executeTakeFirstOrThrow();
	const mothers = newId();
	await expect(
		fresh.db
			.insertInto('session')
			.values({ ...half, id: mothers })
			.execute()
	).rejects.toThrow(/unique/i);
	await fresh.db
		.insertInto('session')
		.values({ ...half, id: mothers, strand: 'mothers' })
		.execute();
	const listed = await listSessionsOf(as(here.rana), here.cohortId, 'en');
	expect(listed.map(({ id, position }) => [id, position])).toEqual(
		[girls, mothers].sort().map((id) => [id, 1])
	);
	for (const session of listed)
		expect(await listRegister(as(here.rana), session, 'en')).toMatchObject([{ personId: nour }]);
});

describe('who runs a cohort', () => {
	const edit = (facilitators: Account[]) =>
		editCohort(
			as(here.coordinator),
			{
				...{ cohortId: here.cohortId, name: 'Butterflies', audience: 'children', status: 'open' },
				...{ ageFrom: 6, ageTo: 9, capacity: 30, locale: 'en' },
				facilitators: facilitators.map(({ id }) => id)
			},
			newId()
		);
	const running = async () =>
		(await listCohortFacilitators(as(here.coordinator), here.cohortId)).sort();
	const rows = () =>
		fresh.db
			.selectFrom('cohort_facilitator')
			.select(['account_id', 'from_on', 'until_on'])
			.orderBy('from_on')
			.execute();

	it('stays written down when others take over, and sees it to the end of the day after', async () => {
		const { rana, karim } = here;
		const maya = await addAccount(fresh, { ...here, centreIds: [here.centreId], name: 'Maya' });
		expect((await edit([karim, maya])).ok).toBe(true);
		expect(await running()).toEqual([karim.id, maya.id, rana.id].sort());
		const inAWeek = instantOf('2026-05-13', '12:00', 'Asia/Beirut');
		const later = (account: Account) => contextOf(fresh, account, inAWeek);
		expect((await listCohortFacilitators(later(here.coordinator), here.cohortId)).sort()).toEqual(
			[karim.id, maya.id].sort()
		);
		expect(await listCohorts(later(rana), 'en')).toEqual([]);
		expect(await rows()).toContainEqual({
			...{ account_id: rana.id, from_on: '2026-01-01', until_on: NEXT }
		});
		// Back again: two times of one person, and one cohort.
		expect((await edit([rana, karim])).ok).toBe(true);
		expect((await rows()).filter(({ account_id }) => account_id === rana.id)).toHaveLength(2);
		expect((await rows()).some(({ account_id }) => account_id === maya.id)).toBe(false);
		expect(await listCohorts(later(rana), 'en')).toHaveLength(1);
		expect((await running()).filter((id) => id === rana.id)).toHaveLength(1);
	});

	it('ran the sessions of their time, and not those after it', async () => {
		const cycle = await aCycle(fresh, here);
		const [before, after] = [
			await addSession(fresh, cycle, { date: DATE }),
			await addSession(fresh, cycle, { date: '2026-05-12' })
		];
		await edit([here.karim]);
		expect([...(await ranBy(as(here.rana), [before, after]))]).toEqual([before]);
		expect((await ranBy(as(here.karim), [before, after])).size).toBe(2);
	});
});
