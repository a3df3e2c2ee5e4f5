import { latinDigits } from '../forms/digits.ts';
import { COMMON_WORDS, KEYBOARD_ROWS } from './common-passwords.ts';

export const PASSWORD_LEAST = 12;
export const PASSWORD_MOST = 128;
/** So many signs must be left when common words, runs, repeats and one's own names are taken out. */
const OWN_LEAST = 5;
const RUN_LEAST = 3;

export type PasswordFault =
	'password_short' | 'password_long' | 'password_common' | 'password_about_you';

/**
 * Why a password people choose is refused, as a key of `errors.ts`; null when it will do. Long enough and not easily
 * guessed is all that is asked (NIST SP 800-63B): no digits or signs by rule. `about`: what a guesser
 * knows, such as the e-mail, the person's name and the organisation's.
 */
export function passwordFault(password: string, about: readonly string[]): PasswordFault | null {
	const length = [...password.normalize('NFKC')].length;
	if (length < PASSWORD_LEAST) return 'password_short';
	if (password.length > PASSWORD_MOST) return 'password_long';
	const plain = folded(password);
	const withoutNames = ownWords(about).reduce((rest, word) => rest.replaceAll(word, '|'), plain);
	if (withoutNames !== plain && !hasEnough(withoutNames)) return 'password_about_you';
	if (isRepeated(plain)) return 'password_common';
	return hasEnough(withoutCommon(plain)) ? null : 'password_common';
}

/** Lower case, without accents, spaces and tashkeel; alef in one form and digits in one. */
function folded(text: string): string {
	return latinDigits(text.normalize('NFKD').toLowerCase())
		.replace(/\p{M}|[\sـ]/gu, '')
		.replaceAll(/[أإآٱ]/g, 'ا');
}

/** Names in full and each of their words of four signs or more, longest first. */
function ownWords(about: readonly string[]): string[] {
	const words = about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).map(folded);
	return [...new Set(words)].filter((word) => word.length >= 4).sort((a, b) => b.length - a.length);
}

/** Enough different signs, not counting runs of a keyboard or the alphabet. */
function hasEnough(text: string): boolean {
	const own = withoutRuns(text).replaceAll(/[^\p{L}\p{N}]/gu, '');
	return own.length >= OWN_LEAST && new Set(own).size >= OWN_LEAST - 1;
}

/** Common words, a last number or year after them, and their usual spellings with digits. */
function withoutCommon(plain: string): string {
	return [...COMMON_WORDS_LONGEST_FIRST].reduce(
		(rest, word) => rest.replaceAll(word, '|'),
		spelledOut(plain).replaceAll(/(19|20)\d\d/g, '|')
	);
}

const COMMON_WORDS_LONGEST_FIRST = [...COMMON_WORDS]
	.map(folded)
	.filter((word) => word.length >= 3)
	.sort((a, b) => b.length - a.length);

/** `p4ssw0rd` as `password`; digits that stand alone stay. */
function spelledOut(plain: string): string {
	const letters: Record<string, string> = {
		'0': 'o',
		'1': 'i',
		'3': 'e',
		'4': 'a',
		'5': 's',
		'@': 'a',
		$: 's'
	};
	return plain.replaceAll(
		/(?<=\p{L})[01345@$](?=\p{L}|[01345@$]\p{L})/gu,
		(sign) => letters[sign] ?? sign
	);
}

function withoutRuns(text: string): string {
	let rest = '';
	for (let at = 0; at < text.length;) {
		const run = runAt(text, at);
		rest += run >= RUN_LEAST ? '' : text[at];
		at += run >= RUN_LEAST ? run : 1;
	}
	return rest;
}

/** How many signs from here are the same or stand in a row. */
function runAt(text: string, at: number): number {
	let length = 1;
	while (text[at + length] === text[at]) length += 1;
	for (const row of KEYBOARD_ROWS)
		for (const line of [row, [...row].reverse().join('')]) {
			let step = RUN_LEAST;
			if (!line.includes(text.slice(at, at + step))) continue;
			while (at + step < text.length && line.includes(text.slice(at, at + step + 1))) step += 1;
			if (at + step <= text.length) length = Math.max(length, step);
		}
	return length;
}

/** `table1table1table1` */
function isRepeated(text: string): boolean {
	return /^(.{1,6})\1{2,}$/u.test(text);
}
