import { m } from '#lib/paraglide/messages.js';
import { getSection, listCentreSheets } from '#lib/features/centres/queries.server.ts';
import type { Place } from '#lib/features/centres/types.ts';
import { regionName } from '#lib/features/centres/words.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { formatDate, formatInstant } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Table, Value } from '#lib/platform/sheets/table.ts';
import { codeOf, monthSheet, type Category, type MonthSheet } from './activityinfo.rules.ts';
import { number, text } from './columns.rules.ts';
import { hxlTags, SHEET_COLUMNS } from './hxl.rules.ts';
import { listNewlyReached } from './newly.queries.server.ts';
import { protect } from './protect.rules.ts';
import type { ReportName } from './types.ts';

/** What a section's people are reported as; empty until somebody typed it. */
export async function getReportSetting(
	ctx: Context
): Promise<{ activity: string; indicator: string }> {
	const row = await ctx.db
		.selectFrom('report_setting')
		.select(['activity', 'indicator'])
		.where('section_id', '=', ctx.scope.sectionId)
		.executeTakeFirst();
	return row ?? { activity: '', indicator: '' };
}

/**
 * The monthly sheet of the centres within reach, with its totals and how it was counted. `report_out` has small
 * numbers protected and is of a whole section alone; `report_in` is exact and stays inside.
 */
export async function readReport(
	ctx: Context,
	report: ReportName,
	{ month, locale }: { month: string; locale: Locale }
): Promise<Table[]> {
	const section = await getSection(ctx, locale);
	const centres = await listCentreSheets(ctx, locale);
	const sheet = monthSheet(await listNewlyReached(ctx, month), {
		month,
		country: section.country,
		placeOf: new Map(centres.map(({ id, place }) => [id, place]))
	});
	const isProtected = report.startsWith('report_out');
	const shown = isProtected ? protectedValues(sheet) : exactValues(sheet);
	const setting = await getReportSetting(ctx);
	const row = (place: Place | null, category: Category | null, value: number | null): Value[] => [
		section.name,
		setting.activity,
		place && regionName(section.country, place.adm1, locale),
		place && place.adm2 && regionName(section.country, place.adm2, locale),
		place && codeOf(place),
		month,
		setting.indicator,
		category && category.group,
		category && category.sex,
		category && category.age,
		value,
		value === null ? m.report_hidden() : null
	];
	const columns = SHEET_COLUMNS.map((name) => (name === 'value' ? number(name) : text(name)));
	const tags = report.endsWith('hxl') ? [hxlTags(sheet.places)] : [];
	const all = { row: sheet.places.length, column: sheet.categories.length };
	const cells = (rows: readonly number[], ofColumns: readonly number[]) =>
		rows.flatMap((r) =>
			ofColumns.flatMap((c): Value[][] => {
				const value = shown.values[r]![c]!;
				if (value === 'left out') return [];
				return [row(sheet.places[r] ?? null, sheet.categories[c] ?? null, value)];
			})
		);
	const places = [...sheet.places.keys()];
	const categories = [...sheet.categories.keys()];
	return [
		{
			name: isProtected ? m.report_out_sheet() : m.report_in_sheet(),
			columns,
			rows: [...tags, ...cells(places, categories)]
		},
		{
			name: m.report_totals(),
			columns,
			rows: [
				...tags,
				...cells([all.row], [all.column]),
				...cells(places, [all.column]),
				...cells([all.row], categories)
			]
		},
		{
			name: m.report_notes(),
			columns: [text(m.report_notes())],
			rows: [
				isProtected ? m.report_out_note() : m.report_in_note(),
				m.report_rule({ month: formatDate(`${month}-01`, locale, 'month') }),
				...(shown.zerosHidden ? [m.report_zeros_hidden()] : []),
				m.targets_as_of({ time: formatInstant(ctx.now, section.zone, locale) })
			].map((line) => [line])
		}
	];
}

/** A number, a hidden one (null), or one that needs no row: nobody, or hidden among all the others. */
type Shown = number | null | 'left out';

function exactValues({ table }: MonthSheet): { values: Shown[][]; zerosHidden: boolean } {
	const values = table.map((row) => row.map((count) => (count === 0 ? 'left out' : count)));
	return { values, zerosHidden: false };
}

/** Once zeros are hidden too, what is hidden is all that is not listed: rows for it would say nothing. */
function protectedValues({ table }: MonthSheet): { values: Shown[][]; zerosHidden: boolean } {
	const { hidden, zerosHidden } = protect(table);
	const lastRow = table.length - 1;
	const lastColumn = table[0]!.length - 1;
	const values = table.map((row, r) =>
		row.map((count, c): Shown => {
			if (!hidden[r]![c]) return count === 0 ? 'left out' : count;
			return zerosHidden && r < lastRow && c < lastColumn ? 'left out' : null;
		})
	);
	return { values, zerosHidden };
}
