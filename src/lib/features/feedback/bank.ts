import type { FormLength } from '#lib/platform/db/schema.ts';

/** Ages of children that answer alike (`domain.md` 2.3). Under six there is no form. */
export const CHILD_BANDS = ['6-9', '10-13', '14-17'] as const;
/** From eighteen on people have a form and results of their own. */
export const BANDS = [...CHILD_BANDS, 'adult'] as const;
export type ChildBand = (typeof CHILD_BANDS)[number];
export type Band = (typeof BANDS)[number];

const THREE = ['yes', 'a_bit', 'no'] as const;
const AGAIN = ['yes', 'maybe', 'no'] as const;
const BEST = ['moving', 'making', 'talking'] as const;
const FOUR = ['not_at_all', 'a_little', 'mostly', 'completely'] as const;
const FIVE = ['not_at_all', 'a_little', 'partly', 'mostly', 'completely'] as const;

export type Option = (
	typeof THREE | typeof AGAIN | typeof BEST | typeof FOUR | typeof FIVE
)[number];
/** What is kept of an item: a choice, that words were given, or why there is neither. */
export type Answer = Option | 'answered' | 'skipped' | 'dont_know' | 'not_shown';

/** The core items in our own wording (`domain.md` 2.3); *say, helped, listened, acted* are Lundy's four. */
export const ITEMS = [
	'again',
	'safe',
	'best',
	'listened',
	'fun',
	'worth',
	'useful',
	'respected',
	'learned',
	'say',
	'helped',
	'acted',
	'change',
	'idea'
] as const;
export type Item = (typeof ITEMS)[number];

/** The options that speak well of a session, in whichever order a form lists them. */
export const FAVOURABLE: readonly Option[] = ['yes', 'mostly', 'completely'];
/** Items answered in words. */
export const OPEN_ITEMS: readonly Item[] = ['change', 'idea'];
/** Items whose options have no order. */
export const UNORDERED_ITEMS: readonly Item[] = ['best'];

/**
 * A form fixes band, length, items, scale and order, so that answers stay comparable: change any of them
 * and it is a new version. Answers point to `id`.
 */
export interface Form {
	id: string;
	band: Band;
	length: FormLength;
	items: readonly Item[];
}

const FORMS: readonly Form[] = [
	form('6-9', 'pulse', ['again', 'safe']),
	form('6-9', 'full', ['best', 'again', 'safe', 'listened']),
	form('10-13', 'pulse', ['fun', 'safe', 'change']),
	form('10-13', 'full', ['fun', 'learned', 'safe', 'say', 'helped', 'listened', 'acted', 'change']),
	form('14-17', 'pulse', ['worth', 'safe', 'listened', 'change']),
	form('14-17', 'full', [
		'worth',
		'learned',
		'safe',
		'say',
		'helped',
		'listened',
		'acted',
		'again',
		'change',
		'idea'
	]),
	form('adult', 'pulse', ['useful', 'respected', 'safe', 'change']),
	form('adult', 'full', [
		'useful',
		'learned',
		'respected',
		'safe',
		'say',
		'acted',
		'again',
		'change',
		'idea'
	])
];

function form(band: Band, length: FormLength, items: readonly Item[]): Form {
	return { id: `${length} ${band} 1`, band, length, items };
}

/** The form a band answers now. */
export function formFor(band: Band, length: FormLength): Form {
	return FORMS.find((form) => form.band === band && form.length === length)!;
}

/** The form a stored answer points to; undefined for a version this release does not know. */
export function findForm(id: string): Form | undefined {
	return FORMS.find((form) => form.id === id);
}

/** What a child of a band may choose from, in the order shown; null where one writes. */
export function optionsOf(item: Item, band: Band): readonly Option[] | null {
	if (OPEN_ITEMS.includes(item)) return null;
	if (item === 'best') return BEST;
	if (band === '6-9') return item === 'again' ? AGAIN : THREE;
	return band === '10-13' ? FOUR : FIVE;
}
