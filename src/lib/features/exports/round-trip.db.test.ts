import { readFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import {
	chooseColumns,
	takeFile,
	type ColumnChoices
} from '#lib/features/imports/commands.server.ts';
import { findImport, type Import } from '#lib/features/imports/queries.server.ts';
import type { ImportKind } from '#lib/features/imports/types.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import type { Context } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { LOCALES, type Locale } from '#lib/platform/i18n/locale.ts';
import { writeTables } from '#lib/platform/sheets/write.server.ts';
import { daysOfYear } from '#lib/features/publishing/periods.rules.ts';
import { freshDatabase, type FreshDatabase } from '#tests/harness/databases.ts';
import { addImport, check, run, sheetsOf } from '#tests/factories/imports.ts';
import { aSetting, type Setting } from '#tests/factories/place.ts';
import { contextOf } from '#tests/factories/rows.ts';
import { readTables } from './tables.queries.server.ts';
import type { TableName } from './types.ts';

const TODAY = '2026-05-05';

let fresh: FreshDatabase;
let here: Setting;
let ctx: Context;

beforeEach(async () => {
	fresh = await freshDatabase();
	here = await aSetting(fresh);
	ctx = contextOf(fresh, here.coordinator);
	const register = sheetsOf([
		'Finches',
		[
			['Name', 'ID', 'Sex', 'Date of birth', '05/03/2026', '12/03/2026'],
			['Alma Khoury', 'A-1', 'F', '20/12/2014', 'P', 'L'],
			['Bassel Khoury', 'A-2', 'M', '3/2/2013', 'A', 'P'],
			['Carl Khoury', null, 'M', '2013', 'E', 'Sick']
		]
	]);
	const id = await addImport(ctx, {
		kind: 'registers',
		tables: register,
		tune: ({ options }) => (options.centreId = here.centreId)
	});
	await check(ctx, id);
	await run(ctx, id);
});

const CASES: [TableName, ImportKind, number][] = [
	['people', 'people', 3],
	['members', 'people', 3],
	['registers', 'registers', 6],
	['cohorts', 'cohorts', 2]
];

it.each(LOCALES.flatMap((locale) => CASES.map((one) => [locale, ...one] as const)))(
	'in %s, the table of %s comes back as %s without doubling',
	async (locale, table, kind, count) => {
		const item = await broughtBack(locale, table, kind);
		const { verdicts, sessions, marks, marksChanged, cohorts, problems } = item.counts;
		expect({ verdicts, problems }).toEqual({
			verdicts: kind === 'registers' ? { same: 3, repeat: 3 } : { same: count },
			problems: []
		});
		expect([sessions, marks, marksChanged, cohorts]).toEqual([0, 0, 0, 0]);
	}
);

/** A table as it is exported in a language, taken in again and looked at with every guess as it is. */
async function broughtBack(locale: Locale, table: TableName, kind: ImportKind): Promise<Import> {
	const asked = { locale, today: TODAY, month: '2026-03', ...daysOfYear('2026-03') };
	overwriteGetLocale(() => locale);
	const tables = await readTables(ctx, table, asked);
	overwriteGetLocale(() => 'en');
	const bytes = await writeTables({ tables, format: 'xlsx', rightToLeft: locale === 'ar' });
	const taken = await takeFile(ctx, { kind, sent: { bytes, fileName: 'back.xlsx' } }, newId());
	if (!taken.ok) throw new Error(taken.refusal.reason);
	const { id } = taken.done;
	const item = (await findImport(ctx, id))!;
	const chosen = await chooseColumns(ctx, { id, choices: asShown(item), whole: true }, newId());
	expect(chosen).toMatchObject({ ok: true });
	return check(ctx, id);
}

function asShown({ setup, version }: Import): ColumnChoices {
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
		...(options.centreId && { centre: options.centreId })
	};
}

it('counts a child of December as young as they are in the month of the sheet', async () => {
	const bytes = new Uint8Array(readFileSync('tests/cases/import/dob-december-register.xlsx'));
	const sent = { bytes, fileName: 'dob-december-register.xlsx' };
	const taken = await takeFile(ctx, { kind: 'registers', sent }, newId());
	if (!taken.ok) throw new Error(taken.refusal.reason);
	const { id } = taken.done;
	const item = (await findImport(ctx, id))!;
	await chooseColumns(ctx, { id, choices: asShown(item), whole: true }, newId());
	await check(ctx, id);
	await run(ctx, id);
	const asked = { locale: 'en' as const, today: TODAY, month: '2025-03' };
	const [sheet] = await readTables(ctx, 'report_in', { ...asked, ...daysOfYear('2025-03') });
	expect(sheet!.rows.map((row) => row.slice(7, 11))).toEqual([
		['SYR', 'female', '6–11', 1],
		['SYR', 'female', '12–17', 1]
	]);
});
