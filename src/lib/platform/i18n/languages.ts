import { dateTag, type Locale } from './locale.ts';

/** The name of a language in the reader's own; the code itself when none is known. */
export function languageName(code: string, locale: Locale): string {
	return new Intl.DisplayNames(dateTag(locale), { type: 'language' }).of(code) ?? code;
}
