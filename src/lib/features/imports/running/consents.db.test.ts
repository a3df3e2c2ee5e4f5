import { beforeEach, expect, it } from 'vitest';
import { withdraw } from '#lib/features/consent/commands.server.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import type { Cell } from '#lib/platform/sheets/types.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { addImport, check, contentsApart, run, sheetsOf, undo } from '#tests/factories/imports.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { contextOf } from '#tests/factories/rows.ts';

let fresh: FreshDatabase;
let here: Setting;
let ctx: Context;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	ctx = contextOf(fresh, here.coordinator);
});

async function bring(rows: Cell[][]): Promise<string> {
	const tune = (setup: Parameters<NonNullable<Parameters<typeof addImport>[1]['tune']>>[0]) => {
		setup.options.centreId = here.centreId;
	};
	return addImport(ctx, { kind: 'people', tables: sheetsOf(rows), tune });
}

async function said(): Promise<string[]> {
	const rows = await fresh.db.selectFrom('consent').selectAll().orderBy('said_on').execute();
	return rows.map((one) => `${one.giver} ${one.said} ${one.said_on} ${one.is_on_paper}`).sort();
}

const HEAD: Cell[] = ['Name', 'Sex', 'Year of birth', 'Mother name', 'Consent date', 'Assent'];
const LIST: Cell[][] = [
	HEAD,
	['Nour Haddad', 'f', 2015, 'Hala Haddad', '2026-02-03', '2026-02-04'],
	['Aya Saab', 'f', 2013, null, '2026-02-05', null],
	['Rima Deeb', 'f', 1990, null, '2026-02-06', null],
	['Lea Fares', 'f', 2014, null, 'yes', '2027-01-01']
];

it('brings in papers with their dates: a guardian’s, a child’s, an adult’s own', async () => {
	const id = await bring(LIST);
	const checked = await check(ctx, id);
	expect(checked.counts.problems).toEqual([
		{ code: 'date_unknown', count: 1, cells: ['E5'] },
		{ code: 'date_ahead', count: 1, cells: ['F5'] }
	]);
	await run(ctx, id);
	expect(await said()).toEqual([
		'contact yes 2026-02-03 1',
		'self yes 2026-02-04 1',
		'self yes 2026-02-06 1',
		'unnamed yes 2026-02-05 1'
	]);
});

it('adds nothing the second time, and undo gives back what was there', async () => {
	const before = await contentsApart(fresh.db);
	const first = await bring(LIST);
	await check(ctx, first);
	await run(ctx, first);
	const again = await bring(LIST);
	expect((await check(ctx, again)).counts.verdicts).toEqual({ same: 4 });
	await run(ctx, again);
	expect(await said()).toHaveLength(4);
	expect(await undo(ctx, first)).toMatchObject({ stage: 'undone', counts: { stayed: 0 } });
	expect(await contentsApart(fresh.db)).toBe(before);
});

it('never turns a withdrawal around, whatever date a list has', async () => {
	const first = await bring(LIST);
	await check(ctx, first);
	await run(ctx, first);
	const own = await fresh.db
		.selectFrom('consent')
		.select('person_id')
		.where('said_on', '=', '2026-02-04')
		.executeTakeFirstOrThrow();
	const input = { personId: own.person_id, who: 'self', purpose: 'take_part' as const };
	await withdraw(ctx, input, { once: newId(), today: '2026-04-01' });
	const later = await bring([HEAD, ['Nour Haddad', 'f', 2015, 'Hala Haddad', null, '2026-04-20']]);
	expect((await check(ctx, later)).counts.verdicts).toEqual({ same: 1 });
	await run(ctx, later);
	expect(await said()).toContain('self withdrawn 2026-04-01 0');
	expect(await said()).not.toContain('self yes 2026-04-20 1');
});
