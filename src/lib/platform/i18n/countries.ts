import { collatorIn } from './collation.ts';
import { dateTag, type Locale } from './locale.ts';

/** Countries, their time zones and weeks, as this Node's CLDR and tz data have them. Server only: browsers know less. */

/** Regions of CLDR that are no country one could work in. */
const NO_COUNTRY = new Set('AC AQ BV CP CQ DG EA EU EZ HM IC QO TA UN XA XB ZZ'.split(' '));

/** Where most people of a country with several zones live. Elsewhere the zone is asked for. */
const MAIN_ZONES: Record<string, string> = {
	BR: 'America/Sao_Paulo',
	CD: 'Africa/Kinshasa',
	CL: 'America/Santiago',
	CN: 'Asia/Shanghai',
	CY: 'Asia/Nicosia',
	DE: 'Europe/Berlin',
	EC: 'America/Guayaquil',
	ES: 'Europe/Madrid',
	ID: 'Asia/Jakarta',
	MN: 'Asia/Ulaanbaatar',
	MY: 'Asia/Kuala_Lumpur',
	NZ: 'Pacific/Auckland',
	PS: 'Asia/Hebron',
	PT: 'Europe/Lisbon',
	TH: 'Asia/Bangkok',
	UA: 'Europe/Kiev',
	UZ: 'Asia/Tashkent'
};

/** ISO 3166-1 codes of every country with a time zone, in the order of the alphabet. */
export const COUNTRIES: readonly string[] = allCountries();

export interface Country {
	code: string;
	name: string;
}

/** Every country by its name in the reader's language; Lebanon first. */
export function listCountries(locale: Locale): Country[] {
	const { compare } = collatorIn(locale);
	const rank = ({ code }: Country) => (code === 'LB' ? 0 : 1);
	return COUNTRIES.map((code) => ({ code, name: countryName(code, locale) })).sort(
		(a, b) => rank(a) - rank(b) || compare(a.name, b.name)
	);
}

export function countryName(code: string, locale: Locale): string {
	return new Intl.DisplayNames(dateTag(locale), { type: 'region' }).of(code) ?? code;
}

/** The zones of a country, by name; none for what is no country. */
export function zonesOf(country: string): string[] {
	return COUNTRIES.includes(country) ? [...(localeOf(country).getTimeZones?.() ?? [])].sort() : [];
}

/** What a country's weeks and clocks are like, to start a form with; the zone is '' where it must be asked for. */
export function habitsOf(country: string): {
	zone: string;
	weekStartsOn: number;
	closedWeekdays: number[];
} {
	const zones = zonesOf(country);
	const main = MAIN_ZONES[country];
	const week = localeOf(country).getWeekInfo();
	return {
		zone: zones.length === 1 ? zones[0]! : main && zones.includes(main) ? main : '',
		weekStartsOn: week.firstDay,
		closedWeekdays: [...week.weekend]
	};
}

function localeOf(country: string): Intl.Locale {
	return new Intl.Locale(`und-${country}`);
}

function allCountries(): string[] {
	const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
	const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
	return letters
		.flatMap((a) => letters.map((b) => a + b))
		.filter((code) => names.of(code) !== undefined && !NO_COUNTRY.has(code))
		.filter(
			(code) => localeOf(code).region === code && (localeOf(code).getTimeZones?.() ?? []).length > 0
		);
}
