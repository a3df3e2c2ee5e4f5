import { beforeEach, describe, expect, it } from 'vitest';
import { timesOf } from '#lib/platform/clock/days.ts';
import { recordRegister } from '#lib/features/attendance/commands.server.ts';
import { listRegister } from '#lib/features/attendance/queries.server.ts';
import { enrol } from '#lib/features/cohorts/commands.server.ts';
import { findCohort, listCohorts, listMembers } from '#lib/features/cohorts/queries.server.ts';
import { closeFeedback, openFeedback } from '#lib/features/feedback/commands.server.ts';
import { findCodeState } from '#lib/features/feedback/code-states.queries.server.ts';
import { findResults } from '#lib/features/feedback/queries.server.ts';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addCohort,
	addMember,
	addRoom,
	contextOf,
	NOW,
	type Account
} from '#tests/factories/rows.ts';
import { planCycle } from './commands.server.ts';
import {
	findSession,
	listCycles,
	listSessions,
	listSessionsOf,
	listUnrecorded
} from './queries.server.ts';
import { findSubstitution, listComingStandIns } from './substitutes.queries.server.ts';
import { nameSubstitute, takeSubstituteBack } from './substitutes.commands.server.ts';

/** The first of four sessions, a Tuesday. */
const DATE = '2026-05-05';
const at = (date: string, time: string) => instantOf(date, time, 'Asia/Beirut');
const BEFORE = at('2026-05-04', '23:59');
const DURING = at(DATE, '15:30');
const DAY_AFTER = at('2026-05-06', '23:59');
const OVER = at('2026-05-07', '00:00');

let fresh: FreshDatabase;
let here: Setting;
let layla: Account;
let nour: string;
let sessionIds: string[];

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	await fresh.db.updateTable('cohort').set({ age_from: 14, age_to: 17 }).execute();
	layla = await addAccount(fresh, {
		sectionId: here.sectionId,
		centreIds: [here.centreId],
		name: 'Layla'
	});
	nour = await addMember(fresh, here, 'Nour');
	sessionIds = await planned(here.cohortId, here.roomId, '15:00', [here.rana]);
});

const key = () => ({ once: newId(), locale: 'en' as const });
const as = (account: Account, now = NOW) => contextOf(fresh, account, now);

/** The sessions of a cycle on Tuesdays and Thursdays, run by these. */
async function planned(cohort: string, room: string, time: string, by: Account[]) {
	const outcome = await planCycle(
		as(here.coordinator),
		{
			cohort,
			version: here.versionId,
			weekday: ['2', '4'],
			time,
			room,
			with: by.map(({ id }) => id),
			from: DATE,
			...{ project: [], move: [], mothersWith: [] }
		},
		key()
	);
	if (!outcome.ok) throw new Error(outcome.refusal.reason);
	const rows = await fresh.db
		.selectFrom('session')
		.select('id')
		.where('cycle_id', '=', outcome.done.cycleId)
		.orderBy('position')
		.execute();
	return rows.map(({ id }) => id);
}

interface Naming {
	by?: Account;
	account?: Account;
	absent?: Account;
	session?: string[];
	at?: string;
	now?: number;
}

async function name(given: Naming = {}) {
	const session = given.session ?? [sessionIds[0]!];
	const outcome = await nameSubstitute(
		as(given.by ?? here.coordinator, given.now ?? NOW),
		{
			sessionId: given.at ?? session[0]!,
			session,
			absent: (given.absent ?? here.rana).id,
			account: (given.account ?? layla).id
		},
		key()
	);
	return outcome.ok ? 'named' : outcome.refusal;
}

async function takeBack(by: Account = here.coordinator, now = NOW) {
	const { id } = await fresh.db
		.selectFrom('substitute')
		.select('id')
		.where('ended_at', 'is', null)
		.executeTakeFirstOrThrow();
	const outcome = await takeSubstituteBack(as(by, now), { id }, key());
	return outcome.ok ? 'given back' : outcome.refusal.reason;
}

/** Who runs what, by the list and by the slots, as the database holds it. */
async function held() {
	const rows = await fresh.db
		.selectFrom('session_facilitator')
		.selectAll()
		.orderBy('session_id')
		.orderBy('account_id')
		.execute();
	const slots = await fresh.db
		.selectFrom('slot')
		.selectAll()
		.orderBy('resource')
		.orderBy('on_date')
		.orderBy('slot')
		.execute();
	return { rows, slots };
}

