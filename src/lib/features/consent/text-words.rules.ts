import type { Locale } from '#lib/platform/i18n/locale.ts';

/** A text in each language of the interface. */
export type Words = Readonly<Record<Locale, string>>;

export function words(en: string, fr: string, ar: string): Words {
	return { en, fr, ar };
}
