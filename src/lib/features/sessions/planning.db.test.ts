import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { timesOf } from '#lib/platform/clock/days.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { testsRunOnPostgres } from '#tests/harness/emptyDatabase.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addCentre,
	addCohort,
	addMember,
	addRoom,
	addSection,
	addSession,
	addVersion,
	contextOf,
	join,
	type Account
} from '#tests/factories/rows.ts';
import { plan } from './clashes.rules.ts';
import { planCycle } from './commands.server.ts';
import type { PlanInput } from './forms.ts';
import { readPlanRequest } from './planning.queries.server.ts';

let fresh: FreshDatabase;
let here: Setting;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
});

function inputOf(setting: Setting, given: Partial<PlanInput> = {}): PlanInput {
	return {
		cohort: setting.cohortId,
		version: setting.versionId,
		weekday: ['2', '4'],
		time: '15:00',
		room: setting.roomId,
		with: [setting.rana.id, setting.karim.id],
		from: '2026-05-05',
		...{ project: [], move: [], mothersWith: [] },
		...given
	};
}

function planAs(account: Account, given: Partial<PlanInput> = {}, once = newId()) {
	return planCycle(contextOf(fresh, account), inputOf(here, given), { once, locale: 'en' });
}

/** How many rows a plan would have written. */
async function rowCounts() {
	const tables = ['cycle', 'session', 'session_facilitator', 'slot', 'audit', 'once'] as const;
	const counts = await Promise.all(
		tables.map((table) =>
			fresh.db
				.selectFrom(table)
				.select((eb) => eb.fn.countAll<number>().as('count'))
				.executeTakeFirstOrThrow()
		)
	);
	return Object.fromEntries(tables.map((table, i) => [table, counts[i]!.count]));
}

/** Four sessions of an hour: room, cohort and two adults, twelve slots each. */
const ONE_PLAN = {
	cycle: 1,
	session: 4,
	session_facilitator: 8,
	slot: 4 * 4 * 12,
	audit: 1,
	once: 1
};

describe('what is asked before a plan is kept', () => {
	it('is whether a curriculum made for others is meant', async () => {
		await fresh.db.updateTable('curriculum').set({ audience: 'caregivers' }).execute();
		expect(await planAs(here.rana)).toEqual({ ok: false, refusal: { reason: 'doubtful' } });
		const read = await readPlanRequest(contextOf(fresh, here.rana), inputOf(here), 'en');
		expect(read).toMatchObject({
			wish: { doubts: [{ kind: 'audience', audience: 'caregivers' }] }
		});
		expect(await planAs(here.rana, { anyway: 'yes' })).toMatchObject({ ok: true });
	});

	it('is whether the cohort is to have a curriculum again that it had, unless all of it was cancelled', async () => {
		expect(await planAs(here.rana)).toMatchObject({ ok: true });
		const again = { from: '2026-06-02' };
		expect(await planAs(here.rana, again)).toEqual({ ok: false, refusal: { reason: 'doubtful' } });
		const read = await readPlanRequest(contextOf(fresh, here.rana), inputOf(here, again), 'en');
		expect(read).toMatchObject({ wish: { doubts: [{ kind: 'again', until: '2026-05-14' }] } });
		expect(await planAs(here.rana, { ...again, anyway: 'yes' })).toMatchObject({ ok: true });
		await fresh.db.updateTable('session').set({ status: 'cancelled' }).execute();
		const third = await planAs(here.rana, { from: '2026-07-07' });
		expect(third).toMatchObject({ ok: true });
	});

	it('knows until which year there are holidays, closures of a centre aside', async () => {
		const yearOf = async () => {
			const read = await readPlanRequest(contextOf(fresh, here.rana), inputOf(here), 'en');
			return read.ok && read.wish.lastHolidayYear;
		};
		expect(await yearOf()).toBe(null);
		const day = { name_texts: '{}', certainty: 'confirmed' as const, source: 'test' };
		await fresh.db
			.insertInto('closed_day')
			.values([
				{ ...day, id: newId(), section_id: here.sectionId, centre_id: null, on_date: '2027-12-25' },
				{
					...{ ...day, id: newId(), section_id: here.sectionId },
					...{ centre_id: here.centreId, on_date: '2028-03-01' }
				}
			])
			.execute();
		expect(await yearOf()).toBe(2027);
	});
});

