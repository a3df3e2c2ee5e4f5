import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { saidIn } from '#lib/features/curricula/wording.rules.ts';
import type { Texts } from '#lib/platform/i18n/texts.ts';
import {
	isOpen,
	PICKS,
	questionOf,
	type BankItem,
	type Band,
	type Form,
	type Item,
	type Option,
	type PickOption
} from '#lib/features/asking/bank.rules.ts';
import type { ItemResult, ShownResults } from './types.ts';

/** The question as a band reads it (`domain.md` 2.3: at most 8, 12 and 18 words); the title where a band never gets it. */
export function itemWords(item: Item, band: Band, own?: Form['own']): string {
	const question = questionOf(item, { own });
	// Where a band has no words for it yet, it is told by another's.
	if (question) return saidHere(question.texts[band] ?? Object.values(question.texts)[0] ?? {});
	return (QUESTIONS[band][item as BankItem] ?? TITLES[item as BankItem] ?? m.asked_own_question)();
}

/** What an item is about, in a few words, for adults. */
export function itemTitle(item: Item): string {
	return (TITLES[item as BankItem] ?? m.asked_own_question)();
}

/** An option as children read it; of a question of one's own, with the item and the form's own. */
export function optionWords(option: Option, item?: Item, own?: Form['own']): string {
	const picked =
		item && questionOf(item, { own })?.options[(PICKS as readonly Option[]).indexOf(option)];
	return picked
		? saidHere(picked.texts)
		: (OPTIONS[option as BankOption] ?? m.asked_own_question)();
}

/** The options told together to who ran the session: "Mostly or Completely". */
export function splitWords(options: readonly Option[], item?: Item, own?: Form['own']): string {
	return options.map((option) => optionWords(option, item, own)).join(' / ');
}

type BankOption = Exclude<Option, PickOption>;

function saidHere(texts: Texts): string {
	return saidIn(texts, getLocale())?.text ?? m.asked_own_question();
}

/** "6 to 9 years", "Adults". */
export function bandWords(band: Band): string {
	return AGES[band]();
}

/** "6 to 9 years, short form". */
export function formWords({ band, length }: Form): string {
	return m.voices_form({
		band: bandWords(band),
		length: length === 'full' ? m.voices_full() : m.voices_pulse()
	});
}

/** Why nothing at all of a session is shown. */
export function emptyWords({
	isCounted,
	isFirst,
	ranBySelf,
	vouch
}: Pick<ShownResults, 'isCounted' | 'isFirst' | 'ranBySelf' | 'vouch'>): string {
	if (!isCounted) return m.voices_not_counted();
	if (isFirst) return m.vouch_first();
	if (!ranBySelf) return m.voices_nobody_at_all();
	if (vouch.state === 'alone') return m.voices_alone();
	return vouch.state === 'said' ? m.voices_hidden() : m.voices_not_yet();
}

/** What nobody is asked before the others: who said no would be looked for. */
const NOT_FOR_THE_GROUP: readonly Item[] = ['safe', 'respected', 'listened'];

type ItemOf = { item: Item; shown: ItemResult['shown'] };

/** Why there is no number and no word; null where there is. */
export function silence({ item, shown }: ItemOf, own?: Form['own']): string | null {
	if (shown === 'nobody') return m.voices_nobody();
	if (shown === 'too_few' && isOpen(item, { own })) return m.voices_words_kept();
	if (shown === 'too_few')
		return NOT_FOR_THE_GROUP.includes(item) ? m.voices_too_few_safe() : m.voices_too_few();
	return shown === 'hidden' ? m.voices_hidden() : null;
}

const QUESTIONS: Record<Band, Partial<Record<BankItem, () => string>>> = {
	'6-9': {
		again: m.ask_again_6_9,
		safe: m.ask_safe_6_9,
		best: m.ask_best_6_9,
		listened: m.ask_listened_6_9
	},
	'10-13': {
		fun: m.ask_fun_10_13,
		safe: m.ask_safe_10_13,
		learned: m.ask_learned_10_13,
		say: m.ask_say_10_13,
		helped: m.ask_helped_10_13,
		listened: m.ask_listened_10_13,
		acted: m.ask_acted_10_13,
		change: m.ask_change_10_13
	},
	'14-17': {
		worth: m.ask_worth_14_17,
		safe: m.ask_safe_14_17,
		listened: m.ask_listened_14_17,
		learned: m.ask_learned_14_17,
		say: m.ask_say_14_17,
		helped: m.ask_helped_14_17,
		acted: m.ask_acted_14_17,
		again: m.ask_again_14_17,
		change: m.ask_change_14_17,
		idea: m.ask_idea_14_17
	},
	adult: {
		useful: m.ask_useful_adult,
		learned: m.ask_learned_adult,
		respected: m.ask_respected_adult,
		safe: m.ask_safe_adult,
		say: m.ask_say_adult,
		acted: m.ask_acted_adult,
		again: m.ask_again_adult,
		change: m.ask_change_adult,
		idea: m.ask_idea_adult
	}
};

const TITLES: Record<BankItem, () => string> = {
	again: m.ask_title_again,
	safe: m.ask_title_safe,
	best: m.ask_title_best,
	listened: m.ask_title_listened,
	fun: m.ask_title_fun,
	worth: m.ask_title_worth,
	useful: m.ask_title_useful,
	respected: m.ask_title_respected,
	learned: m.ask_title_learned,
	say: m.ask_title_say,
	helped: m.ask_title_helped,
	acted: m.ask_title_acted,
	change: m.ask_title_change,
	idea: m.ask_title_idea
};

const OPTIONS: Record<BankOption, () => string> = {
	yes: m.ask_option_yes,
	a_bit: m.ask_option_a_bit,
	maybe: m.ask_option_maybe,
	no: m.ask_option_no,
	moving: m.ask_option_moving,
	making: m.ask_option_making,
	talking: m.ask_option_talking,
	nothing: m.ask_option_nothing,
	not_at_all: m.ask_option_not_at_all,
	a_little: m.ask_option_a_little,
	partly: m.ask_option_partly,
	mostly: m.ask_option_mostly,
	completely: m.ask_option_completely
};

const AGES: Record<Band, () => string> = {
	'6-9': m.ask_band_6_9,
	'10-13': m.ask_band_10_13,
	'14-17': m.ask_band_14_17,
	adult: m.ask_band_adult
};
