import { COUNTRIES, listCountries } from '#lib/platform/i18n/countries.ts';
import { fold } from '#lib/platform/i18n/fold.ts';
import { LOCALES } from '#lib/platform/i18n/locale.ts';

/** Countries typed by name, in any language of the interface, or by code, between commas; those nobody knows stand apart. */
export function countriesIn(text: string): { codes: string[]; unknown: string[] } {
	const typed = text
		.split(/[,،;\n]/u)
		.map((name) => name.trim())
		.filter(Boolean);
	const known = knownCountries();
	const codes = typed.map((name) => known.get(fold(name)));
	return {
		codes: [...new Set(codes.filter((code) => code !== undefined))],
		unknown: typed.filter((_, i) => codes[i] === undefined)
	};
}

/** Countries as they are kept, `"BR,MD"`, each once. */
export function codesOf(kept: string): string[] {
	return kept.split(',').filter(Boolean);
}

function knownCountries(): Map<string, string> {
	return new Map([
		...COUNTRIES.map((code) => [fold(code), code] as const),
		...LOCALES.flatMap(listCountries).map(({ code, name }) => [fold(name), code] as const)
	]);
}
