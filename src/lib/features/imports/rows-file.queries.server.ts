import { m } from '#lib/paraglide/messages.js';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { ownTurn } from '#lib/platform/reader/turn.ts';
import type { Table, Value } from '#lib/platform/sheets/table.ts';
import { columnName } from '#lib/platform/sheets/types.ts';
import { shownText } from './reading/cells.ts';
import type { Import } from './queries.server.ts';
import { listRows, type JudgedRow } from './rows.queries.server.ts';
import type { Verdict } from './types.ts';
import { problemWord, verdictWord } from './words.ts';

/** Rows that are read before others are served. */
const AT_ONCE = 200;

/** The rows of one verdict as they stand in the file, under its headers, with their number and what is wrong. */
export async function tableOfRows(
	ctx: Context,
	item: Import,
	{ verdict, locale }: { verdict: Verdict; locale: Locale }
): Promise<Table> {
	const all: JudgedRow[] = [];
	for (let after = -1, isOver = false; !isOver;) {
		const some = await listRows(ctx, item, { verdict, most: AT_ONCE, after, locale });
		all.push(...some);
		isOver = some.length < AT_ONCE;
		after = some.at(-1)?.position ?? after;
		await ownTurn();
	}
	const width = Math.max(0, ...all.map(({ cells }) => cells.length));
	const text = (header: string) => ({ header, kind: 'text' as const });
	return {
		name: verdictWord(verdict),
		columns: [
			text(m.import_row()),
			...Array.from({ length: width }, (_, at) => text(headerOf(item, at))),
			text(m.import_rows_reason())
		],
		rows: all.map((row): Value[] => [
			String(row.number),
			...Array.from({ length: width }, (_, at) => shownText(row.cells[at] ?? null) || null),
			whyOf(row)
		])
	};
}

/** A column's header in the first sheet that is read, or its letter. */
function headerOf({ setup }: Import, at: number): string {
	const sheet = setup.sheets.find(({ chosen }) => chosen);
	const column = sheet?.column[at] ?? null;
	return (column === null ? sheet?.date[at] : setup.columns[column]?.label) ?? columnName(at);
}

function whyOf({ problems, known }: JudgedRow): string | null {
	const words = problems.map(({ code }) => problemWord(code));
	if (known?.row) words.push(m.import_rows_repeat_of({ row: known.row }));
	return words.join(' · ') || null;
}
