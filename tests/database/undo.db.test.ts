import { beforeEach, describe, expect, it } from 'vitest';
import { recordRegister } from '#lib/features/attendance/commands.server.ts';
import {
	addClosedDay,
	confirmClosedDay,
	removeClosedDay
} from '#lib/features/centres/commands.server.ts';
import { enrol } from '#lib/features/cohorts/commands.server.ts';
import { enrolKnown } from '#lib/features/cohorts/membership.commands.server.ts';
import { addGuardian, removeGuardian } from '#lib/features/people/guardian.commands.server.ts';
import { closeMilestone, linkCycle, unlinkCycle } from '#lib/features/roadmap/commands.server.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { forgetOldUndos, takeBack, UNDO_MS } from '#lib/platform/undo/undo.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addCohort,
	addMember,
	addMilestone,
	addRoadmap,
	addSession,
	contextOf,
	join as memberOf,
	NOW,
	type Account
} from '#tests/factories/rows.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { WAYS } from '../../src/routes/(staff)/undo/ways.server.ts';

const TODAY = '2026-05-01';

let fresh: FreshDatabase;
let here: Setting;
let nour: string;
let session: string;
let cycle: string;
let milestone: string;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	nour = await addMember(fresh, here);
	const planned = await aCycle(fresh, here);
	cycle = planned.cycleId;
	session = await addSession(fresh, planned, { date: TODAY, time: '10:00' });
	const { outcomeId } = await addRoadmap(fresh, { section_id: here.sectionId });
	milestone = await addMilestone(fresh, { section_id: here.sectionId, outcome_id: outcomeId });
});

type Done = Promise<{ ok: true; done: { undo: string } } | { ok: false; refusal: object }>;

async function undoOf(done: Done): Promise<string> {
	const outcome = await done;
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
	return outcome.done.undo;
}

function as(account: Account, now = NOW) {
	return contextOf(fresh, account, now);
}

const day = { date: TODAY, name: 'Eid', certainty: 'expected', locale: 'en' } as const;

async function aDay(): Promise<string> {
	const outcome = await addClosedDay(as(here.manager), day, newId());
	return outcome.ok ? outcome.done.id : '';
}

function save(version: number, code: 'present' | 'absent') {
	const input = { sessionId: session, version, headcount: 1, mark: { [nour]: code } };
	return recordRegister(as(here.rana), input, { once: newId(), locale: 'en' });
}

function join(): ReturnType<typeof enrol> {
	const input = { name: 'Rami', birthYear: 2016, sex: 'm', cohortId: here.cohortId } as const;
	return enrol(as(here.rana), input, { once: newId(), today: TODAY });
}

const link = () =>
	linkCycle(as(here.manager), { milestoneId: milestone, cycle }, { once: newId() });
const close = () =>
	closeMilestone(
		as(here.manager),
		{ milestoneId: milestone, version: 1, reached: TODAY, evidence: 'Seen', confirmed: 'Board' },
		{ once: newId(), locale: 'en' }
	);

/** What can be done and taken back: who does it, what must be there before, and the doing. */
const ACTS: Record<
	string,
	{ by: 'rana' | 'manager'; before?: () => Promise<unknown>; act: (before: never) => Done }
> = {
	'adding a closed day': { by: 'manager', act: () => addClosedDay(as(here.manager), day, newId()) },
	'confirming a closed day': {
		by: 'manager',
		before: aDay,
		act: (id: string) => confirmClosedDay(as(here.manager), { id }, newId())
	},
	'removing a closed day': {
		by: 'manager',
		before: aDay,
		act: (id: string) => removeClosedDay(as(here.manager), { id }, newId())
	},
	'enrolling a person': { by: 'rana', act: join },
	'enrolling someone known': {
		by: 'rana',
		before: async () => {
			await fresh.db
				.updateTable('cohort_member')
				.set({ left_on: '2026-02-01' })
				.where('person_id', '=', nour)
				.where('cohort_id', '=', here.cohortId)
				.execute();
			const other = await addCohort(fresh, here, { facilitators: [here.rana] });
			await memberOf(fresh, { ...here, cohortId: other, personId: nour });
		},
		act: () =>
			enrolKnown(
				as(here.rana),
				{ cohortId: here.cohortId, personId: nour },
				{ once: newId(), today: TODAY }
			)
	},
	'removing a contact person': {
		by: 'rana',
		before: async () => {
			const mother = { name: 'Hiba', relation: 'mother', contactWay: 'visit' } as const;
			const added = await addGuardian(as(here.rana), { ...mother, personId: nour }, newId());
			return added.ok ? added.done.id : '';
		},
		act: (guardianId: string) =>
			removeGuardian(as(here.rana), { personId: nour, guardianId }, newId())
	},
	'saving a register': { by: 'rana', act: () => save(1, 'present') },
	'saving a register again': {
		by: 'rana',
		before: () => save(1, 'present'),
		act: () => save(2, 'absent')
	},
	'linking a cycle': { by: 'manager', act: link },
	'unlinking a cycle': {
		by: 'manager',
		before: link,
		act: () => unlinkCycle(as(here.manager), { milestoneId: milestone, cycle }, { once: newId() })
	},
	'closing a milestone': { by: 'manager', act: close }
};

