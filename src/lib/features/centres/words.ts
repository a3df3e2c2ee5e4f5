import type { Locale } from '#lib/platform/i18n/locale.ts';
import { regionsOf, type Place } from './regions.rules.ts';

/** "Akkar", or "Baalbek · Baalbek-El Hermel" for a district; the code itself where no name is known. */
export function placeName(country: string, { adm1, adm2 }: Place, locale: Locale): string {
	const names = [adm2, adm1]
		.filter((code) => code !== null)
		.map((code) => regionName(country, code, locale));
	return [...new Set(names)].join(' · ');
}

/** A governorate's or district's name in the reader's language; the code itself where no name is known. */
export function regionName(country: string, code: string, locale: Locale): string {
	return regionsOf(country).find((one) => one.code === code)?.[locale] ?? code;
}
