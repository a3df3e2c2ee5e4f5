import { isChildText, type ChildTextKey } from '#lib/features/wording/met.words.ts';
import { say } from '#lib/features/wording/say.words.ts';
import {
	questionOf,
	PICKS,
	type Band,
	type Form,
	type Item,
	type Option
} from '#lib/features/asking/bank.rules.ts';
import { saidIn } from '#lib/features/curricula/wording.rules.ts';
import type { Said } from '#lib/features/curricula/types.ts';
import { getLocale } from '#lib/paraglide/runtime.js';

/** The question as a band reads it (`domain.md` 2.3: at most 8, 12 and 18 words). Throws for one no form asks it. */
export function sayItem(item: Item, form: Pick<Form, 'band'> & Partial<Form>): string {
	return spokenItem(item, form).text;
}

/** The same with the language it is in: a section's own question may be worded in another than the page's. */
export function spokenItem(item: Item, form: Pick<Form, 'band'> & Partial<Form>): Said {
	const question = questionOf(item, form);
	if (question) return saidIn(question.texts[form.band] ?? {}, getLocale()) ?? UNSAID;
	return { text: sayAny(`ask_${item}_${inKey(form.band)}`), lang: getLocale() };
}

/** An option of an item as children read it, with the language it is in. */
export function spokenOption(option: Option, item: Item, form: Partial<Form>): Said {
	const picked = questionOf(item, form)?.options[(PICKS as readonly Option[]).indexOf(option)];
	if (picked) return saidIn(picked.texts, getLocale()) ?? UNSAID;
	return { text: sayOption(option), lang: getLocale() };
}

/** An option of the bank as children read it. */
export function sayOption(option: Option): string {
	return sayAny(`ask_option_${option}`);
}

/** "6 to 9 years", "Adults". */
export function sayBand(band: Band): string {
	return sayAny(`ask_band_${inKey(band)}`);
}

/** Publishing refuses a question without words: never blank all the same. */
const UNSAID: Said = { text: '–', lang: 'en' };

function inKey(band: Band): string {
	return band.replace('-', '_');
}

function sayAny(key: string): string {
	if (!isChildText(key)) throw new Error(`children have no words for ${key}`);
	return say(key as Extract<ChildTextKey, 'child_talk'>); // none of these has placeholders
}
