import { LOCALES } from '#lib/platform/i18n/locale.ts';
import type { Texts } from '#lib/platform/i18n/texts.ts';

/** Names by language as the fields `name_en`, `name_fr`, `name_ar` start. */
export function nameFields(names: Texts): Record<string, string> {
	return Object.fromEntries(LOCALES.map((locale) => [`name_${locale}`, names[locale] ?? '']));
}
