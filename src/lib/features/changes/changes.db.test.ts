import { beforeEach, describe, expect, it } from 'vitest';
import { recordRegister } from '#lib/features/attendance/commands.server.ts';
import { planCycle } from '#lib/features/sessions/commands.server.ts';
import { nameSubstitute } from '#lib/features/sessions/substitutes.commands.server.ts';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { takeBack } from '#lib/platform/undo/undo.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addCohort,
	addMember,
	addRoom,
	contextOf,
	join,
	type Account
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { WAYS } from '../../../routes/(staff)/undo/ways.server.ts';
import { cancelPlanned, moveSessions } from './commands.server.ts';
import { findChange, listChanges, listNotices } from './list.queries.server.ts';
import { markTold, seeNotice } from './telling.commands.server.ts';
import { listToTell } from './telling.queries.server.ts';

let fresh: FreshDatabase;
let here: Setting;
let sessions: { id: string; version: number; date: string }[];

/** Four sessions, Tuesdays and Thursdays from 5 May on at 15:00. */
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	await plan(here.cohortId);
	sessions = await sessionsOf(here.cohortId);
});

async function plan(cohort: string, given: Partial<Parameters<typeof planCycle>[1]> = {}) {
	const input = {
		...{ cohort, version: here.versionId, weekday: ['2' as const, '4' as const], time: '15:00' },
		...{ room: here.roomId, with: [here.rana.id, here.karim.id], from: '2026-05-05', move: [] },
		...{ project: [], mothersWith: [] },
		...given
	};
	const as = contextOf(fresh, here.coordinator);
	const outcome = await planCycle(as, input, { once: newId(), locale: 'en' });
	expect(outcome).toMatchObject({ ok: true });
}

async function sessionsOf(cohortId: string) {
	return fresh.db
		.selectFrom('session')
		.select(['id', 'version', 'on_date as date'])
		.where('cohort_id', '=', cohortId)
		.orderBy('position')
		.execute();
}

async function stands(id: string) {
	const row = await fresh.db
		.selectFrom('session')
		.select(['on_date', 'start_time', 'minutes', 'room_id', 'status', 'mode', 'place_texts'])
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	return row;
}

type MoveInput = Parameters<typeof moveSessions>[1];

/** Moves the nth session, counted from 0, and others with it. */
function move(
	nth: number,
	given: Partial<Omit<MoveInput, 'session'>> & { with?: number[] } = {},
	{ as = here.coordinator, now }: { as?: Account; now?: number } = {}
) {
	const { with: others = [], ...fields } = given;
	const { id, version, date } = sessions[nth]!;
	const input: MoveInput = {
		sessionId: id,
		session: [nth, ...others].map((one) => ({
			id: sessions[one]!.id,
			version: sessions[one]!.version
		})),
		version,
		date,
		time: '15:00',
		minutes: 60,
		place: 'same',
		reason: 'room',
		...fields
	};
	return moveSessions(contextOf(fresh, as, now), input, { once: newId(), locale: 'en' });
}

function cancel(
	nths: number[],
	{ as = here.coordinator, now }: { as?: Account; now?: number } = {}
) {
	const session = nths.map((nth) => ({ id: sessions[nth]!.id, version: sessions[nth]!.version }));
	const input = { session, reason: 'weather' as const };
	return cancelPlanned(contextOf(fresh, as, now), input, { once: newId(), locale: 'en' });
}

async function undo(outcome: Awaited<ReturnType<typeof move>>, as = here.coordinator) {
	if (!outcome.ok) throw new Error(outcome.refusal.reason);
	const taken = await takeBack(contextOf(fresh, as), outcome.done.undo, WAYS);
	return taken.ok ? 'undone' : taken.refusal.reason;
}

async function slotsOf(resource: string) {
	const rows = await fresh.db
		.selectFrom('slot')
		.select(['on_date', 'session_id'])
		.where('resource', '=', resource)
		.orderBy('on_date')
		.orderBy('slot')
		.execute();
	return [...new Set(rows.map(({ on_date }) => on_date))];
}

