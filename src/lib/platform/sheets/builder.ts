import { cellAddress, SHEET_LIMITS, type Cell, type SheetNotes, type SheetTable } from './types.ts';
import { Unreadable } from './unreadable.ts';

/** Cells that show one value together, from zero, both ends included. */
export interface Area {
	top: number;
	left: number;
	bottom: number;
	right: number;
}

/** How many cells may still be read of a file. */
export interface Budget {
	cells: number;
}

/** So many blank rows before a row, and what stands there is far below the list. */
const FAR_BELOW = 1000;
/** More rows than this far below are a list of their own, and read. */
const MOST_FAR = 10;
/** As many cells to the right of all that is read are left out, not the file refused. */
const MOST_ASIDE = 3;
const FAR_ASIDE = 20;

/** Gathers one sheet row by row and keeps it within bounds; throws `Unreadable` at the first step beyond. */
export class TableBuilder {
	readonly #rows: Cell[][] = [];
	readonly #budget: Budget;
	#far: { row: number; cells: Cell[] }[] = [];
	readonly #aside: string[] = [];
	#width = 0;

	constructor(budget: Budget) {
		this.#budget = budget;
	}

	/** Puts down the cells of a row, from column A; rows come in any order, a second one for the same place wins. */
	setRow(row: number, cells: Cell[]): void {
		const filled = this.#withoutAside(row, withoutBlankEnd(cells));
		if (filled.length === 0) return;
		if (!(row >= 0)) throw new Unreadable('too_many_rows');
		if (row - this.#rows.length > FAR_BELOW) {
			this.#far.push({ row, cells: filled });
			if (this.#far.length > MOST_FAR) this.#takeFar();
		} else this.#put(row, filled);
	}

	/** The table as a full rectangle, merged areas filled with their value; undefined when it holds nothing. */
	finish(name: string, merged: Area[], notes: Partial<SheetNotes> = {}): SheetTable | undefined {
		const rows = this.#rows;
		if (rows.length === 0) this.#takeFar();
		if (rows.length === 0 && this.#aside.length > 0) throw new Unreadable('too_many_columns');
		if (rows.length === 0) return undefined;
		for (const row of rows) while (row.length < this.#width) row.push(null);
		this.#budget.cells -= rows.length * this.#width;
		let left = rows.length * this.#width;
		for (const area of merged) left -= this.#fill(area, left);
		const stray = [...this.#far.flatMap(addressesOf), ...this.#aside];
		const all = { ...notes, ...(stray.length > 0 && { stray }) };
		return { name, rows, ...(Object.keys(all).length > 0 && { notes: all }) };
	}

	#put(row: number, filled: Cell[]): void {
		if (row >= SHEET_LIMITS.rows) throw new Unreadable('too_many_rows');
		this.#width = Math.max(this.#width, filled.length);
		while (this.#rows.length < row) this.#rows.push([]);
		this.#rows[row] = filled;
		if (this.#rows.length * this.#width > this.#budget.cells) throw new Unreadable('too_large');
	}

	/** What was far below was no stray cell. */
	#takeFar(): void {
		const far = this.#far;
		this.#far = [];
		for (const { row, cells } of far) this.#put(row, cells);
	}

	#withoutAside(row: number, cells: Cell[]): Cell[] {
		if (cells.length <= SHEET_LIMITS.columns) return cells;
		const aside = cells.flatMap((cell, at) =>
			at >= SHEET_LIMITS.columns && cell !== null ? [cellAddress(row, at)] : []
		);
		this.#aside.push(...aside);
		const beside = withoutBlankEnd(cells.slice(0, SHEET_LIMITS.columns));
		const isFar = beside.length <= SHEET_LIMITS.columns - FAR_ASIDE;
		if (!isFar || this.#aside.length > MOST_ASIDE) throw new Unreadable('too_many_columns');
		return beside;
	}

	/** Fills an area as far as the table reaches. Areas that lie over each other would cost without end. */
	#fill({ top, left, bottom, right }: Area, most: number): number {
		const value = this.#rows[top]?.[left] ?? null;
		if (value === null) return 0;
		const lastRow = Math.min(bottom, this.#rows.length - 1);
		const lastColumn = Math.min(right, this.#width - 1);
		const cost = (lastRow - top + 1) * (lastColumn - left + 1);
		if (cost > most) throw new Unreadable('damaged', 'merged cells lie over each other');
		for (let row = top; row <= lastRow; row++) this.#rows[row]?.fill(value, left, lastColumn + 1);
		return Math.max(cost, 0);
	}
}

function addressesOf({ row, cells }: { row: number; cells: Cell[] }): string[] {
	return cells.flatMap((cell, at) => (cell === null ? [] : [cellAddress(row, at)])).slice(0, 3);
}

/** Text of nothing but blanks is a blank cell. */
function withoutBlankEnd(cells: Cell[]): Cell[] {
	const filled = cells.map((cell) =>
		typeof cell === 'string' && cell.trim() === '' ? null : cell
	);
	while (filled.length > 0 && filled.at(-1) === null) filled.pop();
	return filled;
}