async function runners(sessionId: string) {
	return (await findSession(as(here.coordinator), sessionId, 'en'))!.facilitators;
}

async function slotCount(account: Account, sessionId: string) {
	const rows = await fresh.db
		.selectFrom('slot')
		.select('slot')
		.where('resource', '=', `staff:${account.id}`)
		.where('session_id', '=', sessionId)
		.execute();
	return rows.length;
}

describe('naming a substitute', () => {
	it('puts the colleague in the list of who runs it and in the slots, and says in whose place', async () => {
		expect(await name()).toBe('named');
		expect(await runners(sessionIds[0]!)).toEqual(['Layla']);
		expect(await slotCount(here.rana, sessionIds[0]!)).toBe(0);
		expect(await slotCount(layla, sessionIds[0]!)).toBe(12);
		const session = await findSession(as(here.rana), sessionIds[0]!, 'en');
		expect(session?.standIns).toMatchObject([{ name: 'Layla', forName: 'Rana' }]);
		expect(await runners(sessionIds[1]!), 'other days stay').toEqual(['Rana']);
		const audit = await fresh.db
			.selectFrom('audit')
			.selectAll()
			.where('action', '=', 'name substitute')
			.execute();
		expect(audit).toMatchObject([
			{ object_type: 'substitute', field_names: 'session_id,account_id,for_account_id' }
		]);
	});

	it('takes a whole day of theirs at once, each cohort of it', async () => {
		const room = await addRoom(fresh, here, 'Green room');
		const cedars = await addCohort(fresh, here, { name: 'Cedars', facilitators: [here.rana] });
		const [morning] = await planned(cedars, room, '10:00', [here.rana]);
		const found = await findSubstitution(as(here.rana), { sessionId: sessionIds[0]! }, 'en');
		expect(found?.sessions.map(({ id }) => id)).toEqual([morning, sessionIds[0]]);
		expect(found?.absent?.name).toBe('Rana');
		expect(found?.colleagues.map(({ name }) => name)).toEqual(['Karim', 'Layla', 'Salma']);
		expect(await name({ by: here.rana, session: [morning!, sessionIds[0]!] })).toBe('named');
		expect(await runners(morning!)).toEqual(['Layla']);
	});

	it('is a facilitator’s for their own sessions only, a coordinator’s for the centre', async () => {
		const before = await held();
		expect(await name({ by: here.karim })).toEqual({ reason: 'not_found' });
		expect(await name({ by: layla })).toEqual({ reason: 'not_found' });
		const nextDoor = await aSetting(fresh, { sectionId: here.sectionId });
		const abroad = await aSetting(fresh);
		for (const by of [nextDoor.coordinator, abroad.coordinator, nextDoor.rana])
			expect(await name({ by })).toEqual({ reason: 'not_found' });
		for (const account of [nextDoor.rana, abroad.rana, here.manager, here.rana])
			expect(await name({ account })).toEqual({ reason: 'not_found' });
		expect(await held()).toEqual(before);
		expect(await name({ by: here.rana })).toBe('named');
	});

	it('leaves alone what was held, is over, or is not theirs', async () => {
		const session = [sessionIds[0]!];
		expect(await name({ session, now: at('2026-05-06', '00:01') })).toEqual({ reason: 'changed' });
		expect(await name({ session: [sessionIds[1]!], at: session[0]! })).toEqual({
			reason: 'changed'
		});
		await fresh.db.updateTable('session').set({ status: 'cancelled' }).execute();
		expect(await name({ session })).toEqual({ reason: 'changed' });
	});

	it('does not replace someone who stands in already', async () => {
		await name();
		expect(await name({ absent: layla, account: here.karim })).toEqual({ reason: 'not_found' });
		expect(await name({ account: here.karim })).toEqual({ reason: 'not_found' });
	});
});

