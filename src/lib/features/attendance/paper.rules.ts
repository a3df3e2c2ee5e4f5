import type { MarkCode } from '#lib/platform/db/schema.ts';

/** What may be printed of a cohort: a register with so many dates, or the names alone. */
export const SHEETS = ['4', '8', '12', 'names'] as const;
export type Sheet = (typeof SHEETS)[number];

/** Empty lines at the end of a register, for who comes without being on the list. */
export const WALK_IN_LINES = 3;

/** What a hand draws on paper for each mark: the same signs in every language. */
export const PAPER_SIGNS: Record<MarkCode, string> = {
	present: '✓',
	late: '●',
	left_early: '△',
	absent_notified: '○',
	absent: '✗',
	excused_illness: '+'
};

/** The sheet an address asks for; a register of eight dates unless it names another. */
export function sheetOf(asked: string | null): Sheet {
	return SHEETS.find((sheet) => sheet === asked) ?? '8';
}

/** How many dates a sheet has columns for. */
export function datesOn(sheet: Sheet): number {
	return sheet === 'names' ? 0 : Number(sheet);
}
