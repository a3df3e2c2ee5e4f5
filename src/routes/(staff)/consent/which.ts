import { purposeIn, readerIn, type TextOf } from '#lib/features/consent/texts.rules.ts';
import { isLocale, type Locale } from '#lib/platform/i18n/locale.ts';

/** The text an address names, of the languages of the section; what it does not name is the first there is. */
export function textAsked(params: URLSearchParams, languages: readonly Locale[]): TextOf {
	const language = params.get('language');
	return {
		purpose: purposeIn(params.get('purpose')) ?? 'take_part',
		reader: readerIn(params.get('reader')) ?? 'child',
		language: isLocale(language) && languages.includes(language) ? language : languages[0]!
	};
}
