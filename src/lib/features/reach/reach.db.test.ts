import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { recordRegister } from '#lib/features/attendance/commands.server.ts';
import { keepCounts } from '#lib/features/counts/commands.server.ts';
import { ATTENDED, MARKS } from '#lib/features/attendance/rules.ts';
import { mendCounts } from '#lib/features/counts/recount.commands.server.ts';
import { instantOf } from '#lib/platform/clock/zone.ts';
import type { MarkCode } from '#lib/platform/db/schema.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addCohort,
	addMember,
	addPerson,
	addSession,
	addTarget,
	contextOf,
	join,
	type SessionOf
} from '#tests/factories/rows.ts';
import { listMissingRegisters, listTargetReach } from './queries.server.ts';

const TODAY = '2026-05-05';

let fresh: FreshDatabase;
let here: Setting;
let there: Setting;
let target: string;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	there = await aSetting(fresh, { sectionId: here.sectionId });
	target = await addTarget(fresh, { section_id: here.sectionId });
});

/** A session of the setting's cohort, or of another, with the marks given. */
async function aSession(
	setting: Setting,
	marks: Record<string, MarkCode>,
	{
		cohortId,
		date = '2026-04-07',
		status = 'held',
		time
	}: Partial<SessionOf> & { cohortId?: string } = {}
): Promise<string> {
	const id = await addSession(fresh, await aCycle(fresh, setting, cohortId), {
		date,
		status,
		time
	});
	for (const [person_id, code] of Object.entries(marks))
		await fresh.db
			.insertInto('mark')
			.values({ session_id: id, person_id, section_id: setting.sectionId, code })
			.execute();
	await keepCounts(fresh.db, setting.sectionId, { sessions: [id] });
	return id;
}

async function reach(account = here.manager, { today = TODAY }: { today?: string } = {}) {
	return listTargetReach(contextOf(fresh, account), { today }, 'en');
}

async function first() {
	const found = (await reach()).find(({ id }) => id === target)!;
	const centre = (id: string) => found.centres.find(({ centreId }) => centreId === id)!;
	return { ...found, here: centre(here.centreId), there: centre(there.centreId) };
}

function missingOf(centreId: string, account = here.manager) {
	return listMissingRegisters(
		contextOf(fresh, account),
		{ targetId: target, centreId },
		TODAY,
		'en'
	);
}

/** So many members of the setting's cohort. */
async function members(setting: Setting, count: number): Promise<string[]> {
	const ids: string[] = [];
	for (let i = 0; i < count; i += 1) ids.push(await addMember(fresh, setting, `Child ${i}`));
	return ids;
}