describe('moving', () => {
	it('moves one session with its slots, and goes back', async () => {
		const outcome = await move(0, { date: '2026-05-06', time: '16:00', minutes: 90 });
		expect(outcome).toMatchObject({ ok: true });
		expect(await stands(sessions[0]!.id)).toMatchObject({
			...{ on_date: '2026-05-06', start_time: '16:00', minutes: 90, status: 'planned' }
		});
		const dates = ['2026-05-06', '2026-05-07', '2026-05-12', '2026-05-14'];
		for (const resource of [`room:${here.roomId}`, `cohort:${here.cohortId}`])
			expect(await slotsOf(resource)).toEqual(dates);
		expect(await undo(outcome)).toBe('undone');
		expect(await stands(sessions[0]!.id)).toMatchObject({
			...{ on_date: '2026-05-05', start_time: '15:00', minutes: 60 }
		});
		expect(await slotsOf(`staff:${here.rana.id}`)).toEqual([
			...['2026-05-05', '2026-05-07', '2026-05-12', '2026-05-14']
		]);
	});

	it('moves the rest of a cycle by as much, through each other’s old times, and the cycle ends later', async () => {
		expect(await move(1, { date: '2026-05-12', with: [2, 3] })).toMatchObject({
			refusal: { reason: 'clash', against: [{ clash: { kind: 'closed', key: '2' } }] }
		});
		const outcome = await move(1, { date: '2026-05-14', with: [2, 3] });
		expect(outcome).toMatchObject({ ok: true });
		const dates = (await sessionsOf(here.cohortId)).map(({ date }) => date);
		expect(dates).toEqual(['2026-05-05', '2026-05-14', '2026-05-19', '2026-05-21']);
		const { ends_on } = await fresh.db.selectFrom('cycle').selectAll().executeTakeFirstOrThrow();
		expect(ends_on).toBe('2026-05-21');
		expect(await undo(outcome)).toBe('undone');
		expect((await sessionsOf(here.cohortId)).map(({ date }) => date)).toEqual(
			sessions.map(({ date }) => date)
		);
	});

	it('refuses what is taken, with who is in the way, and changes nothing', async () => {
		const cedars = await addCohort(fresh, here, { name: 'Cedars', facilitators: [here.rana] });
		await plan(cedars, { weekday: ['3'], from: '2026-05-06' });
		const outcome = await move(0, { date: '2026-05-06' });
		expect(outcome).toMatchObject({
			ok: false,
			refusal: { reason: 'clash', against: [{ clash: { kind: 'room', who: ['Cedars'] } }, {}] }
		});
		expect(await stands(sessions[0]!.id)).toMatchObject({ on_date: '2026-05-05' });
		expect(await fresh.db.selectFrom('plan_change').selectAll().execute()).toEqual([]);
	});

	it('of two who move different sessions to one time exactly one gets it', async () => {
		const outcomes = await Promise.all([
			move(0, { date: '2026-05-20' }),
			move(1, { date: '2026-05-20' })
		]);
		expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
	});

	it('of two who move one session the second is told, with the version that stands', async () => {
		const outcomes = await Promise.all([
			move(0, { date: '2026-05-20' }),
			move(0, { date: '2026-05-21' })
		]);
		expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
		expect(outcomes.find(({ ok }) => !ok)).toEqual({
			ok: false,
			refusal: { reason: 'changed_meanwhile', version: 2 }
		});
	});

	it('asks about a new warning, and not about one that was there before', async () => {
		const late = { time: '17:30' };
		expect(await move(0, late)).toMatchObject({
			ok: false,
			refusal: { reason: 'doubtful', against: [{ clash: { kind: 'hours' } }] }
		});
		expect(await move(0, { ...late, anyway: 'yes' })).toMatchObject({ ok: true });
		sessions = await sessionsOf(here.cohortId);
		expect(await move(0, { ...late, date: '2026-05-06' })).toMatchObject({ ok: true });
	});

	it('goes to another place without holding a room, and says where', async () => {
		const away = { place: 'elsewhere', where: 'Shelter of Halba' };
		expect(await move(0, { place: 'elsewhere' })).toMatchObject({ refusal: { reason: 'where' } });
		expect(await move(0, { ...away, with: [1, 2, 3] })).toMatchObject({ ok: true });
		expect(await stands(sessions[3]!.id)).toMatchObject({
			...{ room_id: null, mode: 'elsewhere', place_texts: '{"en":"Shelter of Halba"}' }
		});
		expect(await slotsOf(`room:${here.roomId}`)).toEqual([]);
		expect(await slotsOf(`cohort:${here.cohortId}`)).toHaveLength(4);
	});

	it('gives all that follow to a colleague, who finds the cohort among their own until it is undone', async () => {
		const layla = await addAccount(fresh, { ...here, centreIds: [here.centreId], name: 'Layla' });
		const swap = { leaves: here.karim.id, comes: layla.id, reason: 'staff' as const };
		const outcome = await move(1, { ...swap, with: [2, 3] });
		expect(outcome).toMatchObject({ ok: true });
		expect(await slotsOf(`staff:${layla.id}`)).toEqual(['2026-05-07', '2026-05-12', '2026-05-14']);
		expect(await slotsOf(`staff:${here.karim.id}`)).toEqual(['2026-05-05']);
		const runs = () =>
			fresh.db
				.selectFrom('cohort_facilitator')
				.select('from_on')
				.where('account_id', '=', layla.id)
				.execute();
		expect(await runs()).toEqual([{ from_on: '2026-05-07' }]);
		expect(await undo(outcome)).toBe('undone');
		expect(await runs()).toEqual([]);
		expect(await slotsOf(`staff:${here.karim.id}`)).toHaveLength(4);
	});

	it('takes who stands in along, and opens the session to them on its new day', async () => {
		const layla = await addAccount(fresh, { ...here, centreIds: [here.centreId], name: 'Layla' });
		const { id } = sessions[0]!;
		const named = await nameSubstitute(
			contextOf(fresh, here.coordinator),
			{ sessionId: id, session: [id], absent: here.rana.id, account: layla.id },
			{ once: newId(), locale: 'en' }
		);
		expect(named).toMatchObject({ ok: true });
		expect(await move(0, { date: '2026-05-11' })).toMatchObject({ ok: true });
		const substitute = await fresh.db
			.selectFrom('substitute')
			.selectAll()
			.executeTakeFirstOrThrow();
		expect(substitute.opens_at).toBe(instantOf('2026-05-11', '00:00', 'Asia/Beirut'));
		expect(substitute.closes_at).toBe(instantOf('2026-05-13', '00:00', 'Asia/Beirut'));
		expect(await slotsOf(`staff:${layla.id}`)).toEqual(['2026-05-11']);
		const seen = await listNotices(contextOf(fresh, layla), 'en');
		expect(seen).toMatchObject([{ sessions: [{ cohort: '', after: { date: '2026-05-11' } }] }]);
	});

	it('is not for who stands in for a day, and ends the day of who is swapped out', async () => {
		const staff = { ...here, centreIds: [here.centreId] };
		const [layla, maya] = [await addAccount(fresh, staff), await addAccount(fresh, staff)];
		const { id } = sessions[0]!;
		await nameSubstitute(
			contextOf(fresh, here.coordinator),
			{ sessionId: id, session: [id], absent: here.rana.id, account: layla.id },
			{ once: newId(), locale: 'en' }
		);
		const during = instantOf('2026-05-05', '12:00', 'Asia/Beirut');
		const giveAway = { leaves: layla.id, comes: maya.id, anyway: 'yes' as const };
		expect(await move(0, giveAway, { as: layla, now: during })).toMatchObject({
			refusal: { reason: 'not_found' }
		});
		expect(await move(0, giveAway)).toMatchObject({ ok: true });
		const open = await fresh.db
			.selectFrom('substitute')
			.select('id')
			.where('ended_at', 'is', null)
			.execute();
		expect(open).toEqual([]);
	});

	it('that only takes somebody out writes that down as well', async () => {
		const before = await fresh.db.selectFrom('session_facilitator').selectAll().execute();
		const leaves = { leaves: here.rana.id, comes: here.karim.id };
		expect(await move(0, { ...leaves, anyway: 'yes' })).toMatchObject({ ok: true });
		const after = await fresh.db.selectFrom('session_facilitator').selectAll().execute();
		expect(after).toHaveLength(before.length - 1);
	});

	it('stays when children answered since', async () => {
		const outcome = await move(0, { time: '16:00' });
		const { id } = sessions[0]!;
		await fresh.db
			.insertInto('feedback_code')
			.values({
				...{ id: newId(), session_id: id, section_id: here.sectionId, code: '11112222' },
				...{ length: 'pulse', opened_by: here.rana.id, opened_at: 1, closed_at: 2 },
				started_count: 5
			})
			.execute();
		expect(await undo(outcome)).toBe('in_the_way');
	});

	it('reaches no session of another cohort, nor one that was held or answered about', async () => {
		const layla = await addAccount(fresh, { ...here, centreIds: [here.centreId] });
		const outcome = await move(0, { date: '2026-05-20' }, { as: layla });
		expect(outcome).toEqual({ ok: false, refusal: { reason: 'not_found' } });
		const now = instantOf('2026-05-05', '15:30', 'Asia/Beirut');
		const register = { sessionId: sessions[0]!.id, version: 1, mark: {}, headcount: 0 };
		const sent = { once: newId(), locale: 'en' as const };
		const recorded = await recordRegister(contextOf(fresh, here.rana, now), register, sent);
		expect(recorded).toMatchObject({ ok: true });
		expect(await move(0, { date: '2026-05-20' }, { now })).toMatchObject({ ok: false });
		expect(await cancel([0], { now })).toMatchObject({ ok: false });
	});
});

