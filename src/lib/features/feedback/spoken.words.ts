import { isChildText, type ChildTextKey } from '#lib/features/wording/met.words.ts';
import { say } from '#lib/features/wording/say.words.ts';
import type { Band, Item, Option } from './bank.rules.ts';

/** The question as a band reads it (`domain.md` 2.3: at most 8, 12 and 18 words). Throws for one no form asks it. */
export function sayItem(item: Item, band: Band): string {
	return sayAny(`ask_${item}_${inKey(band)}`);
}

/** An option as children read it. */
export function sayOption(option: Option): string {
	return sayAny(`ask_option_${option}`);
}

/** "6 to 9 years", "Adults". */
export function sayBand(band: Band): string {
	return sayAny(`ask_band_${inKey(band)}`);
}

function inKey(band: Band): string {
	return band.replace('-', '_');
}

function sayAny(key: string): string {
	if (!isChildText(key)) throw new Error(`children have no words for ${key}`);
	return say(key as Extract<ChildTextKey, 'child_talk'>); // none of these has placeholders
}
