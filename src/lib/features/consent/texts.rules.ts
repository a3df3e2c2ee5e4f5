import { ADULT_AGE } from '#lib/features/people/rules.ts';
import {
	CONSENT_PURPOSES,
	CONSENT_READERS,
	type ConsentPurpose,
	type ConsentReader
} from '#lib/platform/db/vocabularies.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { ADULT_FRAMES, ADULT_LINES } from './adult-texts.rules.ts';
import { CHILD_FRAME, CHILD_LINES } from './child-texts.rules.ts';

/** Longest text to ask with, in characters: an A4 sheet with room to sign. */
export const LONGEST_BODY = 2400;

export interface TextOf {
	purpose: ConsentPurpose;
	reader: ConsentReader;
	language: Locale;
}

/**
 * The text that came with the release, number 1 of every section: once it has landed it never changes, as what people
 * agreed to does not. `texts.test.ts` holds it by its fingerprint.
 */
export function builtInText({ purpose, reader, language }: TextOf): string {
	const frame = reader === 'child' ? CHILD_FRAME : ADULT_FRAMES[reader];
	const line = (reader === 'child' ? CHILD_LINES : ADULT_LINES)[purpose];
	return [frame.before, line, frame.after].map((part) => part[language]).join('\n');
}

/** Which text of a person's is whose: of a child their own and a guardian's, of an adult one alone. */
export function readerFor(giver: 'self' | 'guardian', age: number): ConsentReader {
	if (giver === 'guardian') return 'guardian';
	return age >= ADULT_AGE ? 'adult' : 'child';
}

/** What stands on a sheet, so that it is known which text was signed: `photo-child-ar-2`. */
export function textCode(
	{ purpose, reader, language }: Omit<TextOf, 'language'> & { language: string },
	number: number
): string {
	return `${purpose}-${reader}-${language}-${number}`.replace('_', '');
}

/** Of the versions of a text, in any order, the one in force on a civil date: before the first that one. */
export function inForceOn<Version extends { number: number; publishedOn: string | null }>(
	versions: readonly Version[],
	date: string
): Version | undefined {
	const inOrder = [...versions].sort((a, b) => a.number - b.number);
	return (
		inOrder.findLast(({ number, publishedOn }) => number === 1 || publishedOn! <= date) ??
		inOrder[0]
	);
}

/** Every purpose and reader there is a text for. */
export function eachText(): { purpose: ConsentPurpose; reader: ConsentReader }[] {
	return CONSENT_PURPOSES.flatMap((purpose) =>
		CONSENT_READERS.map((reader) => ({ purpose, reader }))
	);
}

/** Purposes as they are kept, `photo,quote`; a word of a later release is none. */
export function purposesFrom(text: string): ConsentPurpose[] {
	const words = text.split(',').filter(Boolean);
	return CONSENT_PURPOSES.filter((purpose) => words.includes(purpose));
}

/** The purpose an address names; undefined for any other word. */
export function purposeIn(word: string | null): ConsentPurpose | undefined {
	return CONSENT_PURPOSES.find((purpose) => purpose === word);
}

export function readerIn(word: string | null): ConsentReader | undefined {
	return CONSENT_READERS.find((reader) => reader === word);
}
