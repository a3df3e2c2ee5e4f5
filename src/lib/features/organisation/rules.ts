import { habitsOf, zonesOf } from '#lib/platform/i18n/countries.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Organisation } from './types.ts';

/** True when clocks of the country follow the zone; a form for one country may hold another's. */
export function isZoneOf(country: string, zone: string): boolean {
	return zonesOf(country).includes(zone);
}

/** The organisation's own language first, each once. */
export function languagesFrom(own: Locale, others: readonly Locale[]): Locale[] {
	return [...new Set([own, ...others])];
}

/** Weekdays as they are kept, `"6,7"`. */
export function weekdaysText(days: readonly string[]): string {
	return [...new Set(days)].sort().join(',');
}

/** What the fields that follow from a country start with, as a form's text. */
export function startFor(country: string) {
	const { zone, weekStartsOn, closedWeekdays } = habitsOf(country);
	return {
		country,
		zone,
		weekStartsOn: String(weekStartsOn),
		closedWeekdays: closedWeekdays.map(String)
	};
}

/** An organisation as its form starts. */
export function habitFields(organisation: Organisation): Record<string, string | string[]> {
	const { names, zone, languages, weekStartsOn, closedWeekdays } = organisation;
	return {
		...Object.fromEntries(Object.entries(names).map(([locale, name]) => [`name_${locale}`, name])),
		zone,
		language: languages[0] ?? '',
		languages,
		weekStartsOn: String(weekStartsOn),
		closedWeekdays: closedWeekdays.map(String)
	};
}
