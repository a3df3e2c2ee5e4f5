import { m } from '#lib/paraglide/messages.js';
import type { Dimension } from '#lib/platform/db/vocabularies.ts';
import { formatList } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Column, Table } from '#lib/platform/sheets/table.ts';
import { dimensionWord } from './words.ts';

/** What a number of a workbook means, in the reader's language. */
export interface Definition {
	name: string;
	definition: string | null;
	/** null: that of the target's indicator. */
	rule: string | null;
	ruleVersion: number | null;
	disaggregation: readonly Dimension[];
	codes: { activityinfo: string | null; iati: string | null; dhis2: string | null };
}

/** The sheet that says what the numbers of a workbook mean. */
export function definitionsTable(definitions: readonly Definition[], locale: Locale): Table {
	const text = (header: string): Column => ({ header, kind: 'text' });
	return {
		name: m.indicator_definitions(),
		columns: [
			text(m.indicator_title()),
			text(m.indicator_definition()),
			text(m.indicator_unit()),
			text(m.indicator_measure()),
			{ header: m.indicator_rule_version(), kind: 'number' },
			text(m.indicator_disaggregation()),
			text(m.indicator_code_activityinfo()),
			text(m.indicator_code_iati()),
			text(m.indicator_code_dhis2())
		],
		rows: definitions.map(({ name, definition, rule, ruleVersion, disaggregation, codes }) => [
			...[name, definition, m.indicator_unit_people(), rule, ruleVersion],
			formatList(disaggregation.map(dimensionWord), locale) || null,
			...[codes.activityinfo, codes.iati, codes.dhis2]
		])
	};
}