describe('planning a cycle', () => {
	it('writes every session, who runs it, what it takes, and one audit row without values', async () => {
		const outcome = await planAs(here.rana);
		expect(outcome).toMatchObject({ ok: true, done: { firstDate: '2026-05-05' } });
		expect(await rowCounts()).toEqual(ONE_PLAN);
		const cycle = await fresh.db.selectFrom('cycle').selectAll().executeTakeFirstOrThrow();
		expect(cycle).toMatchObject({
			section_id: here.sectionId,
			centre_id: here.centreId,
			cohort_id: here.cohortId,
			version_id: here.versionId,
			weekdays: '2,4',
			start_time: '15:00',
			starts_on: '2026-05-05',
			ends_on: '2026-05-14',
			planned_by: here.rana.id
		});
		const sessions = await fresh.db
			.selectFrom('session')
			.innerJoin('session_plan as plan', 'plan.id', 'session.session_plan_id')
			.select(['on_date', 'start_time', 'zone', 'status', 'session.version', 'session.position'])
			.select('plan.position as plan_position')
			.orderBy('session.position')
			.execute();
		expect(sessions.map(({ on_date }) => on_date)).toEqual([
			'2026-05-05',
			'2026-05-07',
			'2026-05-12',
			'2026-05-14'
		]);
		for (const session of sessions)
			expect(session).toMatchObject({
				start_time: '15:00',
				zone: 'Asia/Beirut',
				status: 'planned',
				version: 1,
				plan_position: session.position
			});
		const audit = await fresh.db.selectFrom('audit').selectAll().executeTakeFirstOrThrow();
		expect(audit).toMatchObject({
			actor_id: here.rana.id,
			action: 'plan cycle',
			object_type: 'cycle',
			object_id: cycle.id,
			section_id: here.sectionId
		});
		expect(audit.field_names).not.toContain('2026');
	});

	it('makes the cohort the facilitators’ own', async () => {
		const layla = await addAccount(fresh, { ...here, centreIds: [here.centreId] });
		await planAs(here.coordinator, { with: [layla.id] });
		const own = await fresh.db
			.selectFrom('cohort_facilitator')
			.select('account_id')
			.where('cohort_id', '=', here.cohortId)
			.execute();
		expect(own.map(({ account_id }) => account_id).sort()).toEqual(
			[here.rana.id, here.karim.id, layla.id].sort()
		);
	});

	it('writes a term of two hundred sessions with four adults', async () => {
		const version = await addVersion(fresh, here.sectionId, { sessionCount: 200 });
		const adults: string[] = [];
		for (let i = 0; i < 4; i += 1)
			adults.push((await addAccount(fresh, { ...here, centreIds: [here.centreId] })).id);
		const weekday = ['1', '2', '3', '4', '5'] as const;
		const outcome = await planAs(here.coordinator, {
			version,
			with: adults,
			weekday: [...weekday]
		});
		expect(outcome.ok).toBe(true);
		expect(await rowCounts()).toMatchObject({
			session: 200,
			session_facilitator: 800,
			slot: 200 * 6 * 12
		});
	});

	it('dates the cycle by its first and last day, also when a session was moved past another', async () => {
		const room = here.roomId;
		const outcome = await planAs(here.rana, {
			move: [
				{ key: '1', date: '2026-05-20', time: '10:00', roomId: room },
				{ key: '4', date: '2026-05-06', time: '10:00', roomId: room }
			]
		});
		expect(outcome).toMatchObject({ ok: true, done: { firstDate: '2026-05-06' } });
		const cycle = await fresh.db.selectFrom('cycle').selectAll().executeTakeFirstOrThrow();
		expect(cycle).toMatchObject({ starts_on: '2026-05-06', ends_on: '2026-05-20' });
	});

	it('skips the confirmed days of the country and the centre, and of no other section', async () => {
		const elsewhere = await addSection(fresh, 'Togo');
		const closed = async (section_id: string, on_date: string, centre_id: string | null = null) =>
			fresh.db
				.insertInto('closed_day')
				.values({
					id: newId(),
					section_id,
					centre_id,
					on_date,
					name_texts: '{"en":"Closed"}',
					certainty: 'confirmed',
					source: 'test'
				})
				.execute();
		await closed(here.sectionId, '2026-05-05');
		await closed(here.sectionId, '2026-05-07', here.centreId);
		await closed(here.sectionId, '2026-05-12', await addCentre(fresh, here.sectionId));
		await closed(elsewhere, '2026-05-12');
		expect(await planAs(here.rana)).toMatchObject({ ok: true, done: { firstDate: '2026-05-12' } });
	});

	it('plans once when the same form arrives twice', async () => {
		const once = newId();
		const first = await planAs(here.rana, {}, once);
		expect(await planAs(here.rana, {}, once)).toEqual(first);
		expect(await rowCounts()).toEqual(ONE_PLAN);
	});

	it('plans once when the same form arrives twice at the same moment', async () => {
		const once = newId();
		const [first, second] = await Promise.all([
			planAs(here.rana, {}, once),
			planAs(here.rana, {}, once)
		]);
		expect(first.ok).toBe(true);
		expect(second).toEqual(first);
		expect(await rowCounts()).toEqual(ONE_PLAN);
	});
});

