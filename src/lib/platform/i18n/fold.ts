/**
 * Marks above and below letters (Latin accents, Arabic vowels and hamza), the lone hamza, the stretching line, and
 * what is not seen (joiners, soft hyphens, marks of direction). The vowels of Thai are letters to whoever reads it.
 */
export const MARKS = /[[\p{M}&&[\p{sc=Zinh}\p{sc=Arab}]]\p{DI}ءـ]/gv;
const SAME: Readonly<Record<string, string>> = {
	ٱ: 'ا',
	ة: 'ه',
	ى: 'ي',
	ی: 'ي',
	ک: 'ك',
	œ: 'oe',
	æ: 'ae'
};
const DIFFERENT = new RegExp(`[${Object.keys(SAME).join('')}]`, 'gu');
const DIGITS = /[٠-٩۰-۹]/gu;
const ARTICLE = /^ال(?=..)/u;

/** A text as it is compared: without case, accents, vowels and the spellings people mix up. For matching only. */
export function fold(text: string): string {
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replace(MARKS, '')
		.replace(DIFFERENT, (letter) => SAME[letter]!)
		.replace(DIGITS, (digit) => String(digit.codePointAt(0)! % 16));
}

/** The folded words of a text; none when there is neither letter nor digit in it. */
export function wordsOf(text: string): string[] {
	return fold(text)
		.split(/[^\p{L}\p{M}\p{N}]+/u)
		.filter(Boolean);
}

/** Whether every asked word (of `wordsOf`) begins a word of the text, with or without its Arabic article. */
export function saysAll(asked: readonly string[], text: string): boolean {
	const said = wordsOf(text);
	return asked.every((word) =>
		said.some((one) => one.startsWith(word) || one.replace(ARTICLE, '').startsWith(word))
	);
}
