import type { Locale } from './locale.ts';

/** What people typed, per language: content is data with a language, never an interface word. */
export type Texts = Partial<Record<string, string>>;

/** The text in the reader's language, else English, else whichever there is; never blank. */
export function textIn(json: string, locale: Locale): string {
	const texts = JSON.parse(json) as Texts;
	return texts[locale] || texts.en || Object.values(texts).find(Boolean) || '–';
}

export function textsJson(texts: Texts): string {
	return JSON.stringify(texts);
}