describe('planning is refused', () => {
	async function refusal(account: Account, given: Partial<PlanInput>) {
		const before = await rowCounts();
		const outcome = await planAs(account, given);
		expect(await rowCounts()).toEqual(before);
		return outcome.ok ? 'planned' : outcome.refusal.reason;
	}

	it('for a closed cohort', async () => {
		const cohort = await addCohort(fresh, here, { status: 'closed', facilitators: [here.rana] });
		expect(await refusal(here.rana, { cohort })).toBe('cohort_closed');
	});

	it('for a start in the past, though not for today', async () => {
		expect(await refusal(here.rana, { from: '2026-04-28' })).toBe('clash');
		expect((await planAs(here.rana, { weekday: ['5'], from: '2026-05-01' })).ok).toBe(true);
	});

	it('when the centre works on none of the weekdays', async () => {
		expect(await refusal(here.rana, { weekday: ['6', '7'] })).toBe('nothing_to_plan');
	});

	it('for a room, version, facilitator or cohort of another centre or section', async () => {
		const near = await aSetting(fresh, { sectionId: here.sectionId });
		const far = await aSetting(fresh);
		for (const other of [near, far]) {
			expect(await refusal(here.rana, { room: other.roomId })).toBe('not_found');
			expect(await refusal(here.rana, { cohort: other.cohortId })).toBe('not_found');
			expect(await refusal(here.rana, { with: [here.rana.id, other.rana.id] })).toBe('not_found');
			const move = [{ key: '1', date: '2026-05-06', time: '10:00', roomId: other.roomId }];
			expect(await refusal(here.rana, { move })).toBe('not_found');
		}
		expect(await refusal(here.rana, { version: far.versionId })).toBe('not_found');
		expect(await refusal(here.rana, { with: [here.manager.id] })).toBe('not_found');
		expect(await refusal(near.coordinator, {})).toBe('not_found');
	});

	it('for a facilitator whose account is disabled', async () => {
		await fresh.db
			.updateTable('account')
			.set({ disabled_at: 1 })
			.where('id', '=', here.karim.id)
			.execute();
		expect(await refusal(here.rana, {})).toBe('not_found');
	});

	it('for a facilitator who plans for a cohort of somebody else', async () => {
		const cohort = await addCohort(fresh, here, { facilitators: [here.karim] });
		expect(await refusal(here.rana, { cohort })).toBe('not_found');
	});

	it('for a session moved onto a confirmed day, however far away', async () => {
		await fresh.db
			.insertInto('closed_day')
			.values({
				id: newId(),
				section_id: here.sectionId,
				centre_id: null,
				on_date: '2031-05-01',
				name_texts: '{"en":"Labour day"}',
				certainty: 'confirmed',
				source: 'test'
			})
			.execute();
		const move = [{ key: '4', date: '2031-05-01', time: '10:00', roomId: here.roomId }];
		expect(await refusal(here.rana, { move })).toBe('clash');
	});

	it('when room, facilitator or cohort is taken, and then not when it is free', async () => {
		await planAs(here.rana);
		const cohort = await addCohort(fresh, here, { facilitators: [here.rana, here.karim] });
		const room = await addRoom(fresh, here, 'Green room');
		const layla = await addAccount(fresh, { ...here, centreIds: [here.centreId] });
		expect(await refusal(here.rana, { cohort, with: [layla.id] })).toBe('clash');
		expect(await refusal(here.rana, { cohort, room })).toBe('clash');
		expect(await refusal(here.rana, { room, with: [layla.id] })).toBe('clash');
		expect((await planAs(here.rana, { cohort, room, with: [layla.id] })).ok).toBe(true);
	});
});

