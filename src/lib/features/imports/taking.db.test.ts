import { beforeEach, expect, it } from 'vitest';
import { writeXlsx } from 'hucre/xlsx';
import type { Context } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { addAccount, addCentre, contextOf } from '#tests/factories/rows.ts';
import { chooseColumns, dropImport, takeFile, type ColumnChoices } from './commands.server.ts';
import { findImport, listImports, type Import } from './queries.server.ts';
import type { ImportKind } from './types.ts';

let fresh: FreshDatabase;
let here: Setting;
let ctx: Context;
beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	ctx = contextOf(fresh, here.coordinator);
});

const LIST = 'Nom de l’enfant;Année;Sexe\nPlantedname Une;2015;F\nPlantedname Deux;2016;G\n';

async function take(text: string, kind: ImportKind = 'people', as = ctx): Promise<Import> {
	const sent = { bytes: new TextEncoder().encode(text), fileName: 'Plantedfile.csv' };
	const taken = await takeFile(as, { kind, sent }, newId());
	if (!taken.ok) throw new Error(taken.refusal.reason);
	return (await findImport(as, taken.done.id))!;
}

/** What the page sends when nothing is corrected. */
function asShown({ setup, version }: Import, more: Partial<ColumnChoices> = {}): ColumnChoices {
	const { sheets, columns, marks, options } = setup;
	const per = <Value>(values: readonly Value[]) =>
		Object.fromEntries(values.map((value, at) => [String(at), value]));
	return {
		version,
		sheet: sheets.map((_, at) => String(at)),
		dateOrder: options.dateOrder,
		use: per(columns.map(({ use }) => use)),
		mark: per(marks.map(({ meaning }) => meaning ?? ('' as const))),
		cohort: per(sheets.map(({ cohort }) => cohort)),
		...(options.centreId && { centre: options.centreId }),
		...more
	};
}

const choose = (item: Import, choices: ColumnChoices, as = ctx) =>
	chooseColumns(as, { id: item.id, choices, whole: true }, newId());

it('takes a list with a guess of its columns, and nothing of it stands readable', async () => {
	const item = await take(LIST);
	expect(item.setup.columns.map(({ use }) => use)).toEqual(['name', 'birth', 'sex']);
	expect(item).toMatchObject({ stage: 'columns', rowCount: 2, fileName: 'Plantedfile.csv' });
	expect(item.setup.options.centreId).toBe(here.centreId);
	const stored = [
		await fresh.db.selectFrom('import').selectAll().execute(),
		await fresh.db.selectFrom('import_row').selectAll().execute(),
		await fresh.db.selectFrom('audit').selectAll().execute(),
		await fresh.db.selectFrom('once').selectAll().execute()
	];
	expect(stored[1]).toHaveLength(3);
	expect(JSON.stringify(stored)).not.toMatch(/Planted|Année/);
});

it('takes the same sending once, and refuses what is no list in words the page knows', async () => {
	const sent = { bytes: new TextEncoder().encode(LIST), fileName: '' };
	const once = newId();
	const first = await takeFile(ctx, { kind: 'people', sent }, once);
	expect(await takeFile(ctx, { kind: 'people', sent }, once)).toEqual(first);
	expect(await listImports(ctx)).toHaveLength(1);
	const picture = {
		bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
		fileName: 'a.png'
	};
	const refused = await takeFile(ctx, { kind: 'people', sent: picture }, newId());
	expect(refused).toEqual({ ok: false, refusal: { reason: 'not_a_sheet' } });
});

it('refuses more sheets than a form can ask about', async () => {
	const sheets = Array.from({ length: 51 }, (_, at) => ({
		name: `G${at}`,
		rows: [['Name'], ['A B']]
	}));
	const sent = { bytes: await writeXlsx({ sheets }), fileName: 'all.xlsx' };
	const refused = await takeFile(ctx, { kind: 'people', sent }, newId());
	expect(refused).toEqual({ ok: false, refusal: { reason: 'too_many_sheets' } });
});

it('remembers what the columns of such a list are, for the section and the kind', async () => {
	const item = await take(LIST);
	const { use } = asShown(item);
	expect((await choose(item, asShown(item, { use: { ...use, 1: 'ignore' } }))).ok).toBe(true);
	const uses = (one: Import) => one.setup.columns.map(({ use }) => use);
	expect(uses(await take(LIST.replace('Une', 'Trois')))).toEqual(['name', 'ignore', 'sex']);
	expect(uses(await take(LIST, 'registers'))).toEqual(['name', 'birth', 'sex']);
	const far = await aSetting(fresh);
	const there = contextOf(fresh, far.coordinator);
	expect(uses(await take(LIST, 'people', there))).toEqual(['name', 'birth', 'sex']);
});

