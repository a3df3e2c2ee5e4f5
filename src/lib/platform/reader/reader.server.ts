import type { StaffActor } from '../access/actor.ts';
import { isPostgres } from '../db/open.ts';
import type { Services } from '../services.server.ts';
import type { Locale } from '../i18n/locale.ts';
import { createQueue } from './queue.ts';
import {
	answer,
	keyOf,
	type AnswerOf,
	type ArgsOf,
	type Question,
	type ReadName,
	type Reads
} from './reads.ts';
import type { ReaderSettings } from './messages.ts';
import { readerThread } from './thread.server.ts';

/** As long as a page may take (`answerMs` of the server): later nobody is there to take the answer. */
const LONGEST_MS = 15_000;
/** Two in the thread: while one file is being written in a thread of its own, the next figures are read. */
const IN_THREAD = 2;
/** Of the ten connections of the pool. */
const IN_POOL = 4;

export interface ReadBy {
	actor: StaffActor;
	locale: Locale;
	/** UTC milliseconds. */
	now: number;
	/** True once nobody waits for the answer any more. */
	isGone?: () => boolean;
}

export interface Reader<R extends Reads> {
	/**
	 * Computes the named figures beside the thread that serves everybody, for this actor and nobody else. Never
	 * older than the question. Fails with `TooBusy` when too much is asked for or it takes too long.
	 */
	read<Name extends ReadName<R>>(
		name: Name,
		args: ArgsOf<R[Name]>,
		by: ReadBy
	): Promise<AnswerOf<R[Name]>>;
	close(): Promise<void>;
}

/**
 * Opens the reader of a process. SQLite computes on the thread that asks it, so it is asked on a thread of its
 * own, which begins in the file `entry`; PostgreSQL computes elsewhere anyway and is asked through the pool.
 */
export function openReader<R extends Reads>(
	{ config, db, ring }: Pick<Services, 'db' | 'ring'> & { config: ReaderSettings },
	reads: R,
	entry: string
): Reader<R> {
	const { databaseUrl, keyRingFile } = config;
	const thread = isPostgres(databaseUrl)
		? null
		: readerThread(entry, { databaseUrl, keyRingFile }, LONGEST_MS);
	const queue = createQueue({
		atOnce: thread ? IN_THREAD : IN_POOL,
		waiting: 40,
		waitingOfOne: 8,
		waitingMs: LONGEST_MS
	});
	const compute = (question: Question) =>
		thread ? thread.compute(question) : answer(reads, { db, ring }, question);
	return {
		read<Name extends ReadName<R>>(
			name: Name,
			args: ArgsOf<R[Name]>,
			{ actor, locale, now, isGone }: ReadBy
		) {
			const question: Question = { name, args, actor, locale, now };
			return queue.ask({
				key: keyOf(question),
				by: actor.accountId,
				compute: () => compute(question),
				...(isGone && { isGone })
			}) as Promise<AnswerOf<R[Name]>>;
		},
		close: async () => thread?.close()
	};
}
