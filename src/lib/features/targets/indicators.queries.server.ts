import type { Context } from '#lib/platform/command/context.ts';
import { DIMENSIONS } from '#lib/platform/db/vocabularies.ts';
import { collatorIn } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { textIn, type Texts } from '#lib/platform/i18n/texts.ts';
import type { Indicator } from './types.ts';

/** The indicators of the section, by name; with an id that one alone, if it is there. */
export async function listIndicators(
	{ db, scope }: Context,
	locale: Locale,
	id?: string
): Promise<Indicator[]> {
	const rows = await db
		.selectFrom('indicator')
		.selectAll()
		.select((eb) =>
			eb
				.selectFrom('target')
				.select((eb) => eb.fn.countAll<number>().as('count'))
				.whereRef('target.indicator_id', '=', 'indicator.id')
				.as('target_count')
		)
		.where('section_id', '=', scope.sectionId)
		.$if(id !== undefined, (query) => query.where('id', '=', id!))
		.execute();
	const { compare } = collatorIn(locale);
	return rows
		.map((row) => ({ row, name: textIn(row.name_texts, locale) }))
		.sort((a, b) => compare(a.name, b.name))
		.map(({ row }) => ({
			id: row.id,
			names: JSON.parse(row.name_texts) as Texts,
			definitions: JSON.parse(row.definition_texts) as Texts,
			unit: row.unit,
			measure: row.measure,
			ruleVersion: row.rule_version,
			disaggregation: DIMENSIONS.filter((one) => row.disaggregation.split(',').includes(one)),
			codes: {
				activityinfo: row.activityinfo_code,
				iati: row.iati_code,
				dhis2: row.dhis2_code
			},
			version: row.version,
			targetCount: Number(row.target_count)
		}));
}
