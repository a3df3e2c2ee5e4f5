/**
 * A word of a name as it sounds: its consonants, with `a` for a vowel at the beginning and A, I or U for
 * one at the end, and the vowels before each consonant and after the last as bits of `VOWEL`.
 */
export interface Spelling {
	sound: string;
	vowels: number[];
	script: 'arabic' | 'latin';
}

/** Vowels as bits; 0 is none written. `long` marks those that no unwritten vowel of Arabic stands for. */
export const VOWEL = { a: 1, i: 2, u: 4, any: 7, long: 8 } as const;
