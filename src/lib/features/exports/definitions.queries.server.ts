import { m } from '#lib/paraglide/messages.js';
import { projectsOf } from '#lib/features/projects/queries.server.ts';
import { listAims } from '#lib/features/roadmap/editing.queries.server.ts';
import { listIndicators } from '#lib/features/targets/indicators.queries.server.ts';
import { dimensionWord, measureWord, ruleWords } from '#lib/features/targets/words.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { formatList } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn, textsJson } from '#lib/platform/i18n/texts.ts';
import type { Table } from '#lib/platform/sheets/table.ts';
import { number, text } from './columns.rules.ts';

/** What the numbers of a workbook mean: the rule of people reached, every indicator of the section, and whose sessions the targets of projects count. */
export async function readDefinitions(ctx: Context, locale: Locale): Promise<Table> {
	const indicators = await listIndicators(ctx, locale);
	const sectionIds = [ctx.scope.sectionId];
	const projects = await projectsOf({ db: ctx.db, sectionIds }, 'target', locale);
	const ofProjects = (await listAims(ctx, locale)).filter(({ id }) => projects.has(id));
	const people = m.indicator_unit_people();
	return {
		name: m.indicator_definitions(),
		columns: [
			text(m.indicator_title()),
			text(m.indicator_definition()),
			text(m.indicator_unit()),
			text(m.indicator_measure()),
			number(m.indicator_rule_version()),
			text(m.indicator_disaggregation()),
			text(m.indicator_code_activityinfo()),
			text(m.indicator_code_iati()),
			text(m.indicator_code_dhis2())
		],
		rows: [
			[measureWord('reached'), null, people, ruleWords('reached'), null, null, null, null, null],
			...indicators.map((indicator) => [
				textIn(textsJson(indicator.names), locale),
				textIn(textsJson(indicator.definitions), locale),
				people,
				ruleWords(indicator.measure),
				indicator.ruleVersion,
				formatList(indicator.disaggregation.map(dimensionWord), locale) || null,
				indicator.codes.activityinfo,
				indicator.codes.iati,
				indicator.codes.dhis2
			]),
			...ofProjects.map(({ id, name }) => [
				name,
				m.project_target_of({
					projects: formatList(
						projects.get(id)!.map((project) => project.name),
						locale
					)
				}),
				people,
				...[null, null, null, null, null, null]
			])
		]
	};
}
