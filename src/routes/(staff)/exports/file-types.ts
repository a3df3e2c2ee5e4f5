import type { Format } from '#lib/platform/sheets/table.ts';

/** What a browser is told a file is. */
export const FILE_TYPES: Readonly<Record<Format, string>> = {
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	csv: 'text/csv; charset=utf-8'
};
