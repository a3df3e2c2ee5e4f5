import { daysOfYear } from '#lib/features/publishing/periods.rules.ts';
import type { Context } from '#lib/platform/command/context.ts';
import type { Locale } from '#lib/platform/i18n/locale.ts';
import { writeTables } from '#lib/platform/sheets/write.server.ts';
import { readDefinitions } from './definitions.queries.server.ts';
import { readTables } from './tables.queries.server.ts';
import type { Wanted } from './types.ts';

/** The bytes of the file wanted, or null when there is nothing in it the asker may take away. */
export async function readFile(
	ctx: Context,
	{ table, format, month, today, from, to }: Wanted & { today: string },
	locale: Locale
): Promise<Uint8Array<ArrayBuffer> | null> {
	const days = from && to ? { from, to } : daysOfYear(month);
	const tables = await readTables(ctx, table, { locale, today, month, ...days });
	if (tables.length === 0) return null;
	/** A workbook says itself what its numbers mean; a text file holds one table. */
	const definitions = format === 'csv' ? [] : [await readDefinitions(ctx, locale)];
	return writeTables({ tables: [...tables, ...definitions], format, rightToLeft: locale === 'ar' });
}
