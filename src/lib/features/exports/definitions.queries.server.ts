import { definitionsTable, type Definition } from '#lib/features/targets/definitions.words.ts';
import { listIndicators } from '#lib/features/targets/indicators.queries.server.ts';
import { measureWord, ruleWords } from '#lib/features/targets/words.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn, textsJson } from '#lib/platform/i18n/texts.ts';
import type { Table } from '#lib/platform/sheets/table.ts';

/** What the numbers of a workbook mean: the rule of people reached, and every indicator of the section. */
export async function readDefinitions(ctx: Context, locale: Locale): Promise<Table> {
	const indicators = await listIndicators(ctx, locale);
	const reached: Definition = {
		...{ name: measureWord('reached'), definition: null, rule: ruleWords('reached') },
		...{ ruleVersion: null, disaggregation: [] },
		codes: { activityinfo: null, iati: null, dhis2: null }
	};
	const own = indicators.map((indicator) => ({
		...indicator,
		name: textIn(textsJson(indicator.names), locale),
		definition: textIn(textsJson(indicator.definitions), locale),
		rule: ruleWords(indicator.measure)
	}));
	return definitionsTable([reached, ...own], locale);
}