describe('cancelling', () => {
	it('frees what the sessions held, leaves them out of the cycle, and goes back', async () => {
		const outcome = await cancel([2, 3]);
		expect(outcome).toMatchObject({ ok: true });
		expect(await slotsOf(`room:${here.roomId}`)).toEqual(['2026-05-05', '2026-05-07']);
		const cycle = () => fresh.db.selectFrom('cycle').select('ends_on').executeTakeFirstOrThrow();
		expect(await cycle()).toEqual({ ends_on: '2026-05-07' });
		expect(await undo(outcome as never)).toBe('undone');
		expect(await cycle()).toEqual({ ends_on: '2026-05-14' });
		expect(await slotsOf(`room:${here.roomId}`)).toHaveLength(4);
	});

	it('cancels what never took place, so that no register is owed', async () => {
		const now = instantOf('2026-05-09', '12:00', 'Asia/Beirut');
		expect(await cancel([0], { now })).toMatchObject({ ok: true });
		expect(await stands(sessions[0]!.id)).toMatchObject({ status: 'cancelled' });
	});

	it('lets a cancelled session take place after all, where its time is free', async () => {
		expect(await cancel([0])).toMatchObject({ ok: true });
		sessions = await sessionsOf(here.cohortId);
		expect(await move(0)).toMatchObject({ ok: true });
		expect(await stands(sessions[0]!.id)).toMatchObject({ status: 'planned' });
		const [change] = await listChanges(contextOf(fresh, here.coordinator), {}, 'en');
		expect(change).toMatchObject({ kind: 'again' });
	});

	it('leaves what is taken by then or was told, says so, and is in the way when nothing can go back', async () => {
		const outcome = await cancel([0, 1, 2]);
		if (!outcome.ok) throw new Error('not cancelled');
		const { changeId } = outcome.done;
		const cedars = await addCohort(fresh, here, { name: 'Cedars', facilitators: [here.rana] });
		await plan(cedars, { weekday: ['2'], from: '2026-05-05', with: [here.rana.id] });
		const ctx = contextOf(fresh, here.coordinator);
		const told = { changeId, session: [sessions[1]!.id] };
		expect(await markTold(ctx, told, newId())).toMatchObject({ ok: true, done: { count: 1 } });
		expect(await undo(outcome as never)).toBe('in_the_way');

		await fresh.db.deleteFrom('slot').where('on_date', '=', '2026-05-12').execute();
		expect(await undo(outcome as never)).toBe('undone');
		const change = await findChange(ctx, changeId, 'en');
		expect(change).toMatchObject({
			isUndone: true,
			sessions: [{ stayed: 'taken' }, { stayed: 'told', isTold: true }, { stayed: null }]
		});
	});
});

