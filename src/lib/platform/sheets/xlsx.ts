import { streamXlsxRows } from 'hucre/xlsx';
import { TableBuilder, type Area, type Budget } from './builder.ts';
import type { Cell, SheetNotes, SheetTable } from './types.ts';
import { attributesOf } from './xml.ts';
import { textOf, unpack, type Zip } from './zip.ts';

const WORKBOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';

/** True for the zip of an Excel workbook as this module reads it. */
export function isXlsx(zip: Zip): boolean {
	return zip.has('[Content_Types].xml') && zip.has(WORKBOOK);
}

/**
 * The visible sheets of a workbook whose directory has been checked. Cells come from hucre, which stays
 * within the sizes the directory declares; which sheets are shown and what is merged is read here.
 */
export async function readXlsx(bytes: Uint8Array, zip: Zip, budget: Budget): Promise<SheetTable[]> {
	const tables: SheetTable[] = [];
	for (const { name, part } of visibleSheets(bytes, zip)) {
		const builder = new TableBuilder(budget);
		for await (const { index, values } of streamXlsxRows(bytes, { sheet: name }))
			builder.setRow(index, values.map(cellOf));
		const content = contentOf(bytes, zip, part);
		const table = builder.finish(name, mergedAreas(content), notesOf(content));
		if (table) tables.push(table);
	}
	return tables;
}

/** Sheets in their order, without hidden ones and without those that are only a chart. */
function visibleSheets(bytes: Uint8Array, zip: Zip): { name: string; part: string }[] {
	const worksheets = new Map(
		attributesOf(textOf(bytes, zip, RELATIONS), 'Relationship')
			.filter(({ Type = '' }) => Type.endsWith('/worksheet'))
			.map(({ Id = '', Target = '' }) => [Id, partOf(Target)])
	);
	return attributesOf(textOf(bytes, zip, WORKBOOK), 'sheet').flatMap(({ name, id = '', state }) => {
		const part = worksheets.get(id);
		const isHidden = state === 'hidden' || state === 'veryHidden';
		return name && part && zip.has(part) && !isHidden ? [{ name, part }] : [];
	});
}

function partOf(target: string): string {
	return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
}

function contentOf(bytes: Uint8Array, zip: Zip, part: string): Buffer {
	const entry = zip.get(part);
	if (!entry) return Buffer.alloc(0);
	const { buffer, byteOffset, length } = unpack(bytes, entry);
	return Buffer.from(buffer, byteOffset, length);
}

/** Merged areas stand behind the cells, where they are short to read. */
function mergedAreas(content: Buffer): Area[] {
	const behind = content.subarray(Math.max(content.lastIndexOf('sheetData'), 0)).toString('utf8');
	return attributesOf(`<${behind}`, 'mergeCell').flatMap(({ ref = '' }) => areaOf(ref) ?? []);
}

const HIDDEN_ROW = /<(?:\w+:)?row\b[^>]*?\bhidden="(?:1|true)"[^>]*>/g;
const NO_VALUE =
	/<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*\/>|[^>]*>[^<]*<\/(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*\/>|<(?:\w+:)?v>\s*<\/(?:\w+:)?v>)?\s*<\/(?:\w+:)?c>/g;
/** Of each kind of note so many are kept. */
const MOST_NOTED = 500;

/** Rows that are hidden, and formulas whose value was never stored: hucre tells neither. */
function notesOf(content: Buffer): Partial<SheetNotes> {
	const text =
		content.includes('hidden=') || content.includes('<f') ? content.toString('latin1') : '';
	const hiddenRows: number[] = [];
	for (const [tag] of text.matchAll(HIDDEN_ROW)) {
		const [, row] = /\br="(\d{1,7})"/.exec(tag) ?? [];
		if (row && hiddenRows.length < MOST_NOTED) hiddenRows.push(Number(row) - 1);
	}
	const withoutValue: string[] = [];
	for (const [, address] of text.matchAll(NO_VALUE))
		if (address && withoutValue.length < MOST_NOTED) withoutValue.push(address);
	return {
		...(hiddenRows.length > 0 && { hiddenRows }),
		...(withoutValue.length > 0 && { withoutValue })
	};
}

function areaOf(reference: string): Area | undefined {
	const found = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(reference);
	if (!found) return undefined;
	const [, left = '', top, right = '', bottom] = found;
	return {
		top: Number(top) - 1,
		left: columnAt(left),
		bottom: Number(bottom) - 1,
		right: columnAt(right)
	};
}

function columnAt(letters: string): number {
	return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function cellOf(value: string | number | boolean | Date | null | undefined): Cell {
	if (value instanceof Date) return civil(value);
	return value ?? null;
}

/** Serial numbers come as instants in UTC, the day before 1900 for a time alone; beyond the calendar Excel shows hashes. */
function civil(moment: Date): Cell {
	const seconds = Math.round(moment.getTime() / 1000);
	if (!(seconds < 253_402_300_800)) return '#####';
	const text = new Date(seconds * 1000).toISOString();
	const date = text.slice(0, 10);
	const time = text.slice(11, 16);
	if (date < '1899-12-31') return '#####';
	if (date === '1899-12-31') return time;
	return time === '00:00' ? { date } : { date, time };
}
