import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Turns } from '../turns/turns.ts';
import { SHEET_LIMITS, type ReadSheets, type SheetRefusal, type SheetTable } from './types.ts';
import type { FromWorker } from './worker.ts';

/** Sources are shipped with the app and Node reads them as they are; the app runs in the folder they stand in. */
const WORKER = resolve('src/lib/platform/sheets/worker.ts');
/** Within the time an upload has for its answer. */
const LONGEST_MS = 25_000;
const MEMORY = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };
const HANDED_OVER_BYTES = 1024 * 1024;

const turns = new Turns(2);

/**
 * Every visible sheet of an XLSX, ODS, CSV or tab-separated file or pasted text, told by its content; or why it is
 * not read. Never throws. Works in a thread of its own with bounds on memory and time, two files at once,
 * so that a file can cost no more than being refused. `fileName` names the table of a text file. Many bytes are
 * handed over to that thread and not copied: the caller's array is empty afterwards.
 */
export async function readTables(
	bytes: Uint8Array,
	{ fileName = '' }: { fileName?: string } = {}
): Promise<ReadSheets> {
	if (bytes.length > SHEET_LIMITS.bytes) return refused('too_large');
	return turns.run(() => readInWorker(bytes, fileName));
}

function readInWorker(bytes: Uint8Array, fileName: string): Promise<ReadSheets> {
	return new Promise((answer) => {
		const worker = new Worker(WORKER, {
			workerData: { bytes, fileName },
			transferList: handedOver(bytes),
			resourceLimits: MEMORY,
			env: {},
			execArgv: []
		});
		const tables: SheetTable[] = [];
		const end = (read: ReadSheets) => {
			clearTimeout(timer);
			worker.terminate().catch(() => undefined);
			answer(read);
		};
		const timer = setTimeout(() => end(refused('too_large')), LONGEST_MS);
		worker.on('message', (message: FromWorker) => {
			if (message.kind === 'table') {
				const { name, notes } = message;
				tables.push({ name, rows: [], ...(notes && { notes }) });
			}
			if (message.kind === 'rows') for (const row of message.rows) tables.at(-1)?.rows.push(row);
			if (message.kind === 'done') end({ ok: true, tables });
			if (message.kind === 'refused') end(refused(message.reason));
			worker.postMessage('next');
		});
		worker.once('error', (cause: NodeJS.ErrnoException) =>
			end(refused(cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too_large' : 'damaged'))
		);
		worker.once('exit', () => end(refused('damaged')));
	});
}

/** Whole buffers, and not those of few bytes, which may be part of one that others share. */
function handedOver({ buffer, length }: Uint8Array): ArrayBuffer[] {
	return length >= HANDED_OVER_BYTES && buffer instanceof ArrayBuffer ? [buffer] : [];
}

function refused(reason: SheetRefusal): ReadSheets {
	return { ok: false, reason };
}
