import { parentPort, workerData } from 'node:worker_threads';
import { parseSheets } from './parse.ts';
import type { Cell, ReadSheets, SheetRefusal, SheetTable } from './types.ts';

/** What the worker sends, and waits to be asked for more: rows of the table that `name` began, then that it is done. */
export type FromWorker =
	| { kind: 'table'; name: string; notes?: SheetTable['notes'] }
	| { kind: 'rows'; rows: Cell[][] }
	| { kind: 'done' }
	| { kind: 'refused'; reason: SheetRefusal };

/** Taking a message in stops the server; with so many cells it does so for a few milliseconds. */
const CELLS_AT_ONCE = 10_000;

const { bytes, fileName } = workerData as { bytes: Uint8Array; fileName: string };
const messages = messagesOf(await parseSheets(bytes, fileName));
parentPort?.on('message', sendNext);
sendNext();

/** One message each time the server asks: all at once would be taken in without a pause. */
function sendNext(): void {
	const { value } = messages.next();
	if (value) parentPort?.postMessage(value);
}

function* messagesOf(read: ReadSheets): Generator<FromWorker> {
	if (!read.ok) return yield { kind: 'refused', reason: read.reason };
	for (const { name, rows, notes } of read.tables) {
		yield { kind: 'table', name, ...(notes && { notes }) };
		const atOnce = Math.max(1, Math.floor(CELLS_AT_ONCE / (rows[0]?.length || 1)));
		for (let at = 0; at < rows.length; at += atOnce)
			yield { kind: 'rows', rows: rows.slice(at, at + atOnce) };
	}
	yield { kind: 'done' };
}
