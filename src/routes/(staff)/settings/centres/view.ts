import { m } from '#lib/paraglide/messages.js';
import type { PasteFault } from '#lib/features/centres/paste.rules.ts';
import { placeOf, regionsOf } from '#lib/features/centres/regions.rules.ts';
import { placeName } from '#lib/features/centres/words.ts';
import { collatorIn } from '#lib/platform/i18n/collation.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';

/** Every governorate and district to choose from, by name, districts under their governorate; empty where codes are typed. */
export function regionOptions(country: string, locale: Locale): { value: string; label: string }[] {
	const { compare } = collatorIn(locale);
	const known = [...regionsOf(country)].sort((a, b) => compare(a[locale], b[locale]));
	return known
		.filter(({ parent }) => parent === null)
		.flatMap((above) => [above, ...known.filter(({ parent }) => parent === above.code)])
		.map(({ code, parent, [locale]: name }) => ({
			value: code,
			label:
				parent === null
					? m.centre_region_whole({ name })
					: placeName(country, placeOf(country, code)!, locale)
		}));
}

/** What is wrong in a cell of the pasted table. */
export function faultWords(fault: PasteFault): string {
	return {
		required: m.paste_required,
		too_long: m.form_too_long,
		governorate_unknown: m.paste_governorate_unknown,
		district_unknown: m.paste_district_unknown,
		district_elsewhere: m.paste_district_elsewhere,
		capacity: m.form_capacity,
		room_missing: m.paste_room_missing,
		time: m.paste_time,
		closes_first: m.form_closes_first,
		differs: m.paste_differs,
		header_unknown: m.paste_header_unknown,
		cell_extra: m.paste_cell_extra,
		quote_open: m.paste_quote_open,
		too_many: m.paste_too_many,
		nothing: m.paste_nothing
	}[fault]();
}
