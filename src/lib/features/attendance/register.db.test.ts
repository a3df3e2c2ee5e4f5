import { beforeEach, describe, expect, it } from 'vitest';
import { instantOf } from '#lib/platform/clock/zone.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { MarkCode } from '#lib/platform/db/schema.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addCohort,
	addMember,
	addPerson,
	addSession,
	contextOf,
	join,
	type Account
} from '#tests/factories/rows.ts';
import { findSession } from '#lib/features/sessions/queries.server.ts';
import { recordRegister } from './commands.server.ts';
import { findSavedRegister, listRegister } from './queries.server.ts';

const DATE = '2026-05-05';
const DURING = instantOf(DATE, '15:30', 'Asia/Beirut');

let fresh: FreshDatabase;
let here: Setting;
let sessionId: string;
let nour: string;
let rami: string;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	nour = await addMember(fresh, here, 'Nour');
	rami = await addMember(fresh, here, 'Rami');
	sessionId = await addSession(fresh, await aCycle(fresh, here), { date: DATE });
});

interface Given {
	as?: Account;
	mark?: Record<string, MarkCode>;
	version?: number;
	headcount?: number;
	reason?: string;
	session?: string;
	now?: number;
	once?: string;
	early?: 'yes';
}

async function record(given: Given = {}) {
	const outcome = await recordRegister(
		contextOf(fresh, given.as ?? here.rana, given.now ?? DURING),
		{
			sessionId: given.session ?? sessionId,
			version: given.version ?? 1,
			headcount: given.headcount ?? 2,
			headcountReason: given.reason,
			early: given.early,
			mark: given.mark ?? { [nour]: 'present', [rami]: 'absent' }
		},
		{ once: given.once ?? newId(), locale: 'en' }
	);
	return outcome.ok ? 'saved' : outcome.refusal.reason;
}

async function sessionRow() {
	return fresh.db
		.selectFrom('session')
		.select(['status', 'headcount', 'recorded_by', 'recorded_at', 'version'])
		.where('id', '=', sessionId)
		.executeTakeFirstOrThrow();
}

async function marks(): Promise<Record<string, MarkCode>> {
	const rows = await fresh.db
		.selectFrom('mark')
		.select(['person_id', 'code'])
		.where('session_id', '=', sessionId)
		.execute();
	return Object.fromEntries(rows.map(({ person_id, code }) => [person_id, code]));
}

const UNTOUCHED = {
	status: 'planned',
	headcount: null,
	recorded_by: null,
	recorded_at: null,
	version: 1
};

async function expectUntouched() {
	expect(await sessionRow()).toEqual(UNTOUCHED);
	expect(await marks()).toEqual({});
	expect(await fresh.db.selectFrom('audit').selectAll().execute()).toEqual([]);
}