describe('who hears of it', () => {
	it('is whoever runs the sessions, until they have seen it; never who changed them', async () => {
		const outcome = await cancel([0], { as: here.rana });
		if (!outcome.ok) throw new Error('not cancelled');
		const seen = (as: Account) => listNotices(contextOf(fresh, as), 'en');
		expect(await seen(here.rana)).toEqual([]);
		expect(await seen(here.karim)).toMatchObject([
			{ id: outcome.done.changeId, reason: 'weather', sessions: [{ cohort: 'Butterflies' }] }
		]);
		const input = { change: outcome.done.changeId };
		expect(await seeNotice(contextOf(fresh, here.karim), input, newId())).toMatchObject({
			ok: true
		});
		expect(await seen(here.karim)).toEqual([]);
		expect(await seeNotice(contextOf(fresh, here.manager), input, newId())).toMatchObject({
			ok: false
		});
	});

	it('lists the families with their safe contacts, of cohorts within reach alone', async () => {
		const nour = await addMember(fresh, here, 'Nour');
		const cedars = await addCohort(fresh, here, { name: 'Cedars' });
		const aya = await addMember(fresh, { ...here, cohortId: cedars }, 'Aya');
		expect(aya).not.toBe(nour);
		const ids = [here.cohortId, cedars];
		const all = await listToTell(contextOf(fresh, here.coordinator), ids, 'en');
		expect([...all.values()].flat().map(({ name }) => name)).toEqual(['Aya', 'Nour']);
		const own = await listToTell(contextOf(fresh, here.rana), ids, 'en');
		expect([...own.values()].flat().map(({ name }) => name)).toEqual(['Nour']);
	});

	it('lists no change of sessions out of reach', async () => {
		expect(await cancel([0])).toMatchObject({ ok: true });
		const layla = await addAccount(fresh, { ...here, centreIds: [here.centreId] });
		expect(await listChanges(contextOf(fresh, layla), {}, 'en')).toEqual([]);
		expect(await listChanges(contextOf(fresh, here.rana), {}, 'en')).toHaveLength(1);
	});
});

it('warns of a member who is elsewhere at the new time', async () => {
	const nour = await addMember(fresh, here, 'Nour');
	const cedars = await addCohort(fresh, here, { name: 'Cedars', facilitators: [here.rana] });
	await join(fresh, { ...here, cohortId: cedars, personId: nour });
	const layla = await addAccount(fresh, { ...here, centreIds: [here.centreId] });
	const other = await addRoom(fresh, here, 'Green room');
	await plan(cedars, { weekday: ['3'], from: '2026-05-06', room: other, with: [layla.id] });
	expect(await move(0, { date: '2026-05-06' })).toMatchObject({
		ok: false,
		refusal: { reason: 'doubtful', against: [{ clash: { kind: 'person', who: ['Nour'] } }] }
	});
});
