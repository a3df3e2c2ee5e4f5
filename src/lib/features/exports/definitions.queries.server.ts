import { m } from '#lib/paraglide/messages.js';
import { listRunVersions } from '#lib/features/curricula/versions.queries.server.ts';
import { ruleLines } from '#lib/features/curricula/words.ts';
import { listIndicators } from '#lib/features/targets/indicators.queries.server.ts';
import { dimensionWord, measureWord, ruleWords } from '#lib/features/targets/words.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { formatList, formatNumber, isolated } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn, textsJson } from '#lib/platform/i18n/texts.ts';
import type { Table } from '#lib/platform/sheets/table.ts';
import { number, text } from './columns.rules.ts';

/** What the numbers of a workbook mean: the rule of people reached, every indicator, and what the versions that cycles run ask for. */
export async function readDefinitions(ctx: Context, locale: Locale): Promise<Table> {
	const indicators = await listIndicators(ctx, locale);
	const versions = await listRunVersions(ctx, locale);
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
			...versions.map(({ name, number, rule }) => [
				m.curricula_of_version({ name, number: isolated(formatNumber(number, locale), locale) }),
				...[
					null,
					people,
					ruleLines(rule)
						.map(({ term, text }) => `${term}: ${text}`)
						.join('. ')
				],
				...[number, null, null, null, null]
			])
		]
	};
}
