import {
	arabicSpelling,
	foldArabic,
	joinArabic,
	withoutArabicArticle
} from './names-arabic.rules.ts';
import { foldLatin, isLatinArticle, joinLatin, latinSpelling } from './names-latin.rules.ts';
import { VOWEL, type Spelling } from './spelling.rules.ts';

const ARABIC = /\p{Script=Arabic}/u;
const LATIN = /\p{Script=Latin}/u;
const DIVIDERS = /[\s\u2010-\u2015_.,،;/()"“”«»-]+/u;
const UNSEEN = /\p{DI}/gu;
const MOST_WORDS = 8;

/**
 * The words of a name, folded: Arabic marks, tatweel, accents and case dropped, the forms of alef, hamza,
 * ya and ta marbuta made one, articles gone, عبد and الدين joined to the word they belong to.
 */
export function nameWords(name: string): string[] {
	const folded = name
		.normalize('NFKC')
		.replace(/\u200C/gu, ' ') // joins nothing: it is seen as a gap
		.replace(UNSEEN, '')
		.replace(/['’‘ʼʿʾ`´]/gu, '')
		.split(DIVIDERS)
		.map(fold)
		.filter((word) => /[\p{L}\p{N}]/u.test(word));
	const bare = folded.map(withoutArabicArticle).filter((word) => word && !isLatinArticle(word));
	return joinLatin(joinArabic(bare.length > 0 ? bare : folded)).slice(0, MOST_WORDS);
}

function fold(word: string): string {
	return ARABIC.test(word) ? foldArabic(word) : foldLatin(word);
}

/** How a folded word sounds, the same for its Arabic and Latin spellings. Other scripts: its letters. */
export function nameSound(word: string): string {
	return spellingOf(word)?.sound ?? word;
}

/** How a word that may go on sounds so far: a vowel at its end is one in the middle of the whole word. */
export function soundBegun(word: string): string {
	return nameSound(word).replace(/(?<=.)[AIU]$/, '');
}

/** The sounds of a name, in order. */
export function nameSounds(name: string): string[] {
	return nameWords(name).map(nameSound);
}

/**
 * First and last sound, in either order: what makes two names worth comparing. Empty for a name without letters.
 * A family name that is written first, before a comma or in capitals, stands last.
 */
export function wholeSound(name: string): string {
	const sounds = wordsAsSaid(name).map(nameSound);
	return sounds.length > 1 ? [sounds[0], sounds.at(-1)].sort().join(' ') : (sounds[0] ?? '');
}

/** The words of a name with the family's last: of `Khalifeh, Maya` and `KHALIFEH Maya` as of `Maya Khalifeh`. */
function wordsAsSaid(name: string): string[] {
	const [family = '', own, ...more] = name.split(/[,،]/u);
	if (own?.trim() && more.length === 0) return nameWords(`${own} ${family}`);
	const [, capitals, rest] = /^\s*((?:[\p{Lu}'’-]{2,}\s+)+)(.*\p{Ll}.*)$/u.exec(name) ?? [];
	return nameWords(capitals && rest ? `${rest} ${capitals}` : name);
}

/**
 * Whether two names may be one person's: first and last words sound alike, in either order, vowels included where
 * both write them (Hassan is not Hussein), and where both have words between, one of those does too.
 */
export function namesAlike(one: string, other: string): boolean {
	const [a, b] = [wordsAsSaid(one), wordsAsSaid(other)];
	if (wordListsAlike(a, b)) return true;
	return b.length > 1 && wordListsAlike(a, [b.at(-1)!, ...b.slice(1, -1), b[0]!]);
}

/** The same words in any order, whatever marks and forms of letters they are written with. */
export function haveSameWords(one: string, other: string): boolean {
	const [a, b] = [nameWords(one), nameWords(other)];
	return a.length > 0 && a.toSorted().join(' ') === b.toSorted().join(' ');
}

function wordListsAlike(a: readonly string[], b: readonly string[]): boolean {
	if (a.length === 0 || b.length === 0 || (a.length === 1) !== (b.length === 1)) return false;
	const [middleA, middleB] = [a.slice(1, -1), b.slice(1, -1)];
	return (
		wordsAlike(a[0]!, b[0]!) &&
		wordsAlike(a.at(-1)!, b.at(-1)!) &&
		(middleA.length === 0 ||
			middleB.length === 0 ||
			middleA.some((x) => middleB.some((y) => wordsAlike(x, y))))
	);
}

/** Whether two folded words may be spellings of one name. */
export function wordsAlike(one: string, other: string): boolean {
	if (one === other) return true;
	const [a, b] = [spellingOf(one), spellingOf(other)];
	return a !== undefined && b !== undefined && a.sound === b.sound && allVowelsAgree(a, b);
}

/** Whether a folded word may be a spelling of how another begins; of a single consonant only its letters count. */
export function beginsLike(begun: string, word: string): boolean {
	if (word.startsWith(begun)) return true;
	const [a, b] = [spellingOf(begun), spellingOf(word)];
	const sound = soundBegun(begun);
	if (!a || !b || sound.length < 2 || !b.sound.startsWith(sound)) return false;
	return allVowelsAgree({ ...a, vowels: a.vowels.slice(0, -1) }, b);
}

function spellingOf(word: string): Spelling | undefined {
	if (ARABIC.test(word)) return arabicSpelling(word);
	return LATIN.test(word) ? latinSpelling(word) : undefined;
}

function allVowelsAgree(a: Spelling, b: Spelling): boolean {
	const bothArabic = a.script === 'arabic' && b.script === 'arabic';
	return a.vowels.every((vowel, at) => vowelsAgree(vowel, b.vowels[at] ?? 0, bothArabic));
}

/** In Arabic script a long vowel is written and a short one is not; in Latin script neither is sure. */
function vowelsAgree(a: number, b: number, bothArabic: boolean): boolean {
	if (bothArabic) return a === b;
	if (a === 0 || b === 0) return ((a | b) & VOWEL.long) === 0;
	return (a & b & VOWEL.any) !== 0;
}
