import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import type { Column, Table } from '#lib/platform/sheets/table.ts';

/** What a table is read by. */
export interface Asked {
	locale: Locale;
	/** Civil date of the section. */
	today: string;
	/** `YYYY-MM`. */
	month: string;
	/** First and last day that tables of dates hold. */
	from: string;
	to: string;
}

/** Reads a table of the centres within reach, in the reader's language. */
export type Reader = (ctx: Context, asked: Asked) => Promise<Omit<Table, 'name'>>;

export const text = (header: string): Column => ({ header, kind: 'text' });
export const number = (header: string): Column => ({ header, kind: 'number' });
export const date = (header: string): Column => ({ header, kind: 'date' });
export const percent = (header: string): Column => ({ header, kind: 'percent' });
