import { pictureWord } from '#lib/features/curricula/words.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatNumber, isolated } from '#lib/platform/i18n/format.ts';
import { LOCALE_NAMES, type Locale } from '#lib/platform/i18n/locale.ts';
import type { Band } from './bank.rules.ts';
import type { Rule, Warning } from './checker.rules.ts';
import type { Gap } from './draft.rules.ts';
import type { QuestionKind, QuestionPicture } from './types.ts';

const BANDS: Record<Band, () => string> = {
	'6-9': m.ask_band_6_9,
	'10-13': m.ask_band_10_13,
	'14-17': m.ask_band_14_17,
	adult: m.ask_band_adult
};

/** "6 to 9 years · العربية: Two questions in one?", in the reader's language. */
export function warningWords(warning: Warning, locale: Locale): string {
	const { band, locale: of, rule } = warning;
	const number = (value: number | undefined) => isolated(formatNumber(value ?? 0, locale), locale);
	const text = RULES[rule]({ count: number(warning.count), most: number(warning.most) });
	const where = [band && BANDS[band](), of && isolated(LOCALE_NAMES[of], locale)].filter(Boolean);
	return where.length > 0 ? m.asked_place_of({ where: where.join(' · '), text }) : text;
}

const RULES: Record<Rule, (values: { count: string; most: string }) => string> = {
	too_long: m.warn_too_long,
	two_in_one: () => m.warn_two_in_one(),
	negative: () => m.warn_negative(),
	leading: () => m.warn_leading(),
	language_missing: () => m.warn_language_missing(),
	unequal_options: () => m.warn_unequal_options(),
	too_many_options: m.warn_too_many_options,
	too_many_questions: m.warn_too_many_questions,
	writing_too_young: () => m.warn_writing_too_young(),
	safe_not_asked: () => m.warn_safe_not_asked()
};

export function gapWords(gap: Gap): string {
	if (gap.gap === 'empty_form') return m.asked_gap_form({ band: BANDS[gap.band]() });
	if (gap.gap === 'no_words') return m.asked_gap_words({ band: BANDS[gap.band]() });
	return m.asked_gap_options();
}

export function kindWords(kind: QuestionKind): string {
	return KINDS[kind]();
}

const KINDS: Record<QuestionKind, () => string> = {
	scale: m.question_kind_scale,
	yes_no: m.question_kind_yes_no,
	pick: m.question_kind_pick,
	words: m.question_kind_words
};

/** What a picture shows. */
export function drawnWords(picture: QuestionPicture): string {
	if (picture === 'safe') return m.question_picture_safe();
	if (picture === 'listening') return m.question_picture_listening();
	return pictureWord(picture);
}