describe('a colleague who is busy', () => {
	it('is refused with what stands in the way, and nothing changes', async () => {
		const room = await addRoom(fresh, here, 'Green room');
		const cedars = await addCohort(fresh, here, { name: 'Cedars' });
		await planned(cedars, room, '15:30', [layla]);
		const before = await held();
		expect(await name()).toEqual({
			reason: 'busy',
			time: timesOf({ time: '15:30', minutes: 60 }),
			cohort: 'Cedars'
		});
		expect(await name({ by: here.rana }), 'not which cohort, out of reach').toEqual({
			reason: 'busy',
			time: timesOf({ time: '15:30', minutes: 60 }),
			cohort: null
		});
		expect(await held()).toEqual(before);
		expect(await fresh.db.selectFrom('substitute').select('id').execute()).toEqual([]);
	});

	it('is given to one of those who ask at the same moment', async () => {
		const sessions = [sessionIds[0]!];
		for (const room of ['Green room', 'Red room', 'White room']) {
			const cohort = await addCohort(fresh, here, { name: room });
			const by = await addAccount(fresh, { ...here, centreIds: [here.centreId] });
			const [first] = await planned(cohort, await addRoom(fresh, here, room), '15:00', [by]);
			sessions.push(first!);
		}
		const owners = await fresh.db
			.selectFrom('session_facilitator')
			.selectAll()
			.where('session_id', 'in', sessions)
			.execute();
		const outcomes = await Promise.all(
			owners.map(({ session_id, account_id }) =>
				name({ session: [session_id], absent: { ...here.rana, id: account_id } })
			)
		);
		expect(outcomes.filter((outcome) => outcome === 'named')).toHaveLength(1);
		for (const outcome of outcomes)
			if (outcome !== 'named')
				expect(outcome).toMatchObject({
					reason: 'busy',
					time: timesOf({ time: '15:00', minutes: 60 })
				});
		expect(await fresh.db.selectFrom('substitute').select('id').execute()).toHaveLength(1);
	});

	it('one session is given away once, however many give it', async () => {
		const others = [layla, here.karim, here.coordinator];
		const outcomes = await Promise.all(others.map((account) => name({ account })));
		expect(outcomes.filter((outcome) => outcome === 'named')).toHaveLength(1);
		expect(await runners(sessionIds[0]!)).toHaveLength(1);
	});
});

