import { parentPort, workerData } from 'node:worker_threads';
import { parseSheets } from './parse.ts';
import type { Cell, SheetRefusal } from './types.ts';

/** What the worker sends: rows of the table that `name` began, a few at a time, then that it is done. */
export type FromWorker =
	| { kind: 'table'; name: string }
	| { kind: 'rows'; rows: Cell[][] }
	| { kind: 'done' }
	| { kind: 'refused'; reason: SheetRefusal };

/** Taking a message in stops the server; with so many cells it does so for a few milliseconds. */
const CELLS_AT_ONCE = 10_000;

const { bytes, fileName } = workerData as { bytes: Uint8Array; fileName: string };
const read = await parseSheets(bytes, fileName);
if (read.ok)
	for (const { name, rows } of read.tables) {
		send({ kind: 'table', name });
		const atOnce = Math.max(1, Math.floor(CELLS_AT_ONCE / (rows[0]?.length || 1)));
		for (let at = 0; at < rows.length; at += atOnce)
			send({ kind: 'rows', rows: rows.slice(at, at + atOnce) });
	}
send(read.ok ? { kind: 'done' } : { kind: 'refused', reason: read.reason });

function send(message: FromWorker): void {
	parentPort?.postMessage(message);
}
