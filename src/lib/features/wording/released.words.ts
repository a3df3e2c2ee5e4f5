import { plainNumber } from '#lib/platform/i18n/format.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { CHILD_TEXTS, COUNTED, GROUPS, keysOf, type ChildTextKey } from './met.words.ts';
import type { TextsById } from './types.ts';

/** Every placeholder stands for itself, in braces. */
const ITSELF = new Proxy({}, { get: (_, name) => `{${String(name)}}` });
/** No plural form of a language needs a larger number to be heard, but for one: French has a form for millions. */
const HIGHEST_TRIED = 200;
const MILLIONS = 1_000_000;

const released = new Map<Locale, TextsById>();

/** The texts of a language as they came with this release, with their placeholders, by id, in the order children meet them. */
export function releasedTexts(locale: Locale): TextsById {
	const known = released.get(locale);
	if (known) return known;
	const texts = new Map<string, string>();
	for (const key of GROUPS.flatMap(keysOf)) {
		if (COUNTED.includes(key))
			for (const form of formsOf(locale)) texts.set(`${key}:${form}`, counted(key, locale, form));
		else texts.set(key, CHILD_TEXTS[key](ITSELF as never, { locale }));
	}
	released.set(locale, texts);
	return texts;
}

/** The plural forms of a language, of small numbers first. */
export function formsOf(locale: Locale): string[] {
	const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
	return [...pluralCategories].sort((a, b) => sampleOf(locale, a) - sampleOf(locale, b));
}

/** A text's plural form with `{count}` in place of the number; one of a single number may say it in words. */
function counted(key: ChildTextKey, locale: Locale, form: string): string {
	const count = sampleOf(locale, form);
	const text = CHILD_TEXTS[key]({ count } as never, { locale });
	return text.replace(plainNumber(count, locale), '{count}');
}

/** The smallest number a form is for. */
function sampleOf(locale: Locale, form: string): number {
	const rules = new Intl.PluralRules(locale);
	for (let count = 0; count <= HIGHEST_TRIED; count += 1)
		if (rules.select(count) === form) return count;
	return MILLIONS;
}
