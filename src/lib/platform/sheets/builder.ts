import { SHEET_LIMITS, type Cell, type SheetTable } from './types.ts';
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

/** Gathers one sheet row by row and keeps it within bounds; throws `Unreadable` at the first step beyond. */
export class TableBuilder {
	readonly #rows: Cell[][] = [];
	readonly #budget: Budget;
	#width = 0;

	constructor(budget: Budget) {
		this.#budget = budget;
	}

	/** Puts down the cells of a row, from column A; rows come in any order, a second one for the same place wins. */
	setRow(row: number, cells: Cell[]): void {
		const filled = withoutBlankEnd(cells);
		if (filled.length === 0) return;
		if (!(row >= 0 && row < SHEET_LIMITS.rows)) throw new Unreadable('too_many_rows');
		if (filled.length > SHEET_LIMITS.columns) throw new Unreadable('too_many_columns');
		this.#width = Math.max(this.#width, filled.length);
		while (this.#rows.length < row) this.#rows.push([]);
		this.#rows[row] = filled;
		if (this.#rows.length * this.#width > this.#budget.cells) throw new Unreadable('too_large');
	}

	/** The table as a full rectangle, merged areas filled with their value; undefined when it holds nothing. */
	finish(name: string, merged: Area[]): SheetTable | undefined {
		const rows = this.#rows;
		if (rows.length === 0) return undefined;
		for (const row of rows) while (row.length < this.#width) row.push(null);
		this.#budget.cells -= rows.length * this.#width;
		let left = rows.length * this.#width;
		for (const area of merged) left -= this.#fill(area, left);
		return { name, rows };
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

/** Text of nothing but blanks is a blank cell. */
function withoutBlankEnd(cells: Cell[]): Cell[] {
	const filled = cells.map((cell) =>
		typeof cell === 'string' && cell.trim() === '' ? null : cell
	);
	while (filled.length > 0 && filled.at(-1) === null) filled.pop();
	return filled;
}