describe('at the same moment', () => {
	it('exactly one of ten plans for one room wins, and the others leave nothing behind', async () => {
		const plans: { account: Account; cohort: string }[] = [];
		for (let i = 0; i < 10; i += 1) {
			const account = await addAccount(fresh, { ...here, centreIds: [here.centreId] });
			plans.push({
				account,
				cohort: await addCohort(fresh, here, { facilitators: [account] })
			});
		}
		const outcomes = await Promise.all(
			plans.map(({ account, cohort }) => planAs(account, { cohort, with: [account.id] }))
		);
		expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
		for (const outcome of outcomes)
			if (!outcome.ok) expect(outcome.refusal).toEqual({ reason: 'clash' });
		expect(await rowCounts()).toEqual({
			...ONE_PLAN,
			session_facilitator: 4,
			slot: 4 * 3 * 12
		});
	});

	it('two plans that take the same days in opposite order wait for each other and both get an answer', async () => {
		const dates = ['2026-05-05', '2026-05-07', '2026-05-12', '2026-05-14'];
		const green = await addRoom(fresh, here, 'Green room');
		const other = await addCohort(fresh, here, { facilitators: [here.rana] });
		const anySession = await addSession(
			fresh,
			await aCycle(fresh, here, await addCohort(fresh, here)),
			{ date: '2026-04-01' }
		);
		const middle = await fresh.db.startTransaction().execute();
		for (const on_date of dates.slice(1, 3))
			await middle
				.insertInto('slot')
				.values({ resource: `staff:${here.rana.id}`, on_date, slot: 180, session_id: anySession })
				.execute();
		const plans = Promise.all([
			planAs(here.rana),
			planAs(here.rana, {
				cohort: other,
				room: green,
				move: dates.map((date, i) => ({ key: String(4 - i), date, time: '15:00', roomId: green }))
			})
		]);
		await untilWaiting(2);
		await middle.rollback().execute();
		expect((await plans).map(({ ok }) => ok).sort()).toEqual([false, true]);
	});

	it('two plans for one cohort that name the same new adults in opposite order both get an answer', async () => {
		const adults: string[] = [];
		for (let i = 0; i < 3; i += 1)
			adults.push((await addAccount(fresh, { ...here, centreIds: [here.centreId] })).id);
		const middle = await fresh.db.startTransaction().execute();
		await middle
			.insertInto('cohort_facilitator')
			.values({
				cohort_id: here.cohortId,
				account_id: adults[1]!,
				section_id: here.sectionId,
				from_on: '2026-05-01'
			})
			.execute();
		const plans = Promise.all([
			planAs(here.coordinator, { with: adults }),
			planAs(here.coordinator, { with: adults.toReversed() })
		]);
		await untilWaiting(2);
		await middle.rollback().execute();
		expect((await plans).map(({ ok }) => ok).sort()).toEqual([false, true]);
	});

	/** Until so many transactions of this database wait for another. On SQLite they wait for the connection. */
	async function untilWaiting(count: number): Promise<void> {
		if (!testsRunOnPostgres()) return;
		for (let waiting = 0; waiting < count;) {
			const { rows } = await sql<{ waiting: number }>`
				select count(*) as waiting from pg_stat_activity
				where datname = current_database() and wait_event_type = 'Lock'`.execute(fresh.db);
			waiting = rows[0]!.waiting;
		}
	}
});

