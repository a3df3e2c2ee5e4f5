import { beforeEach, expect, it } from 'vitest';
import { listRegister } from '#lib/features/attendance/queries.server.ts';
import { listCurrentVersions } from '#lib/features/curricula/queries.server.ts';
import { fillNameKeys } from '#lib/features/people/name-keys.commands.server.ts';
import { listUnrecorded } from '#lib/features/sessions/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Cell } from '#lib/platform/sheets/types.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { addImport, check, contentsApart, run, sheetsOf, undo } from '#tests/factories/imports.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import { addCohort, addMember, addSession, contextOf } from '#tests/factories/rows.ts';

let fresh: FreshDatabase;
let here: Setting;
let ctx: Context;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	ctx = contextOf(fresh, here.coordinator);
});

function bring(...sheets: Parameters<typeof sheetsOf>): Promise<string> {
	return addImport(ctx, {
		kind: 'registers',
		tables: sheetsOf(...sheets),
		tune: (setup) => {
			setup.options.centreId = here.centreId;
		}
	});
}

async function bringIn(...sheets: Parameters<typeof sheetsOf>) {
	const id = await bring(...sheets);
	const checked = await check(ctx, id);
	return { id, checked, done: await run(ctx, id) };
}

const HEAD: Cell[] = ['Name', 'Sex', 'Year of birth', '01/03/2025', '08/03/2025', '15/03/2025'];
const LAST_YEAR: Cell[][] = [
	HEAD,
	['Nour Haddad', 'f', 2015, 'P', null, 'L'],
	['Rami Khoury', 'm', 2014, 'A', null, 'P'],
	['Aya Saab', 'f', 2013, null, null, 'P']
];

async function sessions() {
	return fresh.db
		.selectFrom('session')
		.select(['on_date', 'status', 'headcount', 'version'])
		.orderBy('on_date')
		.execute();
}

it('makes a group, its sessions and marks; a date without any is a missing register', async () => {
	const { checked, done } = await bringIn(['Cedars', LAST_YEAR]);
	const made = { sessions: 3, unrecorded: 1, marks: 5, marksChanged: 0, cohorts: 1 };
	expect(checked.counts).toMatchObject({ verdicts: { new: 3 }, ...made });
	expect(done.counts).toMatchObject({ verdicts: { new: 3 }, ...made });
	expect(await sessions()).toMatchObject([
		{ on_date: '2025-03-01', status: 'held', headcount: 1 },
		{ on_date: '2025-03-08', status: 'planned', headcount: null },
		{ on_date: '2025-03-15', status: 'held', headcount: 3 }
	]);
	const cohort = await fresh.db
		.selectFrom('cohort')
		.selectAll()
		.where('id', '<>', here.cohortId)
		.executeTakeFirstOrThrow();
	expect(cohort).toMatchObject({ status: 'closed', member_count: 0, age_from: 10, age_to: 12 });
	const members = await fresh.db
		.selectFrom('cohort_member')
		.select(['joined_on', 'left_on'])
		.orderBy('joined_on')
		.execute();
	expect(members).toEqual([
		{ joined_on: '2025-03-01', left_on: '2025-03-16' },
		{ joined_on: '2025-03-01', left_on: '2025-03-16' },
		{ joined_on: '2025-03-08', left_on: '2025-03-16' }
	]);
	for (const account of [here.coordinator, here.manager]) {
		const missing = await listUnrecorded(contextOf(fresh, account), { before: '2026-05-01' }, 'en');
		expect(missing.map(({ date, title }) => [date, title])).toEqual([['2025-03-08', 'Session 2']]);
		const register = await listRegister(contextOf(fresh, account), missing[0]!, 'en');
		expect(register.map(({ name }) => name)).toEqual(['Aya Saab', 'Nour Haddad', 'Rami Khoury']);
	}
	expect(await fresh.db.selectFrom('slot').selectAll().execute()).toEqual([]);
	const versions = await listCurrentVersions(ctx, 'en');
	expect(versions.map(({ name }) => name)).toEqual(['Incredible Me']);
});

it('keeps the children of a group that still meets', async () => {
	const { done } = await bringIn([
		'Cedars',
		[
			['Name', 'Sex', 'Year of birth', '10/04/2026', '17/04/2026', '29/05/2026'],
			['Nour Haddad', 'f', 2015, 'P', 'A', null]
		]
	]);
	expect(done.counts).toMatchObject({ sessions: 2, unrecorded: 0, marks: 2 });
	const cohort = await fresh.db
		.selectFrom('cohort')
		.selectAll()
		.where('id', '<>', here.cohortId)
		.executeTakeFirstOrThrow();
	expect(cohort).toMatchObject({ status: 'open', member_count: 1, capacity: 20 });
});

