import { beforeEach, expect, it } from 'vitest';
import type { Strand } from '#lib/platform/db/vocabularies.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { addMember, addRoom, contextOf } from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { planCycle } from './commands.server.ts';
import type { PlanInput } from './forms.ts';
import { cancelSessions, placeSessions } from './moving.commands.server.ts';
import { readPlanRequest } from './planning.queries.server.ts';
import { listCycles, listSessionsOf } from './queries.server.ts';
import { nthWords } from './words.ts';

let fresh: FreshDatabase;
let here: Setting;
let green: string;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	green = await addRoom(fresh, here, 'Green room');
	const strands: Strand[] = ['joint', 'girls', 'mothers', 'joint'];
	for (const [i, strand] of strands.entries())
		await fresh.db
			.updateTable('session_plan')
			.set({ strand })
			.where('version_id', '=', here.versionId)
			.where('position', '=', i + 1)
			.execute();
});

function inputOf(given: Partial<PlanInput> = {}): PlanInput {
	return {
		...{ cohort: here.cohortId, version: here.versionId, weekday: ['2', '4'], time: '15:00' },
		...{ room: here.roomId, with: [here.rana.id], from: '2026-05-05', move: [] },
		project: [],
		...{ mothersRoom: green, mothersWith: [here.karim.id] },
		...given
	};
}

function planNow(given: Partial<PlanInput> = {}) {
	const ctx = contextOf(fresh, here.coordinator);
	return planCycle(ctx, inputOf(given), { once: newId(), locale: 'en' });
}

it('keeps two halves at one position, in their rooms with their facilitators, and counts them once', async () => {
	expect(await planNow()).toMatchObject({ ok: true });
	const ctx = contextOf(fresh, here.coordinator);
	const sessions = await listSessionsOf(ctx, here.cohortId, 'en');
	expect(
		sessions
			.map((session) => `${nthWords(session)} ${session.date} ${session.time} ${session.room}`)
			.sort()
	).toEqual([
		'1. Title 1 · Girls and mothers together 2026-05-05 15:00 Blue room',
		'2. Title 2 · Girls 2026-05-07 15:00 Blue room',
		'2. Title 3 · Mothers 2026-05-07 15:00 Green room',
		'3. Title 4 · Girls and mothers together 2026-05-12 15:00 Blue room'
	]);
	const runs = await fresh.db
		.selectFrom('session_facilitator as with')
		.innerJoin('session', 'session.id', 'with.session_id')
		.select(['session.strand', 'with.account_id'])
		.execute();
	const of = (strand: Strand) =>
		runs.filter((row) => row.strand === strand).map(({ account_id }) => account_id);
	expect([of('girls'), of('mothers')]).toEqual([[here.rana.id], [here.karim.id]]);
	expect(of('joint').sort()).toEqual(
		[here.rana.id, here.karim.id, here.rana.id, here.karim.id].sort()
	);
	const [cycle] = await listCycles(ctx, { endsFrom: '2026-05-01' }, 'en');
	expect(cycle).toMatchObject({ sessionCount: 3 });
});

it('refuses halves that have one room or one facilitator at once, and lets them meet at other hours', async () => {
	const clash = { ok: false, refusal: { reason: 'clash' } };
	expect(await planNow({ mothersWith: [] })).toEqual(clash);
	expect(await planNow({ mothersRoom: here.roomId })).toEqual(clash);
	const later = { mothersTime: '16:00', mothersRoom: here.roomId, mothersWith: [] };
	expect(await planNow(later)).toMatchObject({ ok: true });
});

it('knows how many each half is for, and no facilitator or room out of reach', async () => {
	for (const strand of ['girls', 'girls', 'mothers', ''] as const)
		await fresh.db
			.updateTable('cohort_member')
			.set({ strand })
			.where('person_id', '=', await addMember(fresh, here))
			.execute();
	const ctx = contextOf(fresh, here.coordinator);
	const read = await readPlanRequest(ctx, inputOf(), 'en');
	expect(read).toMatchObject({ wish: { halfCounts: { girls: 3, mothers: 2 } } });
	const elsewhere = await aSetting(fresh);
	expect(await planNow({ mothersWith: [elsewhere.rana.id] })).toMatchObject({ ok: false });
	expect(await planNow({ mothersRoom: elsewhere.roomId })).toMatchObject({ ok: false });
});

it('keeps the time of the cohort for one half while the other moves away, comes back or is cancelled', async () => {
	await planNow();
	const ctx = contextOf(fresh, here.coordinator);
	const halves = await fresh.db
		.selectFrom('session')
		.selectAll()
		.where('strand', 'in', ['girls', 'mothers'])
		.orderBy('strand')
		.execute();
	const [girls, mothers] = halves;
	const put = (half: (typeof halves)[number], time: string) =>
		placeSessions(ctx, [
			{
				...{ id: half.id, cohortId: half.cohort_id, strand: half.strand as Strand },
				...{ date: half.on_date, time, minutes: half.minutes, zone: half.zone! },
				...{ roomId: half.room_id, mode: 'centre', placeTexts: null },
				...{ facilitatorIds: [], isRestaffed: false }
			}
		]);
	const ofCohort = async () => {
		const rows = await fresh.db
			.selectFrom('slot')
			.select(['on_date', 'slot'])
			.where('resource', '=', `cohort:${here.cohortId}`)
			.where('on_date', '=', girls!.on_date)
			.execute();
		return rows.length;
	};
	const once = await ofCohort();
	for (const half of halves) {
		expect(await put(half, '17:00')).toBe(true);
		expect(await ofCohort()).toBe(2 * once);
		expect(await put(half, '15:00')).toBe(true);
		expect(await ofCohort()).toBe(once);
	}
	await cancelSessions(ctx, [mothers!.id]);
	expect(await ofCohort()).toBe(once);
	await cancelSessions(ctx, [girls!.id]);
	expect(await ofCohort()).toBe(0);
});
