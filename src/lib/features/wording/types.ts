import type { Locale } from '#lib/platform/i18n/locale.ts';

/** Texts by id: a message, of one with plural forms `message:few`. */
export type TextsById = ReadonlyMap<string, string>;

/** How a language of a section stands. `changed`: it was checked, and texts of it are others since. */
export type CheckState = 'unchecked' | 'changed' | 'checked';

/** What children of a section find: languages on offer, never none, and texts in place of those that came with this release. */
export interface Wording {
	offered: readonly Locale[];
	corrections: Partial<Record<Locale, TextsById>>;
}

/** Of a section whose children come: what tells whether its wording was read before. */
export interface WordingOf {
	sectionId: string;
	/** 0: nothing was ever corrected or checked. */
	version: number;
	isExample: boolean;
}

/** A language as the page of words shows it. */
export interface LanguageState {
	locale: Locale;
	state: CheckState;
	isOffered: boolean;
	/** Who checked last, and the civil date. */
	checked: { by: string; on: string } | null;
}

/** A text beside the English it is checked by. */
export interface TextBeside {
	id: string;
	/** The plural form it is for, `few`; null for a text without. */
	form: string | null;
	english: string;
	/** As children read it. */
	text: string;
	/** As it came with this release, where it was corrected. */
	released: string | null;
	/** It is another than when the language was checked. */
	isChanged: boolean;
	/** Much longer than the one that is known to fit on the smallest phone. */
	isLong: boolean;
}