describe('reach', () => {
	it('counts a child who comes to two centres once for the country and once in each centre', async () => {
		const [nour, rami] = (await members(here, 2)) as [string, string];
		await aSession(here, { [nour]: 'present', [rami]: 'present' });
		await aSession(here, { [nour]: 'late' }, { date: '2026-04-09' });
		await aSession(there, { [nour]: 'left_early' });
		const { peopleCount, participationCount, sessionsHeldCount, ...centres } = await first();
		expect({ peopleCount, participationCount, sessionsHeldCount }).toEqual({
			peopleCount: 2,
			participationCount: 4,
			sessionsHeldCount: 3
		});
		expect(centres.here).toMatchObject({ peopleCount: 2, participationCount: 3 });
		expect(centres.there).toMatchObject({ peopleCount: 1, participationCount: 1 });
	});

	it('counts nobody who was not there, and still the session that was held', async () => {
		const [nour, rami, aya] = (await members(here, 3)) as [string, string, string];
		await aSession(here, {
			[nour]: 'absent',
			[rami]: 'absent_notified',
			[aya]: 'excused_illness'
		});
		expect(await first()).toMatchObject({
			peopleCount: 0,
			participationCount: 0,
			sessionsHeldCount: 1
		});
	});

	it('leaves staff training out, and counts caregivers', async () => {
		const staff = await addCohort(fresh, here, { audience: 'staff' });
		const mothers = await addCohort(fresh, here, { audience: 'caregivers' });
		const [trainer, mother] = [await addPerson(fresh, here), await addPerson(fresh, here)];
		await aSession(here, { [trainer]: 'present' }, { cohortId: staff });
		await aSession(here, { [mother]: 'present' }, { cohortId: mothers });
		expect(await first()).toMatchObject({ peopleCount: 1, sessionsHeldCount: 1 });
	});

	it('counts held sessions alone, and none outside the period, whose days both belong to it', async () => {
		const [nour] = (await members(here, 1)) as [string];
		const marks = { [nour]: 'present' as const };
		for (const status of ['planned', 'cancelled'] as const) await aSession(here, marks, { status });
		for (const date of ['2025-12-31', '2027-01-01']) await aSession(here, marks, { date });
		expect(await first()).toMatchObject({ peopleCount: 0, sessionsHeldCount: 0 });
		for (const date of ['2026-01-01', '2026-12-31']) await aSession(here, marks, { date });
		expect(await first()).toMatchObject({
			peopleCount: 1,
			participationCount: 2,
			sessionsHeldCount: 2
		});
	});

	it('never counts another section’s rows', async () => {
		const togo = await aSetting(fresh);
		const [far] = (await members(togo, 1)) as [string];
		await aSession(togo, { [far]: 'present' });
		await aSession(togo, {}, { status: 'planned' });
		expect((await reach()).map(({ id }) => id)).toEqual([target]);
		const seen = await first();
		expect(seen).toMatchObject({ peopleCount: 0, sessionsHeldCount: 0 });
		expect(seen.centres.map(({ centreId }) => centreId).sort()).toEqual(
			[here.centreId, there.centreId].sort()
		);
		expect(seen.centres.map(({ missingCount }) => missingCount)).toEqual([0, 0]);
		const theirs = await addTarget(fresh, { section_id: togo.sectionId });
		expect(await reach(togo.manager)).toMatchObject([{ id: theirs, peopleCount: 1 }]);
	});

	it('keeps the opening balance apart from the people counted', async () => {
		await fresh.db
			.insertInto('opening_balance')
			.values({
				id: newId(),
				section_id: here.sectionId,
				target_id: target,
				amount: 21_600,
				as_of: null,
				source_texts: '{"en":"The organisation’s page"}'
			})
			.execute();
		expect(await first()).toMatchObject({
			peopleCount: 0,
			opening: { peopleCount: 21_600, asOf: null, source: 'The organisation’s page' }
		});
	});

	it('leaves targets of other units alone, and a balance of another unit than its target’s', async () => {
		const section_id = here.sectionId;
		const kits = await addTarget(fresh, { section_id, unit: 'kits', amount: 500 });
		await addTarget(fresh, {
			...{ section_id, unit: 'kits', amount: 9, centre_id: here.centreId, parent_id: kits }
		});
		await fresh.db
			.insertInto('opening_balance')
			.values({
				...{ id: newId(), section_id, target_id: target, unit: 'sessions', amount: 7 },
				...{ as_of: null, source_texts: '{}' }
			})
			.execute();
		expect((await reach()).map(({ id, opening }) => [id, opening])).toEqual([[target, null]]);
		expect((await first()).here.targetPeople).toBe(null);
	});

	it('gives a centre its part of the target, and none where there is no part', async () => {
		await addTarget(fresh, {
			section_id: here.sectionId,
			centre_id: here.centreId,
			parent_id: target,
			amount: 40
		});
		const seen = await first();
		expect(seen.here.targetPeople).toBe(40);
		expect(seen.there.targetPeople).toBe(null);
		expect((await reach()).map(({ id }) => id)).toEqual([target]);
	});

	it('says when a period has ended, and shows the current one first', async () => {
		const quarter = await addTarget(fresh, {
			section_id: here.sectionId,
			ends_on: '2026-05-04'
		});
		expect((await reach()).map(({ id, closed }) => [id, closed])).toEqual([
			[target, false],
			[quarter, true]
		]);
	});
});

describe('missing registers', () => {
	it('are named per centre, oldest first: planned sessions before today within the period', async () => {
		const names = { date: '2026-04-09', status: 'planned' as const };
		const late = await aSession(here, {}, { ...names, time: '16:00' });
		const early = await aSession(here, {}, { ...names, time: '10:00' });
		const elsewhere = await aSession(there, {}, { date: '2026-05-04', status: 'planned' });
		await aSession(here, {}, { date: TODAY, status: 'planned' });
		await aSession(here, {}, { date: '2025-12-30', status: 'planned' });
		await aSession(here, {}, { ...names, status: 'cancelled' });
		await aSession(here, {}, { ...names, status: 'held' });
		const seen = await first();
		const of = { cohort: 'Butterflies', date: '2026-04-09', minutes: 60, opens: true };
		expect(await missingOf(here.centreId)).toEqual([
			{ ...of, sessionId: early, time: '10:00' },
			{ ...of, sessionId: late, time: '16:00' }
		]);
		const officer = await addAccount(fresh, { sectionId: here.sectionId, role: 'monitoring' });
		const toRead = await missingOf(here.centreId, officer);
		expect(toRead.map(({ opens }) => opens)).toEqual([false, false]);
		expect((await missingOf(there.centreId)).map(({ sessionId }) => sessionId)).toEqual([
			elsewhere
		]);
		expect([seen.here.missingCount, seen.there.missingCount]).toEqual([2, 1]);
	});

	it('are none of staff training, which leaves no gap', async () => {
		const cohortId = await addCohort(fresh, here, { audience: 'staff' });
		await aSession(here, {}, { cohortId, status: 'planned' });
		expect((await first()).here.missingCount).toBe(0);
		expect(await missingOf(here.centreId)).toEqual([]);
	});
});

