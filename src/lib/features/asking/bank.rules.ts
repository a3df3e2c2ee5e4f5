import type { FormLength } from '#lib/platform/db/schema.ts';
import type { Asked, OwnQuestion } from './types.ts';

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

const YES_NO = ['no', 'yes'] as const;
/** What a question of one's own lets one pick from, by its place. */
export const PICKS = ['pick_1', 'pick_2', 'pick_3', 'pick_4'] as const;
export type PickOption = (typeof PICKS)[number];

export type Option =
	(typeof THREE | typeof AGAIN | typeof BEST | typeof FOUR | typeof FIVE)[number] | PickOption;
/** What is kept of an item: a choice, that words were given, or why there is neither. */
export type Answer = Option | 'answered' | 'skipped' | 'dont_know' | 'not_shown';

/** The core items in our own wording (`domain.md` 2.3); *say, helped, listened, acted* are Lundy's four. */
export const BANK_ITEMS = [
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
export type BankItem = (typeof BANK_ITEMS)[number];
/** A question a section worded itself, by its number within what is asked. */
export type OwnItem = `own_${number}`;
export type Item = BankItem | OwnItem;

/** The options that speak well of a session, in whichever order a form lists them. */
export const FAVOURABLE: readonly Option[] = ['yes', 'mostly', 'completely'];
/** Items of the bank answered in words, and those whose options have no order. */
const OPEN_ITEMS: readonly Item[] = ['change', 'idea'];
const UNORDERED_ITEMS: readonly Item[] = ['best'];
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
	/** The version of what a section asks that it is of; null: it came with Halqa. */
	askedId: string | null;
	/** The questions of the section's own among them; none in the forms that come with Halqa. */
	own: readonly OwnQuestion[];
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
	return {
		id: `${length} ${band} ${version}`,
		band,
		length,
		version,
		items,
		askedId: null,
		own: []
	};
}

/** The form a band answers now: of a section's own version, where that has one for it, else the one that comes with Halqa. */
export function formFor(band: Band, length: FormLength, asked: Asked | null = null): Form {
	const own = asked?.forms[`${length} ${band}`];
	if (!asked || !own || own.length === 0)
		return FORMS.find((form) => form.band === band && form.length === length)!;
	return {
		...{ id: `${length} ${band} ${asked.id}`, band, length, items: own },
		...{ version: asked.number, askedId: asked.id },
		own: asked.questions.filter(({ id }) => own.includes(id))
	};
}

/** The forms of a version that a code of a length asks, youngest first. */
export function formsFor(length: FormLength, asked: Asked | null): Form[] {
	return BANDS.map((band) => formFor(band, length, asked));
}

/** The items of the bank worded for a band, in the order of the bank. */
export function bankFor(band: Band): BankItem[] {
	const worded = FORMS.filter((form) => form.band === band).flatMap(({ items }) => items);
	return BANK_ITEMS.filter((item) => worded.includes(item));
}

/** The question of the section's own that an item is; undefined for the bank's. */
export function questionOf(item: Item, { own }: FormOf): OwnQuestion | undefined {
	return own?.find(({ id }) => id === item);
}

type FormOf = { own?: Form['own'] | undefined };

/** Whether an item is answered in words. */
export function isOpen(item: Item, form: FormOf): boolean {
	return OPEN_ITEMS.includes(item) || questionOf(item, form)?.kind === 'words';
}

/** Whether an item's options have no order. */
export function isUnordered(item: Item, form: FormOf): boolean {
	return UNORDERED_ITEMS.includes(item) || questionOf(item, form)?.kind === 'pick';
}

/** A form as it is asked: without the items answered in words where nobody may read them. It stays the same version. */
export function asAsked(form: Form, asksWords: boolean): Form {
	if (asksWords) return form;
	return { ...form, items: form.items.filter((item) => !isOpen(item, form)) };
}

/** The form a stored answer points to, of those Halqa comes with and the code's own version; undefined for one nobody knows. */
export function findForm(id: string, asked: Asked | null = null): Form | undefined {
	const known = FORMS.find((form) => form.id === id);
	if (known || !asked) return known;
	return (['pulse', 'full'] as const)
		.flatMap((length) => formsFor(length, asked))
		.find((form) => form.id === id);
}

/**
 * What a form lets one choose from, in the order shown; null where one writes. The first version for the
 * youngest asked from most to least, and offered no *nothing*.
 */
export function optionsOf(
	item: Item,
	form: Pick<Form, 'band' | 'version'> & Partial<Form>
): readonly Option[] | null {
	if (isOpen(item, form)) return null;
	const question = questionOf(item, form);
	if (question?.kind === 'pick') return PICKS.slice(0, question.options.length);
	if (question?.kind === 'yes_no') return YES_NO;
	const isFirst = form.band === '6-9' && form.version === 1 && !form.askedId;
	if (item === 'best') return isFirst ? BEST.filter((option) => option !== 'nothing') : BEST;
	return scaleFor(form.band, item, isFirst);
}

function scaleFor(band: Band, item: Item, isFirst: boolean): readonly Option[] {
	if (band === '10-13') return FOUR;
	if (band === '14-17' || band === 'adult') return FIVE;
	const scale = item === 'again' ? AGAIN : THREE;
	return isFirst ? [...scale].reverse() : scale;
}

/** Whether somebody to talk to is offered after this answer: the lowest to feeling safe or being listened to. */
export function asksForCare(item: Item, answer: Answer): boolean {
	return CARE_ITEMS.includes(item) && LOWEST.includes(answer);
}