describe('what opens to who stands in', () => {
	const opens = async (now: number) =>
		(await findSession(as(layla, now), sessionIds[0]!, 'en')) !== undefined;

	beforeEach(async () => {
		await name();
	});

	it('opens at midnight of the day and closes when the day after ends', async () => {
		expect(await opens(BEFORE)).toBe(false);
		expect(await opens(at(DATE, '00:00'))).toBe(true);
		expect(await opens(DAY_AFTER)).toBe(true);
		expect(await opens(OVER)).toBe(false);
	});

	it('is the session with its names, and nothing else of the cohort', async () => {
		const ctx = as(layla, DURING);
		const session = (await findSession(ctx, sessionIds[0]!, 'en'))!;
		expect(session.cohort).toBe('Butterflies');
		expect((await listRegister(ctx, session, 'en')).map(({ name }) => name)).toEqual(['Nour']);
		const week = await listSessions(ctx, { from: DATE, to: '2026-05-07' }, 'en');
		expect(week.map(({ own }) => own)).toEqual([true, false]);
		expect((await listSessionsOf(ctx, here.cohortId, 'en')).map(({ id }) => id)).toEqual([
			sessionIds[0]
		]);
		expect(await listCohorts(ctx, 'en')).toEqual([]);
		expect(await findCohort(ctx, here.cohortId, 'en')).toBeUndefined();
		expect(await listMembers(ctx, { cohortId: here.cohortId, date: DATE }, 'en')).toEqual([]);
		expect(await listCycles(ctx, { endsFrom: '2026-01-01' }, 'en')).toEqual([]);
		const other = { id: sessionIds[1]!, cohortId: here.cohortId, date: '2026-05-07' };
		expect(await listRegister(ctx, other, 'en')).toEqual([]);
		const form = { cohortId: here.cohortId, name: 'X', birthYear: 2016, sex: 'f' as const };
		expect(await enrol(ctx, form, { once: newId(), today: DATE })).toEqual({
			ok: false,
			refusal: { reason: 'not_found' }
		});
	});

	it('names nobody of it before and after', async () => {
		for (const now of [BEFORE, OVER]) {
			const session = { id: sessionIds[0]!, cohortId: here.cohortId, date: DATE };
			expect(await listRegister(as(layla, now), session, 'en')).toEqual([]);
			const week = await listSessions(as(layla, now), { from: DATE, to: DATE }, 'en');
			expect(week).toMatchObject([{ own: false, id: '', cohort: '', standIns: [] }]);
			expect(await findCodeState(as(layla, now), sessionIds[0]!)).toBeUndefined();
		}
	});

	it('announces itself before the day: when, where and for whom', async () => {
		expect(await listComingStandIns(as(layla), 'en')).toEqual([
			{ date: DATE, time: '15:00', minutes: 60, room: 'Blue room', forName: 'Rana' }
		]);
		expect(await listComingStandIns(as(here.karim), 'en')).toEqual([]);
		expect(await listComingStandIns(as(layla, DURING), 'en')).toEqual([]);
	});

	const save = async (account: Account, now: number) => {
		const outcome = await recordRegister(
			as(account, now),
			{ sessionId: sessionIds[0]!, version: 1, headcount: 1, mark: { [nour]: 'present' } },
			key()
		);
		return outcome.ok ? 'saved' : outcome.refusal.reason;
	};

	it('lets them save the register, on the day or late on the day after', async () => {
		expect(await save(layla, BEFORE)).toBe('not_found');
		expect(await save(layla, OVER)).toBe('not_found');
		const owed = await listUnrecorded(as(layla, DAY_AFTER), { before: '2026-05-06' }, 'en');
		expect(owed.map(({ id }) => id)).toEqual([sessionIds[0]]);
		expect(await save(layla, DAY_AFTER)).toBe('saved');
	});

	it('leaves the session with who was away, who may save it too', async () => {
		expect(await save(here.rana, DURING)).toBe('saved');
	});

	it('lets them open the code, and hides what a child said, in the window and from a later cohort of theirs', async () => {
		expect((await openFeedback(as(layla, DURING), { sessionId: sessionIds[0]! }, key())).ok).toBe(
			true
		);
		const { id: code_id } = await fresh.db
			.selectFrom('feedback_code')
			.select('id')
			.where('session_id', '=', sessionIds[0]!)
			.executeTakeFirstOrThrow();
		await fresh.db
			.insertInto('feedback_count')
			.values(
				['mostly', 'partly'].map((answer) => ({
					code_id,
					section_id: here.sectionId,
					form: 'pulse 14-17 1',
					item: 'worth',
					answer,
					ballot_count: 2
				}))
			)
			.execute();
		await closeFeedback(as(layla, DURING), { sessionId: sessionIds[0]! }, key());
		// As if another had opened it: that they stood in is enough.
		await fresh.db.updateTable('feedback_code').set({ opened_by: here.rana.id }).execute();
		await fresh.db.deleteFrom('audit').execute();
		const ran = async (now: number) =>
			(await findResults(as(layla, now), sessionIds[0]!, 'en'))?.ranBySelf;
		expect(await ran(DURING)).toBe(true);
		expect(await ran(OVER)).toBeUndefined();
		await fresh.db.deleteFrom('session_facilitator').execute();
		const coordinator = { ...layla, role: 'coordinator' as const };
		const later = await findResults(as(coordinator, OVER), sessionIds[0]!, 'en');
		expect(later?.ranBySelf).toBe(true);
	});
});

describe('taking it back', () => {
	it('gives everything back, and closes the session to who stood in', async () => {
		const before = await held();
		await name();
		expect(await takeBack(layla, DURING)).toBe('not_found');
		expect(await takeBack(here.karim)).toBe('not_found');
		const nextDoor = await aSetting(fresh, { sectionId: here.sectionId });
		expect(await takeBack(nextDoor.coordinator)).toBe('not_found');
		expect(await takeBack(here.rana, DURING)).toBe('given back');
		expect(await held()).toEqual(before);
		expect(await findSession(as(layla, DURING), sessionIds[0]!, 'en')).toBeUndefined();
		expect((await findSession(as(here.rana), sessionIds[0]!, 'en'))?.standIns).toEqual([]);
		expect(await name({ account: layla }), 'and can be named again').toBe('named');
	});

	it('is refused once the session was held: who ran it stays who ran it', async () => {
		await name();
		await recordRegister(
			as(layla, DURING),
			{ sessionId: sessionIds[0]!, version: 1, headcount: 1, mark: { [nour]: 'present' } },
			key()
		);
		expect(await takeBack(here.coordinator, DURING)).toBe('held');
		expect(await runners(sessionIds[0]!)).toEqual(['Layla']);
	});

	it('is refused when who was away runs something else by now', async () => {
		await name();
		await fresh.db
			.insertInto('slot')
			.values({
				resource: `staff:${here.rana.id}`,
				on_date: DATE,
				slot: 185,
				session_id: sessionIds[1]!
			})
			.execute();
		expect(await takeBack()).toBe('busy');
		expect(await runners(sessionIds[0]!)).toEqual(['Layla']);
	});
});
