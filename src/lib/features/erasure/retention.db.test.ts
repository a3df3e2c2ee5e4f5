import { beforeEach, expect, it } from 'vitest';
import { mendCounts } from '#lib/features/counts/recount.commands.server.ts';
import { addGuardian } from '#lib/features/people/guardian.commands.server.ts';
import { listTargetReach } from '#lib/features/reach/queries.server.ts';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addPerson,
	addSession,
	addTarget,
	contextOf,
	join
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { endPeriods, keepPeriods } from './retention.commands.server.ts';
import { listPeriods, listRuns } from './retention.queries.server.ts';

const TODAY = '2026-05-04';
const now = instantOf(TODAY, '12:00', 'Asia/Beirut');

let fresh: FreshDatabase;
let here: Setting;
/** Attended in 2023 and left; attended in 2023 and this year. */
let gone: string;
let back: string;
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	const cycle = await aCycle(fresh, here);
	const sessions = [
		await addSession(fresh, cycle, { date: '2023-04-07', status: 'held' }),
		await addSession(fresh, cycle, { date: '2026-04-07', status: 'held' })
	];
	[gone, back] = [await addPerson(fresh, here, 'Zaynab'), await addPerson(fresh, here, 'Rami')];
	const { cohortId, sectionId } = here;
	await join(fresh, {
		cohortId,
		sectionId,
		personId: gone,
		joinedOn: '2023-01-01',
		leftOn: '2023-06-01'
	});
	await join(fresh, { cohortId, sectionId, personId: back, joinedOn: '2023-01-01' });
	for (const [at, person_id] of [
		[0, gone],
		[0, back],
		[1, back]
	] as const)
		await fresh.db
			.insertInto('mark')
			.values({ session_id: sessions[at]!, person_id, section_id: sectionId, code: 'present' })
			.execute();
	for (const personId of [gone, back]) {
		const adult = { name: 'Mother', relation: 'mother', contactWay: 'visit' } as const;
		await addGuardian(as(), { ...adult, personId }, newId());
	}
});

const as = (at = now) => contextOf(fresh, here.coordinator, at);
const settle = (on: readonly ('contacts' | 'attendance' | 'answers' | 'audit')[]) =>
	keepPeriods(as(), { contacts: 6, attendance: 12, answers: 60, audit: 24, on: [...on] }, newId());
const run = (stop = new AbortController().signal) =>
	endPeriods(fresh.db, fresh.ring, { now, stop });
const due = async () =>
	Object.fromEntries(
		(await listPeriods(as(), 'Asia/Beirut')).map(({ kind, dueCount }) => [kind, dueCount])
	);

it('removes nothing before it is switched on, and shows how much there is', async () => {
	expect(await due()).toEqual({ contacts: 1, attendance: 1, answers: 0, audit: 0 });
	await run();
	await settle([]);
	await run();
	expect(await due()).toMatchObject({ contacts: 1, attendance: 1 });
	expect(await listRuns(as())).toEqual([]);
});

it('old contacts go and old attendance no longer says whose it was; no number changes', async () => {
	const target = { section_id: here.sectionId, starts_on: '2023-01-01', ends_on: '2023-12-31' };
	await addTarget(fresh, target);
	const manager = contextOf(fresh, here.manager, now);
	const before = await listTargetReach(manager, { today: TODAY }, 'en');
	expect(before[0]!.peopleCount).toBe(2);
	await settle(['contacts', 'attendance']);
	await run();
	expect(await due()).toMatchObject({ contacts: 0, attendance: 0 });
	expect(await listTargetReach(manager, { today: TODAY }, 'en')).toEqual(before);
	expect(await mendCounts(fresh.db)).toMatchObject({ differing: 0 });
	const people = await fresh.db.selectFrom('person').select(['id', 'erased_on']).execute();
	expect(people.filter(({ erased_on }) => erased_on === null)).toEqual([
		{ id: back, erased_on: null }
	]);
	expect(people).toHaveLength(2);
	expect((await listRuns(as())).map(({ kind, row_count }) => [kind, row_count])).toEqual([
		['attendance', 1],
		['contacts', 1]
	]);
	const contacts = await fresh.db.selectFrom('guardian').select('person_id').execute();
	expect(contacts).toEqual([{ person_id: back }]);
});

it('keeps who counts for a target that goes on, and who is somebody’s caregiver', async () => {
	await addTarget(fresh, {
		section_id: here.sectionId,
		starts_on: '2023-01-01',
		ends_on: '2026-12-31'
	});
	expect(await due()).toMatchObject({ attendance: 0 });
	await fresh.db.deleteFrom('reached_person').execute();
	expect(await due()).toMatchObject({ attendance: 1 });
	await fresh.db
		.insertInto('caregiver')
		.values({ child_id: back, caregiver_id: gone, section_id: here.sectionId, relation: 'mother' })
		.execute();
	expect(await due()).toMatchObject({ attendance: 0 });
});

it('keeps who waits for a place, and whom to call for them', async () => {
	await fresh.db
		.insertInto('waiting_place')
		.values({
			...{ id: newId(), section_id: here.sectionId, cohort_id: here.cohortId, person_id: gone },
			...{ asked_at: now, ended_at: null, outcome: null }
		})
		.execute();
	expect(await due()).toMatchObject({ contacts: 0, attendance: 0 });
});

it('forgets the record of what was done in steps, goes on where it was cut short, and leaves other sections alone', async () => {
	const other = await aSetting(fresh);
	const old = instantOf('2024-01-01', '12:00', 'Asia/Beirut');
	const entries = (section_id: string, count: number) =>
		Array.from({ length: count }, () => ({
			...{ at: old, section_id, actor_kind: 'staff' as const, actor_id: here.coordinator.id },
			...{ action: 'edit person', object_type: 'person', object_id: 'x', field_names: 'sex' }
		}));
	for (let n = 0; n < 5; n += 1)
		await fresh.db.insertInto('audit').values(entries(here.sectionId, 300)).execute();
	await fresh.db.insertInto('audit').values(entries(other.sectionId, 3)).execute();
	await settle(['audit']);
	expect(await due()).toMatchObject({ audit: 1500 });
	await run(AbortSignal.abort());
	expect(await due()).toMatchObject({ audit: 1500 });
	await run();
	expect(await due()).toMatchObject({ audit: 0 });
	const left = await fresh.db
		.selectFrom('audit')
		.select('section_id')
		.where('at', '=', old)
		.execute();
	expect(left).toHaveLength(3);
	expect(await listRuns(as())).toMatchObject([{ kind: 'audit', row_count: 1500 }]);
});

it('forgets what children answered under codes that closed long ago', async () => {
	const opened_by = (await addAccount(fresh, { sectionId: here.sectionId })).id;
	const [{ id: session_id } = { id: '' }] = await fresh.db
		.selectFrom('session')
		.select('id')
		.execute();
	const closed = instantOf('2021-01-01', '12:00', 'Asia/Beirut');
	await fresh.db
		.insertInto('feedback_code')
		.values({
			...{ id: newId(), session_id, section_id: here.sectionId, code: '12345678', length: 'pulse' },
			...{ opened_by, opened_at: closed, closed_at: closed, started_count: 3 }
		})
		.execute();
	await settle(['answers']);
	expect(await due()).toMatchObject({ answers: 1 });
	await run();
	expect(await fresh.db.selectFrom('feedback_code').selectAll().execute()).toEqual([]);
});
