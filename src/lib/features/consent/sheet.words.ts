import { m } from '#lib/paraglide/messages.js';
import type { ConsentPurpose, ConsentReader } from '#lib/platform/db/vocabularies.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { purposeWord } from './words.ts';

/** The words around a text on its sheet, in the text's language. For the server: pages carry one language. */
export function sheetWords(purpose: ConsentPurpose, reader: ConsentReader, locale: Locale) {
	const is = { locale };
	return {
		title: purposeWord(purpose, locale),
		how: reader === 'child' ? m.consent_sheet_mark({}, is) : m.consent_sheet_choose({}, is),
		yes: m.consent_sheet_yes({}, is),
		no: m.consent_sheet_no({}, is),
		lines: [
			...(reader === 'guardian'
				? [m.consent_sheet_child_name({}, is), m.consent_sheet_relation({}, is)]
				: []),
			m.consent_sheet_name({}, is),
			m.consent_sheet_date({}, is),
			m.consent_sheet_signature({}, is),
			m.consent_explained({}, is),
			m.consent_interpreter({}, is)
		]
	};
}
