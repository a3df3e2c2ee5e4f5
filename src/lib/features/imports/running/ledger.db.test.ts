import { sql } from 'kysely';
import { beforeEach, expect, it } from 'vitest';
import { countPlaces } from '#lib/features/cohorts/places.commands.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { open, seal } from '#lib/platform/crypto/sealed.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { contentsOf } from '#tests/access/visiting.ts';
import { aCycle, aSetting, type Setting } from '#tests/factories/place.ts';
import {
	addCohort,
	addMember,
	addPerson,
	addSession,
	contextOf,
	join
} from '#tests/factories/rows.ts';
import { takeBack, writeDown } from './ledger.server.ts';
import { rowsOf } from './ledger-rows.server.ts';

let fresh: FreshDatabase;
let here: Setting;
let ctx: Context;
let importId: string;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	ctx = contextOf(fresh, here.coordinator);
	importId = newId();
	await fresh.db
		.insertInto('import')
		.values({
			id: importId,
			section_id: here.sectionId,
			kind: 'people',
			stage: 'done',
			file_name_sealed: null,
			digest: 'x',
			setup_sealed: 'x' as never,
			counts: '{}',
			row_count: 0,
			position: 0,
			created_by: here.coordinator.id,
			created_at: 0,
			finished_at: null,
			version: 1
		})
		.execute();
});

async function undo(): Promise<number> {
	const entries = await fresh.db
		.selectFrom('import_change')
		.selectAll()
		.where('import_id', '=', importId)
		.orderBy('seq', 'desc')
		.execute();
	let stayed = 0;
	for (const entry of entries) stayed += (await takeBack(ctx, importId, entry)).stayed.length;
	await fresh.db.deleteFrom('import_change').execute();
	return stayed;
}

it('gives back exactly what was there: people, members and places, a mark that was changed', async () => {
	const nour = await addMember(fresh, here, 'Nour');
	const session = await addSession(fresh, await aCycle(fresh, here), { date: '2026-04-07' });
	const mark = { session_id: session, person_id: nour, section_id: here.sectionId };
	await fresh.db
		.insertInto('mark')
		.values({ ...mark, code: 'absent' })
		.execute();
	const before = await contentsOf(fresh.db);

	const cohort = await addCohort(fresh, here, { name: 'Cedars' });
	const rami = await addPerson(fresh, here, 'Rami');
	await join(fresh, { ...here, cohortId: cohort, personId: rami });
	await writeDown(ctx, importId, [
		{ table: 'cohort', keys: [[cohort]] },
		{ table: 'person', keys: [[rami]] },
		{ table: 'cohort_member', keys: [[cohort, rami, '2026-01-01']] }
	]);
	const earlier = await rowsOf(ctx, 'mark', [[session, nour]]);
	await fresh.db.updateTable('mark').set({ code: 'late' }).execute();
	await writeDown(ctx, importId, [{ table: 'mark', keys: [[session, nour]], before: earlier }]);

	expect(await contentsOf(fresh.db)).not.toBe(before);
	expect(await undo()).toBe(0);
	expect(await contentsOf(fresh.db)).toBe(before);
});

it('takes a membership back by the key of before somebody could come back, of several the one it made', async () => {
	const rami = await addPerson(fresh, here, 'Rami');
	const { cohortId } = here;
	await join(fresh, { ...here, personId: rami });
	await writeDown(ctx, importId, [
		{ table: 'cohort_member', keys: [[cohortId, rami, '2026-01-01']] }
	]);
	const entry = await fresh.db.selectFrom('import_change').selectAll().executeTakeFirstOrThrow();
	const place = { table: 'import_change', column: 'rows_sealed', row: `${importId} ${entry.seq}` };
	const written = open(fresh.ring, place, entry.rows_sealed).replace(/,"2026-01-01"\]/, ']');
	expect(written).toContain(`["${cohortId}","${rami}"]`);
	await fresh.db
		.updateTable('import_change')
		.set({ rows_sealed: seal(fresh.ring, place, written) })
		.execute();
	await join(fresh, { ...here, personId: rami, joinedOn: '2025-01-01', leftOn: '2025-02-01' });
	expect(await undo()).toBe(0);
	const left = await fresh.db.selectFrom('cohort_member').select('joined_on').execute();
	expect(left).toEqual([{ joined_on: '2025-01-01' }]);
});

it('gives a membership its first day back after a register moved it', async () => {
	const rami = await addPerson(fresh, here, 'Rami');
	const { cohortId } = here;
	await join(fresh, { ...here, personId: rami });
	const members = () => fresh.db.selectFrom('cohort_member').selectAll().execute();
	const before = await members();
	const earlier = await rowsOf(ctx, 'cohort_member', [[cohortId, rami, '2026-01-01']]);
	await fresh.db.updateTable('cohort_member').set({ joined_on: '2025-10-01' }).execute();
	await writeDown(ctx, importId, [
		{ table: 'cohort_member', keys: [[cohortId, rami, '2025-10-01']], before: earlier }
	]);
	expect(await undo()).toBe(0);
	expect(await members()).toEqual(before);
});

it('leaves what was touched or is needed since, and says how much', async () => {
	const [rami, aya] = [await addPerson(fresh, here, 'Rami'), await addPerson(fresh, here, 'Aya')];
	await writeDown(ctx, importId, [{ table: 'person', keys: [[rami], [aya]] }]);
	await fresh.db.updateTable('person').set({ birth_year: 2011 }).where('id', '=', rami).execute();
	await join(fresh, { ...here, cohortId: here.cohortId, personId: aya });
	expect(await undo()).toBe(2);
	const left = await fresh.db.selectFrom('person').select('id').execute();
	expect(left.map(({ id }) => id).sort()).toEqual([rami, aya].sort());
});

it('leaves what a row of another table refers to, whatever the table', async () => {
	const cycle = await aCycle(fresh, here);
	const [noted, free] = [
		await addSession(fresh, cycle, { date: '2026-04-07' }),
		await addSession(fresh, cycle, { date: '2026-04-14' })
	];
	await writeDown(ctx, importId, [{ table: 'session', keys: [[noted], [free]] }]);
	await sql`create table later (session_id text references session (id))`.execute(fresh.db);
	await sql`insert into later values (${noted})`.execute(fresh.db);
	expect(await undo()).toBe(1);
	const left = await fresh.db.selectFrom('session').select('id').execute();
	expect(left).toEqual([{ id: noted }]);
});

it('leaves the marks of a register that was taken since', async () => {
	const nour = await addMember(fresh, here, 'Nour');
	const session = await addSession(fresh, await aCycle(fresh, here), { date: '2026-04-07' });
	await fresh.db
		.insertInto('mark')
		.values({ session_id: session, person_id: nour, section_id: here.sectionId, code: 'present' })
		.execute();
	await writeDown(ctx, importId, [{ table: 'mark', keys: [[session, nour]] }]);
	await fresh.db.updateTable('session').set({ version: 9 }).execute();
	expect(await undo()).toBe(1);
	expect(await fresh.db.selectFrom('mark').selectAll().execute()).toHaveLength(1);
});

it('counts places up and down for many groups in one statement', async () => {
	const other = await addCohort(fresh, here);
	const places = new Map([
		[here.cohortId, 2],
		[other, 3]
	]);
	await countPlaces(ctx, places, 1);
	await countPlaces(ctx, new Map([[other, 1]]), -1);
	const rows = await fresh.db.selectFrom('cohort').select(['id', 'member_count']).execute();
	expect(Object.fromEntries(rows.map(({ id, member_count }) => [id, member_count]))).toEqual({
		[here.cohortId]: 2,
		[other]: 2
	});
});
