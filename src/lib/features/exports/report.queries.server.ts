import { m } from '#lib/paraglide/messages.js';
import { getSection, listCentreSheets } from '#lib/features/centres/queries.server.ts';
import { exactCells, layOut } from '#lib/features/publishing/layouts.rules.ts';
import { listNewlyReached } from '#lib/features/publishing/newly.queries.server.ts';
import { getReportSetting } from '#lib/features/publishing/queries.server.ts';
import { sheetTables } from '#lib/features/publishing/sheet.words.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { formatDate, formatInstant } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Table } from '#lib/platform/sheets/table.ts';
import type { ReportName } from './types.ts';

/** The exact monthly sheet of the centres within reach, as registers are now: with totals, and how it was counted. */
export async function readReport(
	ctx: Context,
	report: ReportName,
	{ month, locale }: { month: string; locale: Locale }
): Promise<Table[]> {
	const section = await getSection(ctx, locale);
	const centres = await listCentreSheets(ctx, locale);
	const sheet = layOut(await listNewlyReached(ctx, month), {
		layout: 'district_group_sex_age',
		month,
		country: section.country,
		placeOf: new Map(centres.map(({ id, place }) => [id, place]))
	});
	return sheetTables(
		exactCells(sheet),
		{
			name: m.report_in_sheet(),
			section: section.name,
			country: section.country,
			month,
			withTags: report.endsWith('hxl'),
			...(await getReportSetting(ctx.db, ctx.scope.sectionId)),
			notes: [
				m.report_in_note(),
				m.report_rule({ month: formatDate(`${month}-01`, locale, 'month') }),
				m.targets_as_of({ time: formatInstant(ctx.now, section.zone, locale) })
			]
		},
		locale
	);
}
