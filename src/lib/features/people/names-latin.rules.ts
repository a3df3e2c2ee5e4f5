import { MARKS } from '#lib/platform/i18n/fold.ts';
import { LATIN_EXCEPTIONS, NO_ARTICLE } from './names-exceptions.rules.ts';
import { VOWEL, type Spelling } from './spelling.rules.ts';

/**
 * Letters that are one sound, tried in this order; French, English and Lebanese habits. Capitals are
 * sounds Latin script has no letter for, the same as in `names-arabic.rules.ts`.
 */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
	[/(?<=rg|rl|qu)es$/, 'e'],
	[/^th(?=om|er|eo)/, 't'],
	[/x/g, 'ks'],
	[/kh|5/g, 'X'],
	[/gh/g, 'G'],
	[/sch|sh|ch(?![rl])/g, 'S'],
	[/ch/g, 'k'],
	[/th|9/g, 's'],
	[/dh/g, 'd'],
	[/ph|v/g, 'f'],
	[/rh/g, 'r'],
	[/dj|dg(?=[eiy])/g, 'j'],
	[/qu(?=[aeio])|q/g, 'k'],
	[/gu(?=[eiy])/g, 'G'],
	[/g(?=[eiy])/g, 'j'],
	[/g/g, 'G'],
	[/c(?=[eiy])/g, 's'],
	[/ck|c/g, 'k'],
	[/p/g, 'b'],
	[/7/g, 'h'],
	[/6/g, 't'],
	[/[23]/g, ''],
	[/([^aeiou])\1+/g, '$1'],
	// A last e is heard in Fatme, Khadije, Aiche; it is silent in Yasmine, Charlotte, Pierre.
	[/(?<=[bmhywS]|[^r]j)e$/, 'a'],
	[/(?<=[^aeiou])e$/, ''],
	[/i[eh]$/, 'i'],
	[/[ou]h$/, 'u'],
	[/[ae]h$/, 'a'],
	// u and i before a vowel are consonants: Fouad, Samuel, Joelle; Rania, Elias.
	[/ou(?=[aei])|(?<=[^aeiou])u(?=[aei])|^w|w(?=[aei])|o(?=el)/g, 'W'],
	[/oi(?=n)/g, 'Wa'],
	[/oy$/, 'Wy'],
	[/^y|[iy](?=[aeou])/g, 'Y']
];
const BITS: Readonly<Record<string, number>> = {
	a: VOWEL.a,
	e: VOWEL.a | VOWEL.i,
	i: VOWEL.i,
	y: VOWEL.i,
	o: VOWEL.u,
	u: VOWEL.u,
	w: VOWEL.u
};
const ENDINGS: Readonly<Record<string, string>> = {
	...{ a: 'A', e: 'A', i: 'I', y: 'I', o: 'U', u: 'U', w: 'U' }
};

/** Accents and case dropped. */
export function foldLatin(word: string): string {
	return word
		.toLowerCase()
		.normalize('NFD')
		.replace(MARKS, '')
		.replaceAll('ı', 'i')
		.replaceAll('ß', 'ss')
		.replaceAll('œ', 'oe')
		.replaceAll('æ', 'ae')
		.replaceAll('ø', 'o');
}

/** al, el and what becomes of them before a letter of the sun, standing alone. */
export function isLatinArticle(word: string): boolean {
	return /^(?:[aeui]l|[ae]sh?|[ae]ch)$/.test(word);
}

/** Abd El Rahman, Abdul Rahman and Abdelrahman as abdrahman; Nour Eddine as nourdin; Alhussein as hussein. */
export function joinLatin(words: readonly string[]): string[] {
	const joined: string[] = [];
	for (const word of words.map(unglued)) {
		const last = joined.at(-1);
		if (last !== undefined && /^abe?d(?:[aeou]l)?$/.test(last))
			joined[joined.length - 1] = unglued(`abdel${word}`);
		else if (last !== undefined && word === 'din' && /^[a-z]{2}/.test(last))
			joined[joined.length - 1] = `${last}din`;
		else joined.push(word);
	}
	return joined;
}

function unglued(word: string): string {
	if (/^abe?d(?:[aeou]l)?l?l?ah?$/.test(word)) return 'abdla';
	if (/^e?d?-?d(?:ine?|een)$|^ud?din$/.test(word)) return 'din';
	const bare = NO_ARTICLE.has(word) ? word : word.replace(/^[ae]l(?=[b-df-hj-np-tv-z]...)/, '');
	return bare
		.replace(/^abd[aeou]l(?=..)/, 'abd')
		.replace(/^(..+)[aeu](?:dd|ld)(?:ine?|een)$/, '$1din');
}

/** How a folded word in Latin script sounds. */
export function latinSpelling(word: string): Spelling {
	const text = SOUNDS.reduce(
		(text, [letters, sound]) => text.replace(letters, sound),
		LATIN_EXCEPTIONS[word] ?? word
	);
	let sound = '';
	const vowels = [0];
	for (const [part] of text.matchAll(/[aeiouyw]+|[^aeiouyw]/g)) {
		if (!(part[0]! in BITS)) {
			sound += part;
			vowels.push(0);
			continue;
		}
		if (sound === '') sound = 'a';
		const bits = [...part].reduce((all, letter) => all | BITS[letter]!, 0);
		vowels[vowels.length - 1] = /ee|ii|[ae][iy]/.test(part) ? bits | VOWEL.long : bits;
	}
	const end = vowels.length > 1 ? ENDINGS[text.at(-1)!] : undefined;
	return { sound: sound + (end ?? ''), vowels, script: 'latin' };
}