/** Records of doing, and totals that may stay as zeros. */
const BESIDE = [
	'audit',
	'once',
	'undo',
	'reached_centre',
	'reached_target',
	'count_lock',
	'changed_person'
];

/** Every row but the records of doing; versions only ever go on. */
async function contents(): Promise<string[]> {
	const tables = (await fresh.db.introspection.getTables()).map(({ name }) => name).sort();
	const rows: string[] = [];
	for (const table of tables.filter((name) => !BESIDE.includes(name)))
		for (const { version: _, ...row } of await fresh.db
			.selectFrom(table as 'session')
			.selectAll()
			.execute())
			rows.push(`${table} ${JSON.stringify(row)}`);
	return rows.sort();
}

describe.each(Object.entries(ACTS))('%s', (_, { by, before, act }) => {
	it('and taking it back leaves everything as it was; a second time changes nothing', async () => {
		const there = (await before?.()) as never;
		const earlier = await contents();
		const undo = await undoOf(act(there));
		expect(await contents()).not.toEqual(earlier);
		expect(await takeBack(as(here[by]), undo, WAYS)).toMatchObject({ ok: true });
		expect(await contents()).toEqual(earlier);
		expect(await takeBack(as(here[by]), undo, WAYS)).toMatchObject({ ok: true });
		expect(await contents()).toEqual(earlier);
	});

	it('is taken back by nobody else and not after a day', async () => {
		const undo = await undoOf(act((await before?.()) as never));
		const later = await contents();
		const gone = { ok: false, refusal: { reason: 'gone' } };
		expect(await takeBack(as(here.karim), undo, WAYS)).toEqual(gone);
		expect(await takeBack(as(here.coordinator), undo, WAYS)).toEqual(gone);
		expect(await takeBack(as(here[by], NOW + UNDO_MS), undo, WAYS)).toEqual(gone);
		expect(await contents()).toEqual(later);
	});
});

describe('what changed since stands in the way', () => {
	async function refused(by: Account, undo: string): Promise<void> {
		const later = await contents();
		expect(await takeBack(as(by), undo, WAYS)).toMatchObject({
			refusal: { reason: 'in_the_way' }
		});
		expect(await contents()).toEqual(later);
	}

	it('of a day that was confirmed after it was added', async () => {
		const outcome = await addClosedDay(as(here.manager), day, newId());
		if (!outcome.ok) throw new Error('not added');
		await confirmClosedDay(as(here.manager), { id: outcome.done.id }, newId());
		await refused(here.manager, outcome.done.undo);
	});

	it('of a register that was saved again', async () => {
		const undo = await undoOf(save(1, 'present'));
		await save(2, 'absent');
		await refused(here.rana, undo);
	});

	it('of a person who was marked', async () => {
		const outcome = await join();
		if (!outcome.ok) throw new Error('not enrolled');
		const mark = { session_id: session, person_id: outcome.done.personId };
		await fresh.db
			.insertInto('mark')
			.values({ ...mark, section_id: here.sectionId, code: 'present' })
			.execute();
		await refused(here.rana, outcome.done.undo);
	});

	it('of a link whose milestone was closed', async () => {
		const undo = await undoOf(link());
		await fresh.db
			.updateTable('milestone')
			.set({ reached_on: TODAY, evidence_texts: '{"en":"Seen"}', confirmed_by: 'Board' })
			.set({ closed_by: here.manager.id, closed_at: NOW })
			.execute();
		await refused(here.manager, undo);
	});
});

it('what is kept to go back is sealed, and forgotten after a day', async () => {
	await addClosedDay(as(here.manager), day, newId());
	expect(JSON.stringify(await fresh.db.selectFrom('undo').selectAll().execute())).not.toContain(
		day.name
	);
	await forgetOldUndos(fresh.db, NOW + UNDO_MS - 1);
	expect(await fresh.db.selectFrom('undo').select('id').execute()).toHaveLength(1);
	await forgetOldUndos(fresh.db, NOW + UNDO_MS);
	expect(await fresh.db.selectFrom('undo').select('id').execute()).toHaveLength(0);
});
