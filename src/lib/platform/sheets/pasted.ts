import { parse } from 'csv-parse/sync';

/** A line of a pasted table that holds something; `line` counted from 1 as the spreadsheet shows it. */
export interface PastedLine {
	line: number;
	cells: string[];
}

/** What is wrong in one cell: line and column counted from 1 as the spreadsheet shows them, and what stands there. */
export interface PastedProblem<Fault extends string> {
	line: number;
	column: number;
	fault: Fault;
	typed: string;
}

/**
 * The lines of a table as it is copied from a spreadsheet or typed: tabs, `;` or commas. Answers the line of a quote
 * that is never closed.
 */
export function splitPasted(
	text: string
): { ok: true; lines: PastedLine[] } | { ok: false; line: number } {
	try {
		const read = parse<{ record: string[]; info: { lines: number } }>(text, {
			bom: true,
			delimiter: delimiterOf(text),
			info: true,
			relax_column_count: true,
			relax_quotes: true,
			trim: true
		} as never) as unknown as { record: string[]; info: { lines: number } }[];
		const lines = read.map(({ record, info }) => ({ line: info.lines, cells: record }));
		return { ok: true, lines: lines.filter(({ cells }) => cells.some(Boolean)) };
	} catch (error) {
		const line = (error as { lines?: number }).lines;
		if (line === undefined) throw error;
		return { ok: false, line };
	}
}

/** Spreadsheets copy tabs; what is typed by hand has the separator its first line has most of. */
function delimiterOf(text: string): string {
	if (text.includes('\t')) return '\t';
	const first = text.trimStart().split('\n', 1)[0]!;
	const count = (mark: string) => first.split(mark).length;
	return [';', '؛', '،', ','].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** A problem of a table as a whole, said at the line it is met in. */
export function ofWhole<Fault extends string>(
	fault: Fault,
	line: number,
	typed = ''
): PastedProblem<Fault> {
	return { line, column: 1, fault, typed };
}