describe('saving a register', () => {
	it('keeps every mark and the headcount beside them, and makes the session held', async () => {
		expect(await record({ headcount: 4 })).toBe('saved');
		expect(await marks()).toEqual({ [nour]: 'present', [rami]: 'absent' });
		expect(await sessionRow()).toEqual({
			status: 'held',
			headcount: 4,
			recorded_by: here.rana.id,
			recorded_at: DURING,
			version: 2
		});
		const audit = await fresh.db.selectFrom('audit').selectAll().execute();
		expect(audit).toHaveLength(1);
		expect(audit[0]).toMatchObject({
			action: 'record register',
			object_type: 'session',
			object_id: sessionId,
			actor_id: here.rana.id,
			field_names: 'status,headcount,mark'
		});
	});

	it('asks why where over twice the people of the register were counted, and keeps the reason sealed', async () => {
		expect(await record({ headcount: 5 })).toBe('reason_needed');
		expect(await record({ headcount: 5, reason: 'Open day' })).toBe('saved');
		const session = await findSession(contextOf(fresh, here.coordinator), sessionId, 'en');
		expect(session).toMatchObject({ headcount: 5, headcountReason: 'Open day' });
		const rows = await fresh.db.selectFrom('session').selectAll().execute();
		expect(JSON.stringify(rows)).not.toContain('Open day');
		expect(await record({ version: 2, headcount: 2, reason: 'Open day' })).toBe('saved');
		expect(await findSession(contextOf(fresh, here.coordinator), sessionId, 'en')).toMatchObject({
			headcountReason: null
		});
	});

	it('can be corrected by whoever opens what was saved', async () => {
		await record();
		expect(
			await record({ version: 2, headcount: 1, mark: { [nour]: 'late', [rami]: 'late' } })
		).toBe('saved');
		expect(await marks()).toEqual({ [nour]: 'late', [rami]: 'late' });
		expect(await sessionRow()).toMatchObject({ status: 'held', headcount: 1, version: 3 });
	});

	it('is saved once when the form arrives twice', async () => {
		const once = newId();
		expect(await record({ once })).toBe('saved');
		expect(await record({ once })).toBe('saved');
		expect(await sessionRow()).toMatchObject({ version: 2 });
		expect(await fresh.db.selectFrom('audit').select('seq').execute()).toHaveLength(1);
	});

	it('holds for a session without members: the headcount alone is kept', async () => {
		const cohort = await addCohort(fresh, here, { facilitators: [here.rana] });
		const session = await addSession(fresh, await aCycle(fresh, here, cohort), { date: DATE });
		expect(await record({ session, mark: {}, headcount: 7 })).toBe('saved');
	});
});

describe('a register is refused and nothing changes', () => {
	it('earlier than an hour before the session, and within that hour unless it is said to have begun', async () => {
		const at = (time: string) => instantOf(DATE, time, 'Asia/Beirut');
		expect(await record({ now: at('13:59'), early: 'yes' })).toBe('too_early');
		expect(await record({ now: at('14:30') })).toBe('not_begun');
		await expectUntouched();
		expect(await record({ now: at('14:30'), early: 'yes' })).toBe('saved');
		const corrected = { now: at('14:31'), version: 2, headcount: 1 };
		expect(await record(corrected), 'a saved one is corrected without being asked').toBe('saved');
	});

	it('for a cancelled session', async () => {
		await fresh.db.updateTable('session').set({ status: 'cancelled' }).execute();
		expect(await record()).toBe('cancelled');
		expect(await marks()).toEqual({});
	});

	it('when a member is missing from it or somebody else is on it', async () => {
		const stranger = await addPerson(fresh, here, 'Stranger');
		expect(await record({ mark: { [nour]: 'present' } })).toBe('unmarked');
		expect(await record({ mark: { [nour]: 'present', [stranger]: 'present' } })).toBe(
			'members_changed'
		);
		expect(
			await record({ mark: { [nour]: 'present', [rami]: 'present', [stranger]: 'present' } })
		).toBe('members_changed');
		await expectUntouched();
	});

	it('when someone joined since it was opened', async () => {
		await addMember(fresh, here, 'Latecomer');
		expect(await record()).toBe('unmarked');
		await expectUntouched();
	});

	it('for a session out of reach, as if it did not exist', async () => {
		const near = await aSetting(fresh, { sectionId: here.sectionId });
		const far = await aSetting(fresh);
		for (const other of [near.rana, near.coordinator, far.rana, far.coordinator])
			expect(await record({ as: other })).toBe('not_found');
		expect(await record({ session: newId() })).toBe('not_found');
		await expectUntouched();
	});

	it('for a colleague’s cohort at the same centre', async () => {
		await fresh.db
			.deleteFrom('cohort_facilitator')
			.where('account_id', '=', here.rana.id)
			.execute();
		expect(await record()).toBe('not_found');
		expect(await record({ as: here.coordinator })).toBe('saved');
	});
});

