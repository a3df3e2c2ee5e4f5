import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { CheckState } from './types.ts';

/** Longest text a child is shown, in characters. */
export const LONGEST_TEXT = 300;
/** What came with a release fits on a screen of 360 × 640; so much longer, and somebody must look. */
const LONGER_SHARE = 1.3;
const LONGER_CHARACTERS = 8;

/** The names in braces that a text is told with. */
export function placeholdersIn(text: string): string[] {
	return [...new Set(Array.from(text.matchAll(/\{(\w+)\}/g), ([, name]) => name!))].sort();
}

/** A text with its values in place of the names in braces. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
	return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

export type TextFault =
	| { fault: 'lacks' | 'unknown'; names: string[] }
	/** A brace that begins or ends no name. */
	| { fault: 'brace' };

/**
 * What is wrong with a correction; null when nothing is. It carries the placeholders of the text that came with the
 * release; a plural form that means one number may say it in words, as that one does.
 */
export function faultOf(
	text: string,
	{ released, wanted }: { released: string; wanted: readonly string[] }
): TextFault | null {
	const found = placeholdersIn(text);
	if (/[{}]/.test(text.replace(/\{\w+\}/g, ''))) return { fault: 'brace' };
	const lacks = placeholdersIn(released).filter((name) => !found.includes(name));
	if (lacks.length > 0) return { fault: 'lacks', names: lacks };
	const unknown = found.filter((name) => !wanted.includes(name));
	return unknown.length > 0 ? { fault: 'unknown', names: unknown } : null;
}

/** Whether a text is so much longer than the one it stands for that it may push a button off the smallest screen. */
export function isMuchLonger(text: string, released: string): boolean {
	return text.length > released.length * LONGER_SHARE + LONGER_CHARACTERS;
}

/** How a language stands, by the fingerprints of its texts: as they were checked, and as they are. */
export function stateOf(checked: string | null, present: string): CheckState {
	if (checked === null) return 'unchecked';
	return checked === present ? 'checked' : 'changed';
}

/**
 * The languages on offer to a section's children: those that are checked; English too, unless it was corrected and the
 * correction is not checked, since it is what the others are checked against. Never none: a child must not find an
 * empty page, so that without any other it is English, as it came with the release (`shownCorrections`).
 */
export function offeredOf(
	languages: readonly { locale: Locale; state: CheckState; isCorrected: boolean }[]
): Locale[] {
	const offered = languages.filter(
		({ locale, state, isCorrected }) => state === 'checked' || (locale === 'en' && !isCorrected)
	);
	return offered.length > 0 ? offered.map(({ locale }) => locale) : ['en'];
}
