import fc from 'fast-check';
import { expect, it } from 'vitest';
import { recordRegister } from '#lib/features/attendance/commands.server.ts';
import { listRegister } from '#lib/features/attendance/queries.server.ts';
import { mendCounts } from '#lib/features/counts/recount.commands.server.ts';
import { planCycle } from '#lib/features/sessions/commands.server.ts';
import { listUnrecorded } from '#lib/features/sessions/queries.server.ts';
import { nameSubstitute } from '#lib/features/sessions/substitutes.commands.server.ts';
import { addDays } from '#lib/platform/clock/days.ts';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { takeBack } from '#lib/platform/undo/undo.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addAccount,
	addCohort,
	addMember,
	addRoom,
	addTarget,
	contextOf,
	type Account
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { WAYS } from '../../../routes/(staff)/undo/ways.server.ts';
import { closeCentre } from './closing.commands.server.ts';
import { listClosing, seenMark } from './closing.queries.server.ts';
import { cancelPlanned, moveSessions } from './commands.server.ts';

/** The second week of two cycles: four sessions are over, four to come, and one of them is on now. */
const NOW = instantOf('2026-05-12', '15:30', 'Asia/Beirut');
const SENT = { locale: 'en' as const };

interface World {
	fresh: FreshDatabase;
	here: Setting;
	rooms: string[];
	stand: Account;
	undos: string[];
}

async function aWorld(): Promise<World> {
	const fresh = await freshDatabase();
	const here = await aSetting(fresh);
	const rooms = [here.roomId, await addRoom(fresh, here, 'Green room')];
	const layla = await addAccount(fresh, { ...here, centreIds: [here.centreId], name: 'Layla' });
	const cedars = await addCohort(fresh, here, { name: 'Cedars', facilitators: [here.rana] });
	for (const cohortId of [here.cohortId, cedars])
		await addMember(fresh, { ...here, cohortId }, 'Nour');
	await addTarget(fresh, { section_id: here.sectionId });
	const plans = [
		{ cohort: here.cohortId, time: '15:00', with: [here.rana.id, here.karim.id] },
		{ cohort: cedars, time: '16:00', with: [here.rana.id] }
	];
	for (const plan of plans) {
		const input = {
			...{ version: here.versionId, weekday: ['2' as const, '4' as const], move: [] },
			...{ project: [], mothersWith: [] },
			...{ room: here.roomId, from: '2026-05-05', ...plan }
		};
		const planned = await planCycle(contextOf(fresh, here.coordinator), input, {
			once: newId(),
			...SENT
		});
		expect(planned).toMatchObject({ ok: true });
	}
	return { fresh, here, rooms, stand: layla, undos: [] };
}

type Step = (world: World) => Promise<unknown>;

const sessionsOf = ({ fresh }: World) =>
	fresh.db.selectFrom('session').selectAll().orderBy('cohort_id').orderBy('position').execute();

/** Sessions of one cycle that begin at one of them, as many as there are. */
async function some(world: World, at: number, count: number) {
	const all = await sessionsOf(world);
	const first = all[at % all.length]!;
	const own = all.filter(({ cohort_id }) => cohort_id === first.cohort_id);
	const chosen = own.slice(own.indexOf(first)).slice(0, count);
	return { first, session: chosen.map(({ id, version }) => ({ id, version })) };
}

const keep = (world: World, outcome: { ok: boolean; done?: { undo: string } }) => {
	if (outcome.ok && outcome.done) world.undos.push(outcome.done.undo);
};

const move = (at: number, count: number, days: number, hour: number, room: number): Step =>
	async function moving(world) {
		const { first, session } = await some(world, at, count);
		const input = {
			...{ sessionId: first.id, session, version: first.version, minutes: 60 + 30 * (at % 2) },
			...{ date: addDays(first.on_date, days), time: `${14 + hour}:00`, reason: 'other' as const },
			...{ place: room === 2 ? 'elsewhere' : world.rooms[room]!, where: 'Shelter' },
			anyway: 'yes' as const
		};
		const ctx = contextOf(world.fresh, world.here.coordinator, NOW);
		keep(world, await moveSessions(ctx, input, { once: newId(), ...SENT }));
	};

const cancel = (at: number, count: number): Step =>
	async function cancelling(world) {
		const { session } = await some(world, at, count);
		const ctx = contextOf(world.fresh, world.here.coordinator, NOW);
		const input = { session, reason: 'weather' as const };
		keep(world, await cancelPlanned(ctx, input, { once: newId(), ...SENT }));
	};

const close = (day: number, what: 'cancel' | 'move' | 'elsewhere'): Step =>
	async function closing(world) {
		const ctx = contextOf(world.fresh, world.here.coordinator, NOW);
		const [from, to] = [addDays('2026-05-05', day), addDays('2026-05-05', day + 3)];
		const which = { centre: world.here.centreId, from, to };
		const seen = seenMark(await listClosing(ctx, which, 'en'));
		const wish = { what, days: 7, where: 'Shelter', keep: [], anyway: 'yes' as const };
		const input = { ...which, seen, ...wish, reason: 'insecurity' as const };
		keep(world, await closeCentre(ctx, input, { once: newId(), ...SENT }));
	};

