import { getLocale } from '#lib/paraglide/runtime.js';
import { formatNumber } from '#lib/platform/i18n/format.ts';
import { LOCALES, type Locale } from '#lib/platform/i18n/locale.ts';
import { CHILD_TEXTS, COUNTED, type ChildTextKey, type InputsOf } from './met.words.ts';
import { fill } from './rules.ts';
import type { Wording } from './types.ts';

/** Says nothing of its own until the request tells whose children come (`language.server.ts`). */
let wordingNow: () => Wording | undefined = () => undefined;

/** Where to find the wording of the section whose child is answered at the moment of asking. */
export function overwriteGetWording(find: () => Wording | undefined): void {
	wordingNow = find;
}

/** The languages a child may choose here. */
export function offeredLanguages(): readonly Locale[] {
	return wordingNow()?.offered ?? LOCALES;
}

/** A text for a child, in the language of the page: as the section corrected it, else as it came with this release. */
export function say<Key extends ChildTextKey>(
	key: Key,
	...given: object extends InputsOf<Key> ? [] : [InputsOf<Key>]
): string {
	return sayIn(getLocale(), wordingNow(), key, given[0]);
}

/** The same in a language that need not be the page's. */
export function sayIn(
	locale: Locale,
	wording: Wording | undefined,
	key: ChildTextKey,
	given: object = {}
): string {
	const inputs = given as Record<string, string | number>;
	const corrected = wording?.corrections[locale]?.get(idFor(key, locale, inputs));
	return corrected === undefined
		? CHILD_TEXTS[key](inputs as never, { locale })
		: fill(corrected, valuesIn(locale, inputs));
}

/** The id of the text that is said of these inputs: a message, or its plural form. */
function idFor(key: ChildTextKey, locale: Locale, { count }: Record<string, string | number>) {
	if (!COUNTED.includes(key)) return key;
	return `${key}:${new Intl.PluralRules(locale).select(Number(count))}`;
}

function valuesIn(locale: Locale, inputs: Record<string, string | number>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(inputs).map(([name, value]) => [
			name,
			typeof value === 'number' ? formatNumber(value, locale) : value
		])
	);
}
