import { inBackground } from '../log/log.ts';
import type { Db } from './open.ts';

/** So many share a transaction at most: the text of a statement, and what is done again alone, stay small. */
const MOST_TOGETHER = 64;

interface Waiting<Write, Result> {
	write: Write;
	resolve(result: Result): void;
	reject(cause: unknown): void;
}

interface Queue<Write, Result> {
	waiting: Waiting<Write, Result>[];
	isRunning: boolean;
}

/**
 * Group commit: small writes that come at the same time share one transaction, and with it one wait for the disk.
 * Each is answered after its commit. Where a transaction of several fails, each is done again alone, so that
 * none fails for another's fault.
 */
export class GroupCommit<Write, Result> {
	readonly #run: (trx: Db, writes: readonly Write[]) => Promise<Result[]>;
	readonly #keyOf: (write: Write) => string;
	readonly #queues = new WeakMap<Db, Queue<Write, Result>>();

	/**
	 * `run` does several writes in a transaction and gives the result of each in their order. Writes with the same
	 * key never share one.
	 */
	constructor(
		run: (trx: Db, writes: readonly Write[]) => Promise<Result[]>,
		keyOf: (write: Write) => string
	) {
		this.#run = run;
		this.#keyOf = keyOf;
	}

	/** Resolves once the write is committed, durably; rejects with what it throws when it is done alone. */
	add(db: Db, write: Write): Promise<Result> {
		const queue = this.#queueOf(db);
		const { promise, resolve, reject } = Promise.withResolvers<Result>();
		queue.waiting.push({ write, resolve, reject });
		if (!queue.isRunning) {
			queue.isRunning = true;
			this.#goOn(db, queue);
		}
		return promise;
	}

	#queueOf(db: Db): Queue<Write, Result> {
		const known = this.#queues.get(db);
		if (known) return known;
		const queue: Queue<Write, Result> = { waiting: [], isRunning: false };
		this.#queues.set(db, queue);
		return queue;
	}

	/** One transaction after the other; what comes meanwhile shares the next. Lets others be served between. */
	async #empty(db: Db, queue: Queue<Write, Result>): Promise<void> {
		await this.#commit(db, this.#takeFrom(queue));
		if (queue.waiting.length === 0) queue.isRunning = false;
		else this.#goOn(db, queue);
	}

	/** After whatever else has arrived by now. */
	#goOn(db: Db, queue: Queue<Write, Result>): void {
		setImmediate(() => inBackground('committing together', () => this.#empty(db, queue)));
	}

	#takeFrom(queue: Queue<Write, Result>): Waiting<Write, Result>[] {
		const together = new Map<string, Waiting<Write, Result>>();
		const rest: Waiting<Write, Result>[] = [];
		for (const one of queue.waiting) {
			const key = this.#keyOf(one.write);
			if (together.size < MOST_TOGETHER && !together.has(key)) together.set(key, one);
			else rest.push(one);
		}
		queue.waiting = rest;
		return [...together.values()];
	}

	/** Never rejects: each of those who wait hears how it went. */
	async #commit(db: Db, together: readonly Waiting<Write, Result>[]): Promise<void> {
		try {
			const writes = together.map(({ write }) => write);
			const results = await db.transaction().execute((trx) => this.#run(trx, writes));
			for (const [at, { resolve }] of together.entries()) resolve(results[at]!);
		} catch (cause) {
			if (together.length === 1) return together[0]!.reject(cause);
			for (const one of together) await this.#commit(db, [one]);
		}
	}
}
