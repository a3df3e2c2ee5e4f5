import { parentPort, workerData } from 'node:worker_threads';
import { csvOf } from './csv.ts';
import type { Format, Table } from './table.ts';
import { workbookOf } from './workbook.ts';

/** What is to be written; CSV holds the first table alone. */
export interface WriteOrder {
	tables: readonly Table[];
	format: Format;
	rightToLeft: boolean;
}

const { tables, format, rightToLeft } = workerData as WriteOrder;
const bytes =
	format === 'csv'
		? new TextEncoder().encode(csvOf(tables[0]!.columns, tables[0]!.rows))
		: await workbookOf(tables, { rightToLeft });
parentPort?.postMessage(bytes);
