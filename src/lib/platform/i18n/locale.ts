/** The languages of the interface, in the order they are offered. */
export const LOCALES = ['en', 'fr', 'ar'] as const;
export type Locale = (typeof LOCALES)[number];

/** Each language in its own words, for the switch. */
export const LOCALE_NAMES: Record<Locale, string> = {
	en: 'English',
	fr: 'Français',
	ar: 'العربية'
};

export function isLocale(text: unknown): text is Locale {
	return (LOCALES as readonly unknown[]).includes(text);
}

export function directionOf(locale: Locale): 'ltr' | 'rtl' {
	return locale === 'ar' ? 'rtl' : 'ltr';
}

/** The first language of an Accept-Language header that Halqa speaks; English when there is none. */
export function preferredLocale(header: string | null): Locale {
	for (const part of (header ?? '').slice(0, 500).split(',')) {
		const tag = part.split(';')[0]?.trim().toLowerCase().split('-')[0];
		if (isLocale(tag)) return tag;
	}
	return 'en';
}

/** The tag dates are written by: Lebanese month names in Arabic, Latin digits everywhere. */
export function dateTag(locale: Locale): string {
	return { en: 'en-GB', fr: 'fr', ar: 'ar-LB-u-nu-latn' }[locale];
}

/** The tag numbers are written by, inside messages and beside them: Latin digits everywhere. */
export function numberTag(locale: Locale): string {
	return locale === 'ar' ? 'ar-u-nu-latn' : locale;
}
