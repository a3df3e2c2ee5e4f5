import { SHEET_LIMITS, type Cell, type SheetTable } from './types.ts';
import { TableBuilder, type Area, type Budget } from './builder.ts';
import { Unreadable } from './unreadable.ts';
import { readXml, type Attributes } from './xml.ts';
import { textOf, type Zip } from './zip.ts';

const KIND = 'application/vnd.oasis.opendocument.spreadsheet';
const LONGEST_TEXT = 32_767;
/** Of a row that repeats, so many are named as hidden. */
const MOST_HIDDEN = 500;

/** True for the zip of an OpenDocument spreadsheet; its kind is written in its first file. */
export function isOds(bytes: Uint8Array, zip: Zip): boolean {
	const kind = zip.get('mimetype');
	return kind !== undefined && textOf(bytes, zip, 'mimetype').startsWith(KIND);
}

/**
 * The visible sheets of an OpenDocument spreadsheet. Read here and not by hucre, which leaves out rows that
 * repeat on every printed page and grouped rows, does not tell hidden sheets, and repeats cells without end.
 */
export function readOds(bytes: Uint8Array, zip: Zip, budget: Budget): SheetTable[] {
	if (zip.has('META-INF/manifest.xml')) {
		const manifest = textOf(bytes, zip, 'META-INF/manifest.xml');
		if (manifest.includes('encryption-data')) throw new Unreadable('protected');
	}
	const reader = new OdsReader(budget);
	readXml(textOf(bytes, zip, 'content.xml'), reader);
	return reader.tables;
}

class OdsReader {
	readonly tables: SheetTable[] = [];
	readonly #budget: Budget;
	readonly #hiddenStyles = new Set<string>();
	#style = '';
	#table: { name: string; builder: TableBuilder; merged: Area[]; hiddenRows: number[] } | undefined;
	#row = 0;
	#rowTimes = 1;
	#isHidden = false;
	#cells: Cell[] = [];
	#column = 0;
	#cell: Attributes | undefined;
	#paragraphs: string[] = [];
	#depth = { paragraph: 0, note: 0, table: 0 };

	constructor(budget: Budget) {
		this.#budget = budget;
	}