describe('somebody who joined after the register was saved', () => {
	it('does not stand in the way of correcting it, and may be marked', async () => {
		await record();
		const aya = await addMember(fresh, here, 'Aya');
		expect(await record({ version: 2, headcount: 1 })).toBe('saved');
		expect(await marks()).toEqual({ [nour]: 'present', [rami]: 'absent' });
		const all = { [nour]: 'present', [rami]: 'absent', [aya]: 'late' } as const;
		expect(await record({ version: 3, mark: all })).toBe('saved');
		expect(await marks()).toEqual(all);
		expect(await record({ version: 4 }), 'who has a mark keeps one').toBe('unmarked');
	});

	it('leaves nobody out who was marked', async () => {
		await record();
		await addMember(fresh, here, 'Aya');
		expect(await record({ version: 2, mark: { [nour]: 'present' } })).toBe('unmarked');
	});
});

describe('what is saved of a register', () => {
	it('is read with who saved it, for whoever opens the session', async () => {
		const read = async (as: Account) => {
			const ctx = contextOf(fresh, as, DURING);
			const session = (await findSession(ctx, sessionId, 'en'))!;
			const rows = await listRegister(ctx, session, 'en');
			return findSavedRegister(ctx, session, rows);
		};
		expect(await read(here.rana)).toBe(null);
		await record({ headcount: 3 });
		expect(await read(here.karim)).toEqual({
			by: 'Rana',
			marks: { [nour]: 'present', [rami]: 'absent' },
			headcount: 3
		});
	});
});

describe('two people with the same register open', () => {
	const second = () => ({ [nour]: 'absent', [rami]: 'absent' }) as Record<string, MarkCode>;

	it('keep the first save, and the second is told', async () => {
		expect(await record()).toBe('saved');
		expect(await record({ as: here.karim, mark: second(), headcount: 9 })).toBe(
			'changed_meanwhile'
		);
		expect(await marks()).toEqual({ [nour]: 'present', [rami]: 'absent' });
		expect(await sessionRow()).toMatchObject({ headcount: 2, recorded_by: here.rana.id });
	});

	it('keep exactly one save when both send at the same moment', async () => {
		const outcomes = await Promise.all(
			Array.from({ length: 5 }, (_, i) =>
				record({ as: i % 2 ? here.karim : here.rana, headcount: i, mark: second() })
			)
		);
		expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
		expect(outcomes.filter((outcome) => outcome === 'changed_meanwhile')).toHaveLength(4);
		expect(await sessionRow()).toMatchObject({
			version: 2,
			headcount: outcomes.indexOf('saved')
		});
	});
});

describe('the list of a register', () => {
	const list = async () =>
		listRegister(
			contextOf(fresh, here.rana, DURING),
			{ id: sessionId, cohortId: here.cohortId, date: DATE },
			'en'
		);

	it('names the members of the day by name, unmarked until it is saved', async () => {
		const [gone, later, today] = [
			await addPerson(fresh, here, 'Gone'),
			await addPerson(fresh, here, 'Later'),
			await addPerson(fresh, here, 'Aya')
		];
		await join(fresh, { ...here, personId: gone, leftOn: DATE });
		await join(fresh, { ...here, personId: later, joinedOn: '2026-05-06' });
		await join(fresh, { ...here, personId: today, joinedOn: DATE, leftOn: '2026-05-06' });
		expect(await list()).toEqual([
			{ personId: today, name: 'Aya', code: null },
			{ personId: nour, name: 'Nour', code: null },
			{ personId: rami, name: 'Rami', code: null }
		]);
	});

	it('keeps someone who was marked and has left the cohort since', async () => {
		await record();
		await fresh.db
			.updateTable('cohort_member')
			.set({ left_on: '2026-05-02' })
			.where('person_id', '=', rami)
			.execute();
		expect(await list()).toEqual([
			{ personId: nour, name: 'Nour', code: 'present' },
			{ personId: rami, name: 'Rami', code: 'absent' }
		]);
		expect(await record({ version: 2 })).toBe('saved');
	});
});
