import type { EncodingGuess } from './encodings.ts';

/** A civil date, with the wall time where the cell has one. Never an instant: a sheet knows no zone. */
export interface CivilCell {
	/** `YYYY-MM-DD` */
	date: string;
	/** `HH:MM` */
	time?: string;
}

/** What stands in a cell, safe for JSON. Blank is null; a text is as typed, an error such as `#N/A` is its text. */
export type Cell = string | number | boolean | null | CivilCell;

/**
 * One visible sheet. `rows[0]` is row 1 and `rows[0][0]` is A1, blank first rows included, so that
 * `cellAddress(row, column)` names what a person sees. All rows have the same length; blank rows and columns
 * at the end are cut off.
 */
export interface SheetTable {
	name: string;
	rows: Cell[][];
	/** What a person would not guess from the rows; absent where there is nothing to say. */
	notes?: Partial<SheetNotes>;
}

export interface SheetNotes {
	/** Rows, from zero, that a filter or a person hides. */
	hiddenRows: number[];
	/** Addresses of formulas whose value is not in the file: the cells are blank. */
	withoutValue: string[];
	/** Addresses of cells far below or beside the table: not read. */
	stray: string[];
	/** How the bytes of a text file were read, where that is a guess. */
	encoding: EncodingGuess;
}

/** Why a file is not read. */
export const SHEET_REFUSALS = [
	/** More bytes, or more work, than is read at once. */
	'too_large',
	/** No table at all: a picture, a document, a web page, a program. */
	'not_a_sheet',
	/** A spreadsheet of a kind that Excel can save again as .xlsx: .xls, .xlsb, a web page named .xls. */
	'old_excel',
	/** Opens with a password only. */
	'protected',
	/** Says it is a spreadsheet and cannot be read as one. */
	'damaged',
	'too_many_rows',
	'too_many_columns',
	/** Unpacks into far more than it looks, or says other than it holds. */
	'bomb',
	/** Nothing in any visible sheet. */
	'empty'
] as const;

export type SheetRefusal = (typeof SHEET_REFUSALS)[number];

export type ReadSheets = { ok: true; tables: SheetTable[] } | { ok: false; reason: SheetRefusal };

/** Why a cell does not serve as what it is read as. */
export type CellProblem =
	| 'blank'
	| 'not_a_number'
	| 'not_a_date'
	/** A date of no calendar: 31/02/2015, or a year far away. */
	| 'no_such_date'
	/** Day and month alone, and no year was given to put them in. */
	| 'no_year'
	| 'not_a_year_of_birth'
	| 'not_a_sex'
	| 'not_a_phone';

/** Up to where a file is read; beyond it is refused as a whole. */
export const SHEET_LIMITS = {
	bytes: 20 * 1024 * 1024,
	unpackedBytes: 200 * 1024 * 1024,
	rows: 60_000,
	columns: 500,
	/** Over all sheets, counted as full rectangles. */
	cells: 3_000_000
};

/** The address of a cell as spreadsheets name it, from zero: `cellAddress(13, 2)` is C14. */
export function cellAddress(row: number, column: number): string {
	return `${columnName(column)}${row + 1}`;
}

/** The letters of a column, from zero: 0 is A, 26 is AA. */
export function columnName(column: number): string {
	const more = Math.floor(column / 26);
	const letter = String.fromCharCode(65 + (column % 26));
	return more === 0 ? letter : columnName(more - 1) + letter;
}