it('adds nothing the second time; a corrected register changes its marks; undo restores exactly', async () => {
	const before = await contentsApart(fresh.db);
	const first = await bringIn(['Cedars', LAST_YEAR]);
	const after = await contentsApart(fresh.db);
	const again = await bringIn(['Cedars', LAST_YEAR]);
	expect(again.checked.counts).toMatchObject({ verdicts: { same: 3 }, sessions: 0, marks: 0 });
	expect(await contentsApart(fresh.db)).toBe(after);
	const corrected = await bringIn([
		'Cedars',
		[
			HEAD,
			['Nour Haddad', 'f', 2015, 'A', 'P', 'L'],
			['Rami Khoury', 'm', 2014, 'A', 'P', 'P'],
			['Aya Saab', 'f', 2013, null, null, 'P']
		]
	]);
	const found = { verdicts: { changed: 2, same: 1 }, sessions: 0, marks: 2, marksChanged: 1 };
	expect(corrected.checked.counts).toMatchObject(found);
	expect(corrected.done.counts).toMatchObject(found);
	expect(await sessions()).toMatchObject([
		{ status: 'held', headcount: 0 },
		{ status: 'held', headcount: 2 },
		{ status: 'held', headcount: 3 }
	]);
	expect((await undo(ctx, corrected.id)).counts.stayed).toBe(0);
	expect(await contentsApart(fresh.db)).toBe(after);
	expect((await undo(ctx, first.id)).counts.stayed).toBe(0);
	expect(await contentsApart(fresh.db)).toBe(before);
});

it('counts a child on the sheets of two months once, in one group', async () => {
	const march: Cell[][] = [
		['Name', 'Sex', 'Year of birth', 'Group', '01/03/2025', '08/03/2025'],
		['Nour Haddad', 'f', 2015, 'Cedars', 'P', 'P'],
		['Rami Khoury', 'm', 2014, 'Cedars', 'P', 'A']
	];
	const april: Cell[][] = [
		['Name', 'Sex', 'Year of birth', 'Group', '05/04/2025'],
		['Nour Haddad', 'f', 2015, 'Cedars', 'A'],
		['Aya Saab', 'f', 2013, 'Cedars', 'P']
	];
	const { done } = await bringIn(['March', march], ['April', april]);
	expect(done.counts).toMatchObject({ verdicts: { new: 3, repeat: 1 }, sessions: 3, marks: 6 });
	const again = await bringIn(['March', march], ['April', april]);
	expect(again.checked.counts).toMatchObject({ verdicts: { same: 3, repeat: 1 }, marks: 0 });
});

it('leaves alone what was recorded here: the register stays, a planned session is held now', async () => {
	const cohortId = await addCohort(fresh, here, { name: 'Cedars', facilitators: [here.rana] });
	const nour = await addMember(fresh, { ...here, cohortId }, 'Nour Haddad');
	await fresh.db.updateTable('person').set({ birth_year: 2015 }).execute();
	await fillNameKeys(fresh.db, fresh.ring);
	const cycle = await aCycle(fresh, here, cohortId);
	const held = await addSession(fresh, cycle, { date: '2026-03-01', status: 'held' });
	await addSession(fresh, cycle, { date: '2026-03-08' });
	await addSession(fresh, cycle, { date: '2026-03-15', status: 'cancelled' });
	await fresh.db
		.insertInto('mark')
		.values({ session_id: held, person_id: nour, section_id: here.sectionId, code: 'absent' })
		.execute();
	const before = await contentsApart(fresh.db);
	const { id, checked, done } = await bringIn([
		'Cedars',
		[
			['Name', 'Sex', 'Year of birth', '01/03/2026', '08/03/2026', '15/03/2026'],
			['Nour Haddad', 'f', 2015, 'P', 'P', 'P']
		]
	]);
	const found = {
		problems: [
			{ code: 'session_recorded', count: 1, cells: ['D2'] },
			{ code: 'session_cancelled', count: 1, cells: ['F2'] }
		],
		verdicts: { changed: 1 },
		...{ sessions: 0, marks: 1, marksChanged: 0, cohorts: 0 }
	};
	expect(checked.counts).toMatchObject(found);
	expect(done.counts).toMatchObject(found);
	expect(await sessions()).toMatchObject([
		{ status: 'held', headcount: null, version: 1 },
		{ status: 'held', headcount: 1, version: 2 },
		{ status: 'cancelled' }
	]);
	await undo(ctx, id);
	expect(await contentsApart(fresh.db)).toBe(before);
});

it('keeps a register that was corrected by hand since, and the people and group it names', async () => {
	const { id } = await bringIn(['Cedars', LAST_YEAR]);
	await fresh.db
		.updateTable('session')
		.set((eb) => ({ version: eb('version', '+', 1), headcount: 2 }))
		.where('on_date', '=', '2025-03-01')
		.execute();
	const undone = await undo(ctx, id);
	// two children and the group they are in hang on the one register
	expect(undone).toMatchObject({ stage: 'undone', counts: { stayed: 4 } });
	expect(await sessions()).toMatchObject([{ on_date: '2025-03-01', headcount: 2 }]);
});