describe('what the planner learns of others', () => {
	async function clashesFor(account: Account, given: Partial<PlanInput> = {}) {
		const read = await readPlanRequest(contextOf(fresh, account), inputOf(here, given), 'en');
		if (!read.ok) throw new Error(read.refusal.reason);
		return plan(read.wish).clashes;
	}

	it('names a cohort within reach, and shows any other as busy only', async () => {
		const layla = await addAccount(fresh, { ...here, centreIds: [here.centreId] });
		const cedars = await addCohort(fresh, here, { name: 'Cedars', facilitators: [layla] });
		const cycle = await aCycle(fresh, here, cedars);
		await addSession(fresh, cycle, { date: '2026-05-07' });
		const [seen] = await clashesFor(here.coordinator);
		expect(seen).toMatchObject({
			key: '2',
			kind: 'room',
			who: ['Cedars'],
			time: timesOf({ time: '15:00', minutes: 60 })
		});
		const [busy] = await clashesFor(here.rana);
		expect(busy).toMatchObject({
			key: '2',
			kind: 'room',
			who: [],
			time: timesOf({ time: '15:00', minutes: 60 })
		});
	});

	it('sees an adult taken at another centre, by the adult’s name alone', async () => {
		const away = await aSetting(fresh, { sectionId: here.sectionId });
		const cycle = await aCycle(fresh, away);
		const session = await addSession(fresh, cycle, { date: '2026-05-05' });
		await fresh.db
			.insertInto('session_facilitator')
			.values({ session_id: session, account_id: here.karim.id, section_id: here.sectionId })
			.execute();
		expect(await clashesFor(here.rana)).toEqual([
			{
				key: '1',
				kind: 'facilitator',
				level: 'block',
				who: ['Karim'],
				time: timesOf({ time: '15:00', minutes: 60 })
			}
		]);
	});

	it('warns of a member who is in another cohort at that time, until the member leaves it', async () => {
		const cedars = await addCohort(fresh, here, { name: 'Cedars', facilitators: [here.rana] });
		const nour = await addMember(fresh, here, 'Nour');
		await join(fresh, { ...here, cohortId: cedars, personId: nour });
		const cycle = await aCycle(fresh, { ...here, roomId: await addRoom(fresh, here) }, cedars);
		await addSession(fresh, cycle, { date: '2026-05-05' });
		expect(await clashesFor(here.rana)).toEqual([
			{
				key: '1',
				kind: 'person',
				level: 'warn',
				who: ['Nour'],
				time: timesOf({ time: '15:00', minutes: 60 })
			}
		]);
		await fresh.db
			.updateTable('cohort_member')
			.set({ left_on: '2026-04-01' })
			.where('cohort_id', '=', cedars)
			.execute();
		expect(await clashesFor(here.rana)).toEqual([]);
	});

	it('does not mind cancelled sessions', async () => {
		const cohort = await addCohort(fresh, here, { facilitators: [here.rana] });
		const cycle = await aCycle(fresh, here, cohort);
		await addSession(fresh, cycle, { date: '2026-05-05', status: 'cancelled' });
		expect(await clashesFor(here.rana)).toEqual([]);
	});
});

it('takes the slots after midnight too, from whoever wants the room next day', async () => {
	const late = { time: '23:30', weekday: ['2' as const] };
	expect(await planAs(here.rana, late)).toMatchObject({ ok: true });
	const nights = await fresh.db
		.selectFrom('slot')
		.select('slot')
		.where('on_date', '=', '2026-05-06')
		.where('resource', '=', `room:${here.roomId}`)
		.orderBy('slot')
		.execute();
	expect(nights.map(({ slot }) => slot)).toEqual([0, 1, 2, 3, 4, 5]);
	const early = {
		time: '00:15',
		weekday: ['3' as const],
		from: '2026-05-06',
		anyway: 'yes' as const
	};
	expect(await planAs(here.rana, early)).toMatchObject({ ok: false, refusal: { reason: 'clash' } });
});
