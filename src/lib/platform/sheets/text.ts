import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { TableBuilder, type Budget } from './builder.ts';
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
	const text = utf8Of(bytes);
	const start = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
		text.subarray(0, LOOK_AT_CHARS * MOST_BYTES_OF_A_CHAR)
	);
	const hint = EXCEL_HINT.exec(start);
	const hinted = hint ? Buffer.byteLength(hint[0]) : 0;
	const delimiter = hint?.[1] ?? guessDelimiter(start);
	const builder = new TableBuilder(budget);
	divide(text.subarray(hinted), delimiter).forEach((row, at) => builder.setRow(at, row));
	const table = builder.finish(name, []);
	return table ? [table] : [];
}

/**
 * Text as UTF-8, the same bytes where they are that. Told by its byte order mark, else UTF-16 by where its zeros
 * stand, else UTF-8 where it is valid, else the code page of Windows, Arabic or Western, that makes the likelier
 * words. Throws `not_a_sheet` for what is no text.
 */
export function utf8Of(bytes: Uint8Array): Buffer {
	const encoding = encodingOf(bytes);
	const utf8 =
		encoding === 'utf-8'
			? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
			: Buffer.from(new TextDecoder(encoding).decode(bytes));
	if (utf8.some((byte) => byte <= 0x08 || (byte >= 0x0e && byte <= 0x19)))
		throw new Unreadable('not_a_sheet', 'bytes');
	return utf8;
}

function encodingOf(bytes: Uint8Array): string {
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
	return likelierCodePage(bytes);
}

/**
 * French letters stand at the same places in both pages, so Western text looks Arabic only where an
 * Arabic letter touches a Latin one, which Arabic words do not.
 */
function likelierCodePage(bytes: Uint8Array): string {
	const text = new TextDecoder('windows-1256').decode(bytes.subarray(0, LOOK_AT_CHARS));
	const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
	const words = count(/(?<![\p{Script=Latin}])\p{Script=Arabic}{2,}(?![\p{Script=Latin}])/gu);
	const mixed = count(/\p{Script=Latin}\p{Script=Arabic}|\p{Script=Arabic}\p{Script=Latin}/gu);
	return words > mixed ? 'windows-1256' : 'windows-1252';
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
