import { Worker } from 'node:worker_threads';
import { inBackground, log } from '../log/log.ts';
import type { Question } from './reads.ts';
import { TooBusy } from './queue.ts';
import { errorFrom, type FromReader, type ReaderSettings, type ToReader } from './messages.ts';

const MEMORY = { maxOldGenerationSizeMb: 768 };

interface Asked {
	name: string;
	answer: PromiseWithResolvers<unknown>;
	timer: NodeJS.Timeout;
}

export interface ReaderThread {
	/** Computes an answer in the thread; fails as the read does, or with `TooBusy` when it takes longer than `longestMs`. */
	compute(question: Question): Promise<unknown>;
	close(): Promise<void>;
}

/**
 * A thread that answers questions out of its own connection to the database. It starts with the first question;
 * one that dies or is ended for taking too long fails what it was asked, and the next question starts another.
 */
export function readerThread(
	entry: string,
	settings: ReaderSettings,
	longestMs: number
): ReaderThread {
	let worker: Worker | undefined;
	let nextId = 0;
	const asked = new Map<number, Asked>();

	function compute(question: Question): Promise<unknown> {
		const id = nextId++;
		const answer = Promise.withResolvers<unknown>();
		const timer = setTimeout(() => giveUp(question.name), longestMs);
		asked.set(id, { name: question.name, answer, timer });
		worker ??= start();
		worker.postMessage({ id, question } satisfies ToReader);
		return answer.promise;
	}

	function start(): Worker {
		const started = new Worker(entry, {
			workerData: settings,
			resourceLimits: MEMORY,
			env: {},
			execArgv: []
		});
		started.on('message', take);
		started.once('error', (cause) => failAll(started, cause));
		started.once('exit', () => failAll(started, new Error('The reader ended')));
		return started;
	}

	function take(message: FromReader): void {
		const one = asked.get(message.id);
		if (!one) return;
		forget(message.id, one);
		if ('error' in message) one.answer.reject(errorFrom(message.error));
		else one.answer.resolve(message.answer);
	}

	/** SQLite cannot be interrupted from outside: the thread ends with what it computes. */
	function giveUp(name: string): void {
		log.error({ read: name }, 'a read took too long');
		if (worker) failAll(worker, new TooBusy(`${name} took too long`));
	}

	function failAll(of: Worker, cause: unknown): void {
		if (of !== worker) return;
		worker = undefined;
		for (const [id, one] of asked) {
			forget(id, one);
			one.answer.reject(cause);
		}
		inBackground('ending the reader', () => of.terminate());
	}

	function forget(id: number, { timer }: Asked): void {
		clearTimeout(timer);
		asked.delete(id);
	}

	return {
		compute,
		close: async () => {
			const last = worker;
			if (last) failAll(last, new Error('The reader is closed'));
			await last?.terminate();
		}
	};
}
