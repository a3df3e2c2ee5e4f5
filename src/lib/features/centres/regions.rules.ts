import { latinDigits } from '#lib/platform/forms/digits.ts';
import { LEBANON_REGIONS, type Region } from './regions-lebanon.rules.ts';

/** Where a centre stands: the codes of its governorate and, when known, of its district. */
export interface Place {
	adm1: string;
	adm2: string | null;
}

const BY_COUNTRY: Readonly<Record<string, readonly Region[]>> = { LB: LEBANON_REGIONS };
const CODE = /^[A-Z]{2}[0-9A-Z]{1,10}$/;

/** The regions known of a country; empty where codes are typed by hand. */
export function regionsOf(country: string): readonly Region[] {
	return BY_COUNTRY[country] ?? [];
}

/** What a code says of a place; undefined for one that is not of the country. A district brings its governorate. */
export function placeOf(country: string, code: string): Place | undefined {
	const known = regionsOf(country);
	if (known.length === 0)
		return code.startsWith(country) && CODE.test(code) ? { adm1: code, adm2: null } : undefined;
	const region = known.find((one) => one.code === code);
	if (!region) return undefined;
	return region.parent === null
		? { adm1: code, adm2: null }
		: { adm1: region.parent, adm2: region.code };
}

/**
 * The governorates, or the districts, that people mean by what they wrote: by code, name in any language
 * or other spelling. More than one only where a country has two of one name.
 */
export function findRegions(
	country: string,
	level: 'governorate' | 'district',
	typed: string
): readonly Region[] {
	const wanted = plainName(typed);
	return regionsOf(country).filter(
		({ code, parent, en, fr, ar, aliases }) =>
			(parent === null) === (level === 'governorate') &&
			[code, en, fr, ar, ...aliases].some((name) => plainName(name) === wanted)
	);
}

/** A name without what spelling varies in: case, marks, hamza, hyphens, articles, "district of". Two names are one when this is equal. */
export function plainName(name: string): string {
	return latinDigits(name.normalize('NFKC'))
		.normalize('NFD')
		.replace(/[\p{M}ـ]/gu, '')
		.toLowerCase()
		.replace(/[أإآ]/g, 'ا')
		.replace(/ة/g, 'ه')
		.replace(/ى/g, 'ي')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}
