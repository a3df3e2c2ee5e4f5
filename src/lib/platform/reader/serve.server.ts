import { AsyncLocalStorage } from 'node:async_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { loadKeyRing } from '../crypto/keyring.ts';
import { openToRead } from '../db/open.ts';
import { inBackground } from '../log/log.ts';
import type { Locale } from '../i18n/locale.ts';
import { storyOf, type FromReader, type ReaderSettings, type ToReader } from './messages.ts';
import { answer, type Reads } from './reads.ts';

const speaking = new AsyncLocalStorage<Locale>();

/** Turns this thread into a reader: answers every question from a connection that cannot write. */
export function serveReads(reads: Reads): void {
	const { databaseUrl, keyRingFile } = workerData as ReaderSettings;
	const source = { db: openToRead(databaseUrl), ring: loadKeyRing(keyRingFile, false) };
	overwriteGetLocale(() => speaking.getStore() ?? 'en');
	parentPort?.on('message', ({ id, question }: ToReader) =>
		inBackground('answering a read', async () => {
			const reading = speaking.run(question.locale, () => answer(reads, source, question));
			send(
				await reading.then(
					(answer): FromReader => ({ id, answer }),
					(error: unknown): FromReader => ({ id, error: storyOf(error) })
				)
			);
		})
	);
}

/** A file is handed over and not copied. */
function send(message: FromReader): void {
	const file = 'answer' in message && message.answer instanceof Uint8Array && message.answer.buffer;
	parentPort?.postMessage(message, file instanceof ArrayBuffer ? [file] : []);
}
