/** What is written into a cell: text, a number, or nothing. Dates are civil, `YYYY-MM-DD`. */
export type Value = string | number | null;

export interface Column {
	header: string;
	/** `percent`: 0 to 100. */
	kind: 'text' | 'number' | 'date' | 'percent';
}

/** A table to be written as a sheet or as CSV; each row has a value for each column. */
export interface Table {
	name: string;
	columns: readonly Column[];
	rows: readonly (readonly Value[])[];
}

export type Format = 'xlsx' | 'csv';
