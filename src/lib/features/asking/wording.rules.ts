import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Band } from './bank.rules.ts';

/** What may be wrong with the wording of a question (`domain.md` 2.2, 2.3), told by signs: some are missed, some are none. */
export type WordingRule = 'too_long' | 'two_in_one' | 'negative' | 'leading';

/** Words of a sentence at most, by band. */
export const MOST_WORDS_IN: Record<Band, number> = {
	'6-9': 8,
	'10-13': 12,
	'14-17': 18,
	adult: 18
};

/** Signs as whole words, but for Arabic, where they are also joined to the next word. */
const TWO_IN_ONE: Record<Locale, RegExp> = {
	en: /\b(and|or|as well as)\b|&/i,
	fr: /(^|\s)(et|ou|ainsi que)\s/i,
	// و is joined to what follows; words that merely begin with it are told by `BEGIN_WITH_WAW`.
	ar: /(^|\s)(أو|أم|و)\s/
};
const NEGATIVE: Record<Locale, RegExp> = {
	en: /\b(not|never|no|nothing|nobody|none|without|cannot)\b|n['’]t\b/i,
	fr: /(^|\s)(ne|pas|jamais|rien|personne|aucune?|sans)(\s|$)|(^|\s)n['’]/i,
	ar: /(^|\s)(لا|لم|لن|ليس|ليست|لست|لستم|بدون|دون|أبدًا|أبدا|غير|مش|بلا)(\s|$)/
};
const LEADING: Record<Locale, RegExp> = {
	en: /\b(of course|surely|obviously|isn['’]t it|don['’]t you|didn['’]t you|wasn['’]t it|do you agree|agree that|how much did you (enjoy|like|love)|wonderful|great|amazing|lovely)\b/i,
	fr: /n['’]est-ce pas|bien sûr|évidemment|d['’]accord|vraiment|à quel point (as-tu|avez-vous) aimé|merveilleu|génial|formidable/i,
	ar: /أليس|ألم |ألا |طبعًا|طبعا|بالطبع|بالتأكيد|أكيد|توافق|الرائع|رائعة|رائع|كم أحببت|كم أحببتم/
};
const BEGIN_WITH_WAW =
	/^(وقت|وجه|وحد|واحد|ورش|ورق|ورد|وراء|وسط|وصل|وضع|وعد|ولد|والد|وطن|وزن|وجد|وظيف|وثق|وافق|ودّ|واضح|وجبة)/;

/** A wording's faults, in the order above; `count` and `most` are words of its longest sentence. */
export function wordingFaults(
	text: string,
	{ band, locale }: { band: Band; locale: Locale }
): { rule: WordingRule; count?: number; most?: number }[] {
	const count = Math.max(...sentencesOf(text).map((sentence) => wordsOf(sentence).length), 0);
	const most = MOST_WORDS_IN[band];
	return [
		...(count > most ? [{ rule: 'too_long' as const, count, most }] : []),
		...(asksTwice(text, locale) ? [{ rule: 'two_in_one' as const }] : []),
		...(NEGATIVE[locale].test(text) ? [{ rule: 'negative' as const }] : []),
		...(LEADING[locale].test(text) ? [{ rule: 'leading' as const }] : [])
	];
}

function asksTwice(text: string, locale: Locale): boolean {
	if ((text.match(/[?؟]/g)?.length ?? 0) > 1 || TWO_IN_ONE[locale].test(text)) return true;
	const [, ...rest] = wordsOf(text);
	return (
		locale === 'ar' && rest.some((word) => /^و\p{L}{2,}/u.test(word) && !BEGIN_WITH_WAW.test(word))
	);
}

function sentencesOf(text: string): string[] {
	return text.split(/[.!?؟…]+/);
}

function wordsOf(text: string): string[] {
	return text.split(/[\s\u00a0\u202f]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
}
