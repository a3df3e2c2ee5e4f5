import type { Cell } from './types.ts';

/** Code pages of Windows that lists are kept in where they are not UTF-8: one byte a letter. */
export const ENCODINGS = [
	'windows-1252',
	'windows-1250',
	'windows-1256',
	'windows-874',
	'windows-1254',
	'windows-1251'
] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** What a text that is not UTF-8 most likely is, and whether its letters fit another code page as well. */
export interface EncodingGuess {
	encoding: Encoding;
	inDoubt: boolean;
}

/** Signs that stand within no word: where they do, letters of another page were meant. */
const SIGNS = /\p{L}[ªº¹²³¿¾½¼£¥¯®þÞ§¤]|(?<=^|[\s,;"\t])[ªº¹²³¿¾½¼£¥¯®þÞ¤]\p{L}/gu;
/** Letters of Western lists that Central European ones have no use for, and that stand for others there. */
const WESTERN = /[èêàùûïòìËœÈÊÀÙÛ]/u;

/**
 * The likelier code page. French letters stand at the same places in the Arabic page, so Western text looks Arabic
 * only where an Arabic letter touches a Latin one, which Arabic words do not; Thai likewise.
 */
export function guessEncoding(bytes: Uint8Array): EncodingGuess {
	const read = (encoding: Encoding) => new TextDecoder(encoding).decode(bytes);
	const [arabic, thai] = [
		wordsOf(read('windows-1256'), 'Arabic'),
		wordsOf(read('windows-874'), 'Thai')
	];
	// Thai bytes are Arabic letters too, but with Latin ones among them
	const isThai = thai.words > 0 && thai.mixed === 0 && arabic.mixed > 0;
	if (isThai) return { encoding: 'windows-874', inDoubt: false };
	if (arabic.words > arabic.mixed) return { encoding: 'windows-1256', inDoubt: false };
	const [western, central] = [read('windows-1252'), read('windows-1250')];
	if (western === central) return { encoding: 'windows-1252', inDoubt: false };
	const [strange, strangeToo] = [countOf(western, SIGNS), countOf(central, SIGNS)];
	if (strange > strangeToo) return { encoding: 'windows-1250', inDoubt: false };
	if (mostlyCyrillic(read('windows-1251'))) return { encoding: 'windows-1251', inDoubt: true };
	return { encoding: 'windows-1252', inDoubt: !WESTERN.test(western) };
}

/** Words of a script, and places where its letters touch Latin ones, which no word does. */
function wordsOf(text: string, script: 'Arabic' | 'Thai'): { words: number; mixed: number } {
	const [letter, latin] = [`[\\p{Script=${script}}\\p{M}]`, '\\p{Script=Latin}'];
	return {
		words: countOf(text, new RegExp(`(?<!${latin})${letter}{2,}(?!${latin})`, 'gu')),
		mixed: countOf(text, new RegExp(`${latin}${letter}|${letter}${latin}|\\ufffd`, 'gu'))
	};
}

/** Words of four Cyrillic letters and more: Western text has no such runs of high bytes. */
function mostlyCyrillic(text: string): boolean {
	return countOf(text, /\p{Script=Cyrillic}{4,}/gu) > 0;
}

function countOf(text: string, pattern: RegExp): number {
	return text.match(pattern)?.length ?? 0;
}

/** A reader of cells that were read in one code page as they are in another. */
export function recoder(from: Encoding, to: Encoding): (cell: Cell) => Cell {
	if (from === to) return (cell) => cell;
	const bytesOf = new Map(
		[...new TextDecoder(from).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))].map(
			(letter, byte) => [letter, byte] as const
		)
	);
	const decoder = new TextDecoder(to);
	return (cell) => {
		if (typeof cell !== 'string') return cell;
		const bytes = [...cell].map((letter) => bytesOf.get(letter));
		return bytes.some((byte) => byte === undefined)
			? cell
			: decoder.decode(Uint8Array.from(bytes as number[]));
	};
}
