import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { TableBuilder, type Budget } from './builder.ts';
import { guessEncoding, type EncodingGuess } from './encodings.ts';
import { SHEET_LIMITS, type SheetTable } from './types.ts';
import { Unreadable } from './unreadable.ts';

const DELIMITERS = ['\t', ';', ',', '|'];
/** Enough to see how lines are divided. */
const LOOK_AT_CHARS = 32_000;
const MOST_BYTES_OF_A_CHAR = 4;
const LONGEST_RECORD = 1_000_000;
/** Excel writes which delimiter follows as a line of its own, and does not show it. */
const EXCEL_HINT = /^\ufeff?sep=(.)\r?\n/i;

/** The table in separated text: CSV, tab-separated, or pasted from a sheet. Every cell is text. */
export function readText(bytes: Uint8Array, name: string, budget: Budget): SheetTable[] {
	const { text, guess } = decoded(bytes);
	const start = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
		text.subarray(0, LOOK_AT_CHARS * MOST_BYTES_OF_A_CHAR)
	);
	const hint = EXCEL_HINT.exec(start);
	const hinted = hint ? Buffer.byteLength(hint[0]) : 0;
	const delimiter = hint?.[1] ?? guessDelimiter(start);
	const builder = new TableBuilder(budget);
	divide(text.subarray(hinted), delimiter).forEach((row, at) => builder.setRow(at, row));
	const table = builder.finish(name, [], guess ? { encoding: guess } : {});
	return table ? [table] : [];
}

/**
 * Text as UTF-8, the same bytes where they are that. Told by its byte order mark, else UTF-16 by where its zeros
 * stand, else UTF-8 where it is valid, else the code page of Windows that makes the likelier words. Throws `not_a_sheet` for what is no text.
 */
export function utf8Of(bytes: Uint8Array): Buffer {
	return decoded(bytes).text;
}

function decoded(bytes: Uint8Array): { text: Buffer; guess: EncodingGuess | null } {
	const found = encodingOf(bytes);
	const guess = typeof found === 'string' ? null : found;
	const encoding = typeof found === 'string' ? found : found.encoding;
	const text =
		encoding === 'utf-8'
			? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
			: Buffer.from(new TextDecoder(encoding).decode(bytes));
	if (text.some((byte) => byte <= 0x08 || (byte >= 0x0e && byte <= 0x19)))
		throw new Unreadable('not_a_sheet', 'bytes');
	return { text, guess };
}

function encodingOf(bytes: Uint8Array): string | EncodingGuess {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	const start = bytes.subarray(0, 4096);
	const zeros = [0, 0];
	start.forEach((byte, at) => byte === 0 && (zeros[at % 2] = (zeros[at % 2] ?? 0) + 1));
	const [even = 0, odd = 0] = zeros;
	if (odd > start.length / 16 && odd > even * 4) return 'utf-16le';
	if (even > start.length / 16 && even > odd * 4) return 'utf-16be';
	if (isUtf8(bytes)) return 'utf-8';
	return guessEncoding(bytes.subarray(0, LOOK_AT_CHARS));
}

/** The delimiter that divides most lines into the same number of cells, more than one. */
export function guessDelimiter(text: string): string {
	const isCut = text.length > LOOK_AT_CHARS;
	const start = text.slice(0, LOOK_AT_CHARS);
	const scores = DELIMITERS.map((delimiter) => {
		const rows = divide(start, delimiter);
		const widths = (isCut ? rows.slice(0, -1) : rows).map((row) => row.length);
		const counts = new Map<number, number>();
		for (const width of widths) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1);
		return { delimiter, alike: Math.max(0, ...counts.values()) };
	});
	return scores.reduce((best, next) => (next.alike > best.alike ? next : best)).delimiter;
}

function divide(text: string | Buffer, delimiter: string): string[][] {
	const options = {
		bom: true,
		delimiter,
		relax_quotes: true,
		relax_column_count: true,
		max_record_size: LONGEST_RECORD,
		to: SHEET_LIMITS.rows + 1
	};
	try {
		return parse(text, options);
	} catch {
		// A quote that is never closed swallows the rest: then quotes mean nothing here.
		return divideWithoutQuotes(text, options);
	}
}

function divideWithoutQuotes(text: string | Buffer, options: object): string[][] {
	try {
		return parse(text, { ...options, quote: null });
	} catch (cause) {
		const isLong = (cause as { code?: string }).code === 'CSV_MAX_RECORD_SIZE';
		throw new Unreadable(isLong ? 'too_many_columns' : 'damaged', 'record');
	}
}
