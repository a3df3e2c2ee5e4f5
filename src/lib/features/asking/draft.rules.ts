import { saidIn } from '#lib/features/curricula/wording.rules.ts';
import type { FormLength } from '#lib/platform/db/schema.ts';
import {
	bankFor,
	BANDS,
	formFor,
	type Band,
	type BankItem,
	type Item,
	type OwnItem
} from './bank.rules.ts';
import { bandsAsked } from './checker.rules.ts';
import type { Asked, FormKey, OwnQuestion } from './types.ts';

/** What a version holds besides its number. */
export type AskedContent = Pick<Asked, 'questions' | 'forms'>;

export const LENGTHS: readonly FormLength[] = ['pulse', 'full'];
/** Questions of its own a version holds at most, and of any kind a form. */
export const MOST_OWN = 20;
export const MOST_ASKED = 15;

/** The forms that come with Halqa, as a version nobody stored. */
export const NOTHING_OWN: Asked = { id: '', number: 0, questions: [], forms: {} };

/** What a first draft begins with: the forms that come with Halqa, written out. */
export function builtInContent(): AskedContent {
	const forms: Partial<Record<FormKey, readonly Item[]>> = {};
	for (const band of BANDS)
		for (const length of LENGTHS) forms[`${length} ${band}`] = formFor(band, length).items;
	return { questions: [], forms };
}

/** What a band may be asked: the bank's items worded for it, then the section's own. */
export function itemsFor(band: Band, { questions }: Pick<AskedContent, 'questions'>): Item[] {
	return [...bankFor(band), ...questions.map(({ id }) => id)];
}

/** Places as typed, `again` → 2, to the items of a form in order; equal places in the order of the bank. */
export function inOrder(
	band: Band,
	content: AskedContent,
	places: Readonly<Record<string, number>>
): Item[] {
	return itemsFor(band, content)
		.filter((item) => (places[item] ?? 0) > 0)
		.sort((a, b) => places[a]! - places[b]!)
		.slice(0, MOST_ASKED);
}

/** The place of each item of a form, 1 for the first, as its fields show it. */
export function placesIn(items: readonly Item[]): Partial<Record<Item, number>> {
	return Object.fromEntries(items.map((item, at) => [item, at + 1]));
}

export function withForms(
	content: AskedContent,
	band: Band,
	forms: Readonly<Record<FormLength, readonly Item[]>>
): AskedContent {
	const { pulse, full } = forms;
	return {
		...content,
		forms: { ...content.forms, [`pulse ${band}`]: pulse, [`full ${band}`]: full }
	};
}

/** A number no question of this version, or of one it is a copy of, has had. */
export function nextOwnId({ questions, forms }: AskedContent): OwnItem {
	const taken = [...questions.map(({ id }) => id), ...Object.values(forms).flat()].flatMap(
		(item) => (/^own_\d+$/.test(item) ? [Number(item.slice(4))] : [])
	);
	return `own_${Math.max(0, ...taken) + 1}`;
}

/** Takes a question of one's own in place of the one with its id, or after the others. */
export function withQuestion(content: AskedContent, question: OwnQuestion): AskedContent {
	const isThere = content.questions.some(({ id }) => id === question.id);
	return {
		...content,
		questions: isThere
			? content.questions.map((one) => (one.id === question.id ? question : one))
			: [...content.questions, question]
	};
}

/** Without a question, in every form. */
export function withoutQuestion(content: AskedContent, id: OwnItem): AskedContent {
	return {
		questions: content.questions.filter((one) => one.id !== id),
		forms: Object.fromEntries(
			Object.entries(content.forms).map(([key, items]) => [
				key,
				items.filter((item) => item !== id)
			])
		)
	};
}

/** What keeps a version from being published: a form that asks nothing, or a question without words where it is asked. */
export type Gap =
	| { gap: 'empty_form'; band: Band; length: FormLength }
	| { gap: 'no_words'; id: OwnItem; band: Band }
	| { gap: 'no_options'; id: OwnItem };

export function gapsIn(content: AskedContent): Gap[] {
	const gaps: Gap[] = [];
	for (const band of BANDS)
		for (const length of LENGTHS)
			if (content.forms[`${length} ${band}`]?.length === 0)
				gaps.push({ gap: 'empty_form', band, length });
	for (const { id, texts, kind, options } of content.questions) {
		for (const band of bandsAsked(content, id))
			if (!saidIn(texts[band] ?? {}, 'en')) gaps.push({ gap: 'no_words', id, band });
		const isWithoutOptions =
			kind === 'pick' && (options.length < 2 || options.some(({ texts }) => !saidIn(texts, 'en')));
		if (isWithoutOptions) gaps.push({ gap: 'no_options', id });
	}
	return gaps;
}

/** Whether an item is one the bank words for a band. */
export function isBankItem(band: Band, item: Item): item is BankItem {
	return (bankFor(band) as readonly Item[]).includes(item);
}
