import { beforeEach, describe, expect, it } from 'vitest';
import { listGuardians } from '#lib/features/people/guardians.queries.server.ts';
import { openName } from '#lib/features/people/queries.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { Cell } from '#lib/platform/sheets/types.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { addImport, check, contentsApart, run, sheetsOf, undo } from '#tests/factories/imports.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { contextOf } from '#tests/factories/rows.ts';
import { decide } from '../progress.server.ts';
import type { ImportKind, Setup } from '../types.ts';

let fresh: FreshDatabase;
let here: Setting;
let ctx: Context;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	ctx = contextOf(fresh, here.coordinator);
});

function atHome(setup: Setup): void {
	setup.options.centreId = here.centreId;
}

async function bring(kind: ImportKind, ...sheets: Parameters<typeof sheetsOf>): Promise<string> {
	return addImport(ctx, { kind, tables: sheetsOf(...sheets), tune: atHome });
}

async function names(): Promise<string[]> {
	const people = await fresh.db.selectFrom('person').select(['id', 'name_sealed']).execute();
	return people.map(({ id, name_sealed }) => openName(fresh.ring, id, name_sealed)).sort();
}

const LIST: Cell[][] = [
	['Name', 'Sex', 'Year of birth', 'ID', 'Mother name', 'Phone', 'Group'],
	['Nour Haddad', 'f', 2015, '17', 'Hala Haddad', '03 123 456', 'Cedars'],
	['رامي خوري', 'ذكر', '٢٠١٤', null, null, null, 'Cedars'],
	['Aya Saab', 'F', 2013, null, null, null, null],
	[null, 'f', 2013, null, null, null, null],
	['Nour Haddad', 'f', 2015, '17', null, null, 'Cedars']
];

describe('a list of people', () => {
	it('comes in once, with guardian, group and places', async () => {
		const id = await bring('people', LIST);
		const checked = await check(ctx, id);
		expect(checked.stage).toBe('preview');
		expect(checked.counts.verdicts).toEqual({ new: 3, out: 1, repeat: 1 });
		expect(checked.counts.problems).toEqual([{ code: 'name_missing', count: 1, cells: ['A5'] }]);
		expect(checked.setup.coming).toMatchObject([{ name: 'Cedars', isNew: true, rowCount: 2 }]);
		expect(await names()).toEqual([]);

		const done = await run(ctx, id);
		expect(done.stage).toBe('done');
		expect(done.counts.verdicts).toEqual({ new: 3, repeat: 1 });
		expect(await names()).toEqual(['Aya Saab', 'Nour Haddad', 'رامي خوري']);
		const cohort = await fresh.db
			.selectFrom('cohort')
			.selectAll()
			.where('id', '<>', here.cohortId)
			.executeTakeFirstOrThrow();
		expect(cohort).toMatchObject({ member_count: 2, capacity: 20, age_from: 11, age_to: 12 });
		const [guardian] = await fresh.db.selectFrom('guardian').selectAll().execute();
		expect(await listGuardians(ctx, guardian!.person_id)).toMatchObject([
			{ name: 'Hala Haddad', phone: '03123456', contactWay: 'call' }
		]);
		expect(await fresh.db.selectFrom('import_row').selectAll().execute()).toEqual([]);
	});

	it('adds nothing the second time, and undo gives back what was there', async () => {
		const before = await contentsApart(fresh.db);
		const first = await bring('people', LIST);
		await check(ctx, first);
		await run(ctx, first);
		const again = await bring('people', LIST);
		expect((await check(ctx, again)).counts.verdicts).toEqual({ same: 3, out: 1, repeat: 1 });
		expect((await run(ctx, again)).counts.verdicts).toEqual({ same: 3, repeat: 1 });
		const undone = await undo(ctx, first);
		expect(undone).toMatchObject({ stage: 'undone', counts: { stayed: 0 } });
		expect(await contentsApart(fresh.db)).toBe(before);
	});

	it('updates from a corrected file, and undo restores exactly', async () => {
		const first = await bring('people', LIST);
		await check(ctx, first);
		await run(ctx, first);
		const before = await contentsApart(fresh.db);
		const corrected = await bring('people', [
			LIST[0]!,
			['Nour El Haddad Saad Haddad', 'f', 2014, '17', 'Hala Haddad', '03 999 999', 'Cedars'],
			['Aya Saab', 'F', 2013, '18', null, null, 'Cedars']
		]);
		expect((await check(ctx, corrected)).counts.verdicts).toEqual({ changed: 2 });
		await run(ctx, corrected);
		expect(await names()).toEqual(['Aya Saab', 'Nour El Haddad Saad Haddad', 'رامي خوري']);
		await undo(ctx, corrected);
		expect(await names()).toEqual(['Aya Saab', 'Nour Haddad', 'رامي خوري']);
		expect(await contentsApart(fresh.db)).toBe(before);
	});
});

it('asks about a possible duplicate, and does as it is told', async () => {
	const first = await bring('people', [LIST[0]!, LIST[3]!]);
	await check(ctx, first);
	await run(ctx, first);
	const other = await bring('people', [LIST[0]!, ['Aya Saab', 'F', 2014]]);
	expect((await check(ctx, other)).counts.verdicts).toEqual({ maybe: 1 });
	await decide(ctx, other, { once: newId(), position: null, decision: 'same' });
	expect((await run(ctx, other)).counts.verdicts).toEqual({ changed: 1 });
	expect(await names()).toEqual(['Aya Saab']);
	const third = await bring('people', [LIST[0]!, ['Aya Saab', 'F', 2015]]);
	await check(ctx, third);
	expect((await run(ctx, third)).counts).toMatchObject({
		verdicts: { out: 1 },
		problems: [{ code: 'undecided', cells: ['2'] }]
	});
});
