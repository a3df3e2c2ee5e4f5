import { ARABIC_EXCEPTIONS, NO_ARTICLE } from './names-exceptions.rules.ts';
import { VOWEL, type Spelling } from './spelling.rules.ts';

/** Arabic letters of one sound, told apart as far as the Latin spellings of Lebanon do. */
const CONSONANTS: Readonly<Record<string, string>> = {
	...{ ب: 'b', پ: 'b', ت: 't', ط: 't', ث: 's', س: 's', ص: 's', ج: 'j', چ: 'S', ح: 'h', ه: 'h' },
	...{ خ: 'X', د: 'd', ض: 'd', ذ: 'z', ز: 'z', ظ: 'z', ژ: 'j', ر: 'r', ش: 'S', غ: 'G', گ: 'G' },
	...{ ف: 'f', ڤ: 'f', ق: 'k', ك: 'k', ل: 'l', م: 'm', ن: 'n', و: 'W', ي: 'Y' }
};

/** Marks and tatweel dropped; alef, hamza, ya, kaf and ta marbuta in one form each. */
export function foldArabic(word: string): string {
	return word
		.replace(/[\p{M}\u0640]/gu, '')
		.replace(/[أإآٱى]/gu, 'ا')
		.replace(/ؤ/gu, 'و')
		.replace(/[ئیې]/gu, 'ي')
		.replace(/ک/gu, 'ك')
		.replace(/[ةۀەہ]/gu, 'ه')
		.replace(/ء/gu, '')
		.replace(/([اوي])\1+/gu, '$1');
}

/** A folded word without its article; empty for an article alone. */
export function withoutArabicArticle(word: string): string {
	let bare = word;
	while (bare.length >= 5 && bare.startsWith('ال') && !NO_ARTICLE.has(bare)) bare = bare.slice(2);
	return bare === 'ال' ? '' : bare;
}

/** عبد الله as عبدله, نور الدين as نوردين. */
export function joinArabic(words: readonly string[]): string[] {
	const joined: string[] = [];
	for (const word of words.map(unglued)) {
		const last = joined.at(-1);
		if (last === 'عبد') joined[joined.length - 1] = unglued(`عبدال${word.replace(/^ال/u, '')}`);
		else if (last !== undefined && word === 'دين' && /^\p{Script=Arabic}{2}/u.test(last))
			joined[joined.length - 1] = last + word;
		else joined.push(word);
	}
	return joined;
}

function unglued(word: string): string {
	return word.replace(/^عبدال(?=..)/u, 'عبد').replace(/^(..+)الدين$/u, '$1دين');
}

/** How a folded word in Arabic script sounds. */
export function arabicSpelling(word: string): Spelling {
	const letters = [...(ARABIC_EXCEPTIONS[word] ?? word)];
	let sound = '';
	const vowels = [0];
	letters.forEach((letter, at) => {
		const [before, after] = [letters[at - 1], letters[at + 1]];
		const heard =
			at > 0 && after === undefined ? ending(letter, before) : vowel(letter, after, at === 0);
		if (heard === undefined) vowels.push(0);
		else vowels[vowels.length - 1]! |= heard.bits;
		sound += heard?.sound ?? (heard ? '' : (CONSONANTS[letter] ?? letter));
	});
	return { sound, vowels, script: 'arabic' };
}

interface Heard {
	sound?: string;
	bits: number;
}

/** The vowel a last letter is heard as; undefined for a consonant. */
function ending(letter: string, before: string | undefined): Heard | undefined {
	if (letter === 'ا' || letter === 'ه') return { sound: 'A', bits: VOWEL.a };
	if (letter === 'ي') return { sound: 'I', bits: VOWEL.i };
	if (letter === 'و') return { sound: 'U', bits: VOWEL.u };
	if (letter !== 'ح' && letter !== 'ع') return undefined;
	return { sound: before === 'ي' ? 'I' : before === 'و' ? 'U' : 'A', bits: 0 };
}

/** The vowel a letter stands for, `a` at the beginning; undefined for a consonant. */
function vowel(letter: string, after: string | undefined, isFirst: boolean): Heard | undefined {
	if (letter === 'ا' || letter === 'ع')
		return isFirst ? { sound: 'a', bits: 0 } : { bits: letter === 'ا' ? VOWEL.a : 0 };
	if (isFirst || (letter !== 'ي' && letter !== 'و')) return undefined;
	if (after && (letter === 'ي' ? 'اهو' : 'اهي').includes(after)) return undefined;
	return { bits: letter === 'ي' ? VOWEL.i | VOWEL.long : VOWEL.u };
}