it('says everything that is missing, each at its field, and keeps nothing', async () => {
	await addCentre(fresh, here.sectionId);
	const admin = await addAccount(fresh, {
		sectionId: here.sectionId,
		centreIds: [],
		role: 'admin'
	});
	const as = contextOf(fresh, admin);
	const item = await take(LIST, 'people', as);
	const use = { 0: 'sex', 1: 'ignore', 2: 'sex' } as const;
	const refused = await choose(item, asShown(item, { use }), as);
	expect(refused).toEqual({
		ok: false,
		refusal: {
			reason: 'faults',
			faults: [
				{ field: '', code: 'name_column' },
				{ field: 'use.2', code: 'twice' },
				{ field: 'centre', code: 'centre' }
			]
		}
	});
	expect((await findImport(as, item.id))!.version).toBe(item.version);
});

it('asks of a register its dates, its group and the meaning of every sign', async () => {
	const item = await take('Name;Sex;03/03/2026;10/03/2026\nNour Hassan;F;@@;x\n', 'registers');
	expect(item.setup.sheets[0]!.cohort).toBe('Plantedfile');
	const refused = await choose(item, asShown(item, { cohort: { 0: '' } }));
	expect(refused).toMatchObject({
		refusal: {
			faults: [
				{ field: 'cohort.0', code: 'cohort' },
				{ field: 'mark.0', code: 'mark' }
			]
		}
	});
	const dateless = await take('Name;Sex\nNour Hassan;F\n', 'registers');
	expect(await choose(dateless, asShown(dateless))).toMatchObject({
		refusal: { faults: [{ field: '', code: 'date_columns' }] }
	});
});

it('reads the file again as told, says to look again, and keeps what still fits', async () => {
	const item = await take('List of March\nChild;Year;Sex\nNour Hassan;2015;F\n');
	const told = asShown(item, { headerRows: 0 });
	expect(await choose(item, told)).toEqual({ ok: true, done: { isNewShape: true } });
	const other = (await findImport(ctx, item.id))!;
	expect(other).toMatchObject({ stage: 'columns', version: item.version + 1 });
	expect(other.setup.columns.map(({ label }) => label)).toEqual(['A', 'B', 'C']);
	expect(await choose(item, told)).toEqual({ ok: false, refusal: { reason: 'changed' } });
	expect(await choose(other, asShown(other, { headerRows: 1 }))).toEqual({
		ok: true,
		done: { isNewShape: true }
	});
	expect((await findImport(ctx, item.id))!.setup.columns).toEqual(item.setup.columns);
});

it('is there for who brought it and for the administrator, and takes no centre of others', async () => {
	const item = await take(LIST);
	const colleague = await addAccount(fresh, {
		...{ sectionId: here.sectionId, centreIds: [here.centreId], role: 'coordinator' }
	});
	const admin = await addAccount(fresh, {
		sectionId: here.sectionId,
		centreIds: [],
		role: 'admin'
	});
	const far = await aSetting(fresh);
	expect(await findImport(contextOf(fresh, colleague), item.id)).toBeUndefined();
	expect(await findImport(contextOf(fresh, far.coordinator), item.id)).toBeUndefined();
	expect(await findImport(contextOf(fresh, admin), item.id)).toBeDefined();
	const next = await addCentre(fresh, here.sectionId);
	for (const centre of [next, far.centreId])
		expect(await choose(item, asShown(item, { centre }))).toEqual({
			ok: false,
			refusal: { reason: 'not_found' }
		});
	const others = contextOf(fresh, colleague);
	expect(await dropImport(others, { id: item.id }, newId())).toMatchObject({ ok: false });
});

it('goes when it is thrown away, and only while it is not running', async () => {
	const item = await take(LIST);
	await fresh.db.updateTable('import').set({ stage: 'running' }).execute();
	expect(await dropImport(ctx, { id: item.id }, newId())).toEqual({
		ok: false,
		refusal: { reason: 'changed' }
	});
	await fresh.db.updateTable('import').set({ stage: 'preview' }).execute();
	expect((await dropImport(ctx, { id: item.id }, newId())).ok).toBe(true);
	expect(await fresh.db.selectFrom('import_row').selectAll().execute()).toEqual([]);
	expect(await listImports(ctx)).toEqual([]);
});
