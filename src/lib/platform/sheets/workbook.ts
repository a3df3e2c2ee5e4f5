import { writeXlsx } from 'hucre/xlsx';
import type { Column, Table, Value } from './table.ts';

/** What a sheet's name may not hold, and how long it may be. */
const NOT_IN_NAMES = /[\\/?*[\]:]/g;
const LONGEST_NAME = 31;
/** Columns are as wide as what stands in their first rows. */
const ROWS_MEASURED = 100;
const NUMBER_FORMATS: Partial<Record<Column['kind'], string>> = {
	date: 'yyyy-mm-dd',
	percent: '0.0'
};

/**
 * Tables as one XLSX file, a sheet each: headings stay in view, text stays text whatever it begins with,
 * dates are real dates without a zone. Sheets run from right to left when asked.
 */
export function workbookOf(
	tables: readonly Table[],
	{ rightToLeft }: { rightToLeft: boolean }
): Promise<Uint8Array> {
	const names = sheetNames(tables);
	return writeXlsx({
		sheets: tables.map(({ columns, rows }, at) => ({
			name: names[at]!,
			columns: columns.map((column, place) => ({
				width: widthOf(column, rows, place),
				...(NUMBER_FORMATS[column.kind] && { numFmt: NUMBER_FORMATS[column.kind] })
			})),
			rows: [
				columns.map(({ header }) => header),
				...rows.map((row) => row.map((value, place) => valueOf(value, columns[place]!)))
			],
			freezePane: { rows: 1 },
			view: { rightToLeft }
		}))
	});
}

/** Names as a spreadsheet takes them: short, without the forbidden signs, each once. */
function sheetNames(tables: readonly Table[]): string[] {
	const used = new Set<string>();
	return tables.map(({ name }) => {
		const plain = name.replace(NOT_IN_NAMES, ' ').slice(0, LONGEST_NAME).trim();
		let own = plain;
		for (let count = 2; used.has(own.toLowerCase()); count += 1)
			own = `${plain.slice(0, LONGEST_NAME - 4)} ${count}`;
		used.add(own.toLowerCase());
		return own;
	});
}

function widthOf({ header }: Column, rows: Table['rows'], place: number): number {
	const lengths = rows
		.slice(0, ROWS_MEASURED)
		.map((row) => String(row[place] ?? '').length)
		.concat(header.length);
	return Math.min(60, Math.max(8, ...lengths) + 2);
}

function valueOf(value: Value, { kind }: Column): Value | Date {
	if (kind !== 'date' || typeof value !== 'string') return value;
	return new Date(`${value}T00:00:00Z`);
}