describe('who sees what', () => {
	it('a coordinator sees own centres alone', async () => {
		await aSession(there, {}, { status: 'planned' });
		const [seen] = await reach(here.coordinator);
		expect(seen!.centres.map(({ centreId }) => centreId)).toEqual([here.centreId]);
		expect(seen!.centres.map(({ missingCount }) => missingCount)).toEqual([0]);
		expect(await missingOf(there.centreId, here.coordinator)).toEqual([]);
	});

	it('a coordinator without a centre sees none', async () => {
		const lost = await addAccount(fresh, { sectionId: here.sectionId, role: 'coordinator' });
		expect((await reach(lost))[0]!.centres).toEqual([]);
	});

	it('nobody outside the section sees what is live', async () => {
		const partner = await addAccount(fresh, { sectionId: here.sectionId, role: 'advisory_group' });
		expect(await reach(partner)).toEqual([]);
		expect(await missingOf(here.centreId, partner)).toEqual([]);
	});
});

describe('the same registers', () => {
	it('give the reach of a set of people, in whatever order and however often they are saved', async () => {
		const shared = await addMember(fresh, here);
		await join(fresh, { ...there, personId: shared });
		const rosters = {
			[here.cohortId]: [...(await members(here, 3)), shared],
			[there.cohortId]: [...(await members(there, 2)), shared]
		};
		const sessions: { id: string; setting: Setting }[] = [];
		for (const setting of [here, there])
			for (const date of ['2026-04-07', '2026-04-09', '2026-04-14']) {
				const cycle = await aCycle(fresh, setting);
				sessions.push({ id: await addSession(fresh, cycle, { date }), setting });
			}
		const registers = fc.array(
			fc.record({
				session: fc.nat(sessions.length - 1),
				codes: fc.array(fc.constantFrom(...MARKS), { minLength: 4, maxLength: 4 })
			}),
			{ maxLength: 6 }
		);
		const now = instantOf(TODAY, '12:00', 'Asia/Beirut');
		await fc.assert(
			fc.asyncProperty(registers, async (saved) => {
				await fresh.db.deleteFrom('mark').execute();
				await fresh.db.updateTable('session').set({ status: 'planned', version: 1 }).execute();
				await mendCounts(fresh.db);
				const oracle = new Map<string, [string, MarkCode][]>();
				for (const { session, codes } of saved) {
					const { id, setting } = sessions[session]!;
					const roster = rosters[setting.cohortId]!;
					const marks = roster.map((person, i): [string, MarkCode] => [person, codes[i]!]);
					const { version } = await fresh.db
						.selectFrom('session')
						.select('version')
						.where('id', '=', id)
						.executeTakeFirstOrThrow();
					const ctx = contextOf(fresh, setting.coordinator, now);
					const input = {
						sessionId: id,
						version,
						headcount: 0,
						mark: Object.fromEntries(marks)
					};
					const once = newId();
					for (let delivery = 0; delivery < 2; delivery += 1)
						expect(await recordRegister(ctx, input, { once, locale: 'en' })).toMatchObject({
							ok: true
						});
					oracle.set(id, marks);
				}
				const came = (ids: string[]) =>
					ids.flatMap((id) =>
						(oracle.get(id) ?? []).filter(([, code]) => ATTENDED.some((there) => there === code))
					);
				const of = (setting: Setting) =>
					sessions.filter((session) => session.setting === setting).map(({ id }) => id);
				const figures = (ids: string[]) => ({
					peopleCount: new Set(came(ids).map(([person]) => person)).size,
					participationCount: came(ids).length
				});
				const seen = await first();
				expect(seen).toMatchObject({
					...figures(sessions.map(({ id }) => id)),
					sessionsHeldCount: oracle.size
				});
				expect(seen.here).toMatchObject(figures(of(here)));
				expect(seen.there).toMatchObject(figures(of(there)));
			}),
			{ numRuns: 12 }
		);
	});
});
