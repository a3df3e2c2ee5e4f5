import { m } from '#lib/paraglide/messages.js';
import type { Locale } from './locale.ts';

const NAMES: Record<Locale, () => string> = {
	en: m.language_en,
	fr: m.language_fr,
	ar: m.language_ar
};

/** A language of the interface in the reader's own, as it stands after “in”. */
export function languageWord(code: Locale): string {
	return NAMES[code]();
}
