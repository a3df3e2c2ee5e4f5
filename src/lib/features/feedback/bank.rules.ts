import type { FormLength } from '#lib/platform/db/schema.ts';

/** Ages of children that answer alike (`domain.md` 2.3). Under six there is no form. */
export const CHILD_BANDS = ['6-9', '10-13', '14-17'] as const;
/** From eighteen on people have a form and results of their own. */
export const BANDS = [...CHILD_BANDS, 'adult'] as const;
export type ChildBand = (typeof CHILD_BANDS)[number];
export type Band = (typeof BANDS)[number];

/** Every scale runs from least to most: what is asked first is chosen more often, and children lean to yes anyway. */
const THREE = ['no', 'a_bit', 'yes'] as const;
const AGAIN = ['no', 'maybe', 'yes'] as const;
const BEST = ['moving', 'making', 'talking', 'nothing'] as const;
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
/** Items whose lowest answer may be a child's way of asking for help (`domain.md` 6.4). */
const CARE_ITEMS: readonly Item[] = ['safe', 'listened'];
const LOWEST: readonly Answer[] = ['no', 'not_at_all'];

/**
 * A form fixes band, length, items, scale and order, so that answers stay comparable: change any of them
 * and it is a new version. Answers point to `id`.
 */
export interface Form {
	id: string;
	band: Band;
	version: number;
	length: FormLength;
	items: readonly Item[];
}

/** Of each band and length the version in use first. */
export const FORMS: readonly Form[] = [
	form('6-9', 'pulse', ['again', 'safe'], 2),
	form('6-9', 'full', ['best', 'again', 'safe', 'listened'], 2),
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
	]),
	form('6-9', 'pulse', ['again', 'safe']),
	form('6-9', 'full', ['best', 'again', 'safe', 'listened'])
];

function form(band: Band, length: FormLength, items: readonly Item[], version = 1): Form {
	return { id: `${length} ${band} ${version}`, band, length, version, items };
}

/** The form a band answers now. */
export function formFor(band: Band, length: FormLength): Form {
	return FORMS.find((form) => form.band === band && form.length === length)!;
}

/** A form as it is asked: without the items answered in words where nobody may read them. It stays the same version. */
export function asAsked(form: Form, asksWords: boolean): Form {
	if (asksWords) return form;
	return { ...form, items: form.items.filter((item) => !OPEN_ITEMS.includes(item)) };
}

/** The form a stored answer points to; undefined for a version this release does not know. */
export function findForm(id: string): Form | undefined {
	return FORMS.find((form) => form.id === id);
}

/**
 * What a form lets one choose from, in the order shown; null where one writes. The first version for the
 * youngest asked from most to least, and offered no *nothing*.
 */
export function optionsOf(
	item: Item,
	{ band, version }: Pick<Form, 'band' | 'version'>
): readonly Option[] | null {
	if (OPEN_ITEMS.includes(item)) return null;
	const isFirst = band === '6-9' && version === 1;
	if (item === 'best') return isFirst ? BEST.filter((option) => option !== 'nothing') : BEST;
	if (band === '10-13') return FOUR;
	if (band === '14-17' || band === 'adult') return FIVE;
	const scale = item === 'again' ? AGAIN : THREE;
	return isFirst ? [...scale].reverse() : scale;
}

/** Whether somebody to talk to is offered after this answer: the lowest to feeling safe or being listened to. */
export function asksForCare(item: Item, answer: Answer): boolean {
	return CARE_ITEMS.includes(item) && LOWEST.includes(answer);
}
