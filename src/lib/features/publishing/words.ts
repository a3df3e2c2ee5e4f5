import { m } from '#lib/paraglide/messages.js';
import type { Layout } from './types.ts';

const LAYOUT_WORDS: Record<Layout, () => string> = {
	district_group_sex_age: m.layout_district_group_sex_age,
	district_sex_age: m.layout_district_sex_age,
	governorate_sex_age: m.layout_governorate_sex_age,
	country_group_sex_age: m.layout_country_group_sex_age,
	country_sex_age: m.layout_country_sex_age,
	total: m.layout_total
};

/** A layout in the reader's language. */
export function layoutWord(layout: Layout): string {
	return LAYOUT_WORDS[layout]();
}