	open(name: string, attributes: Attributes): void {
		if (name === 'style') this.#style = attributes['name'] ?? '';
		if (name === 'table-properties' && attributes['display'] === 'false')
			this.#hiddenStyles.add(this.#style);
		if (name === 'table') this.#openTable(attributes);
		if (!this.#table || this.#depth.table > 1) return;
		if (name === 'table-row') this.#openRow(attributes);
		if (name === 'table-cell' || name === 'covered-table-cell') this.#openCell(attributes);
		if (this.#cell) this.#openText(name, attributes);
	}

	close(name: string): void {
		if (name === 'annotation') this.#depth.note -= 1;
		if (name === 'p') this.#depth.paragraph -= 1;
		if (name === 'table') this.#closeTable();
		if (!this.#table || this.#depth.table > 1) return;
		if (name === 'table-cell' || name === 'covered-table-cell') this.#closeCell();
		if (name === 'table-row') this.#closeRow();
	}

	text(text: string): void {
		if (this.#depth.paragraph > 0) this.#write(text.replace(/\s+/g, ' '));
	}

	#openTable(attributes: Attributes): void {
		this.#depth.table += 1;
		if (this.#depth.table > 1) return;
		const isHidden = this.#hiddenStyles.has(attributes['style-name'] ?? '');
		const builder = new TableBuilder(this.#budget);
		this.#table = isHidden
			? undefined
			: { name: attributes['name'] ?? '', builder, merged: [], hiddenRows: [] };
		this.#row = 0;
	}

	#closeTable(): void {
		this.#depth.table -= 1;
		if (this.#depth.table > 0 || !this.#table) return;
		const { name, builder, merged, hiddenRows } = this.#table;
		const table = builder.finish(name, merged, hiddenRows.length > 0 ? { hiddenRows } : {});
		if (table) this.tables.push(table);
		this.#table = undefined;
	}

	#openRow(attributes: Attributes): void {
		this.#rowTimes = timesOf(attributes['number-rows-repeated']);
		this.#isHidden = ['collapse', 'filter'].includes(attributes['visibility'] ?? '');
		this.#cells = [];
		this.#column = 0;
	}

	#closeRow(): void {
		if (this.#cells.length > 0)
			for (let n = 0; n < this.#rowTimes; n++) {
				this.#table?.builder.setRow(this.#row + n, this.#cells);
				if (this.#isHidden && n < MOST_HIDDEN) this.#table?.hiddenRows.push(this.#row + n);
			}
		this.#row += this.#rowTimes;
	}

	#openCell(attributes: Attributes): void {
		this.#cell = attributes;
		this.#paragraphs = [];
	}

	#closeCell(): void {
		const cell = this.#cell;
		if (!cell) return;
		this.#cell = undefined;
		const value = valueOf(cell, this.#paragraphs.join('\n'));
		const times = timesOf(cell['number-columns-repeated']);
		if (value !== null) {
			if (this.#column + times > SHEET_LIMITS.columns) throw new Unreadable('too_many_columns');
			while (this.#cells.length < this.#column) this.#cells.push(null);
			for (let n = 0; n < times; n++) this.#cells.push(value);
			this.#merge(cell);
		}
		this.#column += times;
	}

	#merge(cell: Attributes): void {
		const rows = timesOf(cell['number-rows-spanned']);
		const columns = timesOf(cell['number-columns-spanned']);
		if (rows === 1 && columns === 1) return;
		this.#table?.merged.push({
			top: this.#row,
			left: this.#column,
			bottom: this.#row + rows - 1,
			right: this.#column + columns - 1
		});
	}

	#openText(name: string, attributes: Attributes): void {
		if (name === 'annotation') this.#depth.note += 1;
		if (name === 'p') {
			this.#depth.paragraph += 1;
			if (this.#depth.note === 0) this.#paragraphs.push('');
		}
		if (name === 's') this.#write(' '.repeat(Math.min(timesOf(attributes['c']), LONGEST_TEXT)));
		if (name === 'tab') this.#write('\t');
		if (name === 'line-break') this.#write('\n');
	}

	#write(text: string): void {
		const last = this.#paragraphs.length - 1;
		if (this.#depth.note > 0 || last < 0) return;
		const whole = (this.#paragraphs[last] ?? '') + text;
		if (whole.length > LONGEST_TEXT) throw new Unreadable('too_large', 'text of a cell');
		this.#paragraphs[last] = whole;
	}
}

function valueOf(cell: Attributes, text: string): Cell {
	switch (cell['value-type']) {
		case 'float':
		case 'currency':
		case 'percentage':
			return numberOf(cell['value'] ?? '') ?? (text || null);
		case 'boolean':
			return cell['boolean-value'] === 'true';
		case 'date':
			return civilOf(cell['date-value'] ?? '') ?? (text || null);
		case 'time':
			return timeOf(cell['time-value'] ?? '') ?? (text || null);
		default:
			return text || cell['string-value'] || null;
	}
}

function numberOf(text: string): number | undefined {
	const value = Number(text);
	return text !== '' && Number.isFinite(value) ? value : undefined;
}

function civilOf(text: string): Cell | undefined {
	const [, date, time] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?/.exec(text) ?? [];
	if (!date) return undefined;
	return time && time !== '00:00' ? { date, time } : { date };
}

/** `PT14H30M00S` as 14:30. */
function timeOf(text: string): string | undefined {
	const [, hours, minutes] = /^PT(\d{1,2})H(\d{1,2})M/.exec(text) ?? [];
	return hours && minutes ? `${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}` : undefined;
}

/** How often, at least once; far more than a sheet can hold is no more than that. */
function timesOf(text: string | undefined): number {
	const times = Math.trunc(Number(text ?? 1));
	return times >= 1 ? Math.min(times, 2 ** 21) : 1;
}