const goBack: Step = async function goingBack(world) {
	const last = world.undos.pop();
	if (last) await takeBack(contextOf(world.fresh, world.here.coordinator, NOW), last, WAYS);
};

const standIn = (at: number): Step =>
	async function standingIn(world) {
		const { first } = await some(world, at, 1);
		const input = { session: [first.id], sessionId: first.id, account: world.stand.id };
		const ctx = contextOf(world.fresh, world.here.coordinator, NOW);
		const sent = { once: newId(), ...SENT };
		await nameSubstitute(ctx, { ...input, absent: world.here.rana.id }, sent);
	};

const record = (at: number): Step =>
	async function recording(world) {
		const { first } = await some(world, at, 1);
		const ctx = contextOf(world.fresh, world.here.coordinator, NOW);
		const ofSession = { id: first.id, cohortId: first.cohort_id, date: first.on_date };
		const register = await listRegister(ctx, ofSession, 'en');
		const mark = Object.fromEntries(register.map(({ personId }) => [personId, 'present' as const]));
		const input = { sessionId: first.id, version: first.version, headcount: 1, mark };
		await recordRegister(ctx, input, { once: newId(), ...SENT });
	};

const at = fc.nat(7);
const count = fc.integer({ min: 1, max: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
	fc
		.tuple(at, count, fc.integer({ min: -7, max: 7 }), fc.nat(3), fc.nat(2))
		.map((given) => move(...given)),
	fc.tuple(at, count).map((given) => cancel(...given)),
	fc
		.tuple(fc.nat(9), fc.constantFrom('cancel' as const, 'move' as const, 'elsewhere' as const))
		.map((given) => close(...given)),
	fc.constant(goBack),
	at.map(standIn),
	at.map(record)
);

/** Reads the sessions alone, and says which five minutes are held by whom: none twice, none by what does not take place. */
async function slotsByHand(world: World): Promise<string[]> {
	const staff = await world.fresh.db.selectFrom('session_facilitator').selectAll().execute();
	const sessions = await sessionsOf(world);
	return sessions
		.filter(({ status }) => status !== 'cancelled')
		.flatMap((session) => {
			const [hour, minute] = session.start_time.split(':').map(Number) as [number, number];
			const from = (hour * 60 + minute) / 5;
			const resources = [
				...(session.room_id ? [`room:${session.room_id}`] : []),
				`cohort:${session.cohort_id}`,
				...staff
					.filter(({ session_id }) => session_id === session.id)
					.map(({ account_id }) => `staff:${account_id}`)
			];
			return resources.flatMap((resource) =>
				Array.from(
					{ length: session.minutes / 5 },
					(_, nth) => `${resource} ${session.on_date} ${from + nth} ${session.id}`
				)
			);
		})
		.sort();
}

async function read(world: World, last: string): Promise<void> {
	const { db } = world.fresh;
	const slots = await db.selectFrom('slot').selectAll().execute();
	const written = slots.map(
		(row) => `${row.resource} ${row.on_date} ${row.slot} ${row.session_id}`
	);
	expect(written.sort(), last).toEqual(await slotsByHand(world));

	const sessions = await sessionsOf(world);
	const missing = sessions.filter(
		({ status, on_date }) => status === 'planned' && on_date < '2026-05-12'
	);
	const ctx = contextOf(world.fresh, world.here.coordinator, NOW);
	const owed = await listUnrecorded(ctx, { before: '2026-05-12' }, 'en');
	expect(owed.map(({ id }) => id).sort(), last).toEqual(missing.map(({ id }) => id).sort());

	for (const cycle of await db.selectFrom('cycle').selectAll().execute()) {
		const dates = sessions
			.filter(({ cycle_id, status }) => cycle_id === cycle.id && status !== 'cancelled')
			.map(({ on_date }) => on_date)
			.sort();
		if (dates.length > 0)
			expect([cycle.starts_on, cycle.ends_on], last).toEqual([dates[0], dates.at(-1)]);
	}
	for (const row of await db.selectFrom('substitute').selectAll().execute()) {
		const { on_date, zone } = sessions.find(({ id }) => id === row.session_id)!;
		expect(row.opens_at, last).toBe(instantOf(on_date, '00:00', zone));
	}
	expect((await mendCounts(db)).differing, last).toBe(0);
}

it('an independent reader compares slots, sessions and register after random changes', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 10 }), async (steps) => {
			const world = await aWorld();
			for (const take of steps) {
				await take(world);
				await read(world, take.name);
			}
		}),
		{ numRuns: 3 }
	);
});

it('each of the changes changes something', async () => {
	const world = await aWorld();
	const steps = [
		...[move(2, 2, 7, 1, 1), goBack, cancel(1, 2), goBack, standIn(3), close(9, 'cancel'), goBack],
		...[close(9, 'elsewhere'), goBack, move(3, 1, 1, 0, 2), record(0), move(0, 1, 7, 1, 0)]
	];
	const contents = async () => JSON.stringify([await slotsByHand(world), await sessionsOf(world)]);
	for (const [nth, take] of steps.entries()) {
		const before = await contents();
		await take(world);
		const isRefused = nth === steps.length - 1; // it was held
		expect((await contents()) === before, `${nth} ${take.name}`).toBe(isRefused);
		await read(world, take.name);
	}
});
