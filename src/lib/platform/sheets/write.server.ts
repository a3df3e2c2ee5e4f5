import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { WriteOrder } from './write-worker.ts';

/** Sources are shipped with the app and Node reads them as they are; the app runs in the folder they stand in. */
const WORKER = resolve('src/lib/platform/sheets/write-worker.ts');
const MEMORY = { maxOldGenerationSizeMb: 768 };

/**
 * The bytes of a file with these tables: a workbook with a sheet for each, or the first as CSV. Works in a
 * thread of its own, since a register of 100,000 marks takes seconds. Throws when it does not fit into memory.
 */
export function writeTables(order: WriteOrder): Promise<Uint8Array<ArrayBuffer>> {
	return new Promise((answer, fail) => {
		const worker = new Worker(WORKER, {
			workerData: order,
			resourceLimits: MEMORY,
			env: {},
			execArgv: []
		});
		worker.once('message', answer);
		worker.once('error', fail);
		worker.once('exit', () => fail(new Error('The file was not written')));
	});
}
