import { stringify } from 'csv-stringify/sync';
import type { Column, Value } from './table.ts';

/** What starts a formula somewhere, full-width, small and typographic forms included. */
const SIGNS = '=+\\-@＝＋－＠﹦﹢﹣﹫−';
/** What a reader may strip or step over before it looks: spaces, controls, marks of direction, quotes. */
const BEFORE = '[\\s\\p{Cc}\\p{Cf}"]*';
const AT_START = new RegExp(`^${BEFORE}[${SIGNS}]|^[\\t\\r\\n]`, 'u');
/** A reader that splits at something else, or knows no quotes, sees a cell begin here. */
const AFTER_SEPARATOR = new RegExp(`([;,|\\t\\r\\n])(?=${BEFORE}[${SIGNS}])`, 'gu');

/**
 * A table as CSV: UTF-8 with its mark, Latin digits, ISO dates, a point for decimals. Text that a
 * spreadsheet would run, at its start or after any separator, gets an apostrophe before it.
 */
export function csvOf(
	columns: readonly Pick<Column, 'header'>[],
	rows: readonly (readonly Value[])[]
): string {
	return stringify([columns.map(({ header }) => header), ...rows].map(asText), {
		bom: true,
		// Quotes hold a cell together where the reader's spreadsheet splits at semicolons or tabs.
		quoted_match: /[;\t\r\n|]/
	});
}

function asText(row: readonly Value[]): string[] {
	return row.map((value) => {
		if (value === null) return '';
		if (typeof value === 'number') return String(value);
		const text = value.replace(AFTER_SEPARATOR, "$1'");
		return AT_START.test(text) ? `'${text}` : text;
	});
}
