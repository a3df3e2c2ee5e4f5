import { inBackground } from '../log/log.ts';

/** Too much was asked for, or it took too long: asked again in a moment, it may well be answered. */
export class TooBusy extends Error {
	override name = 'TooBusy';
}

export interface QueueLimits {
	/** Computations at a time. */
	atOnce: number;
	/** Computations that wait for their turn; more are refused. */
	waiting: number;
	/** Computations of one account that wait; it gets no more places. */
	waitingOfOne: number;
	/** What has waited longer than this, in milliseconds, is not begun any more: its answer would come too late. */
	waitingMs: number;
}

export interface ReadRequest<T> {
	/** Equal keys have equal answers. */
	key: string;
	/** The account that asks. */
	by: string;
	compute: () => Promise<T>;
	/** True once nobody waits for the answer any more. */
	isGone?: () => boolean;
}

interface Waiter {
	answer: PromiseWithResolvers<unknown>;
	isGone: () => boolean;
	since: number;
}

interface Computation {
	key: string;
	by: string;
	compute: () => Promise<unknown>;
	waiters: Waiter[];
}

export interface Queue {
	/** The answer to a request; fails with `TooBusy`, or as the computation does. */
	ask<T>(request: ReadRequest<T>): Promise<T>;
}

/**
 * A queue of computations with one of each at a time (single flight): whoever asks for what is waiting to be
 * computed waits for the same answer. Nobody joins a computation that has begun, which may have read rows from
 * before a write of theirs: what they ask for is computed once more when it is done, for all who came meanwhile.
 */
export function createQueue(limits: QueueLimits): Queue {
	const running = new Set<Computation>();
	let waiting: Computation[] = [];
	let lastBegun = '';

	async function ask<T>({ key, by, compute, isGone = () => false }: ReadRequest<T>): Promise<T> {
		const waiter: Waiter = {
			answer: Promise.withResolvers(),
			isGone,
			since: performance.now()
		};
		forgetTheLate();
		const joined = waiting.find((one) => one.key === key);
		if (joined) joined.waiters.push(waiter);
		else if (isFull(by)) throw new TooBusy('Too many computations are waiting');
		else waiting.push({ key, by, compute, waiters: [waiter] });
		beginNext();
		return waiter.answer.promise as Promise<T>;
	}

	function isFull(by: string): boolean {
		const own = waiting.filter((one) => one.by === by);
		return waiting.length >= limits.waiting || own.length >= limits.waitingOfOne;
	}

	function beginNext(): void {
		forgetTheLate();
		while (running.size < limits.atOnce) {
			const next = nextOf(waiting.filter(({ key }) => !isRunning(key)));
			if (!next) return;
			waiting = waiting.filter((one) => one !== next);
			lastBegun = next.by;
			inBackground('a heavy read', () => run(next));
		}
	}

	/** Accounts take turns, so that somebody's many questions do not hold up another's one. */
	function nextOf(free: Computation[]): Computation | undefined {
		return free.find(({ by }) => by !== lastBegun) ?? free[0];
	}

	async function run(computation: Computation): Promise<void> {
		running.add(computation);
		const [done] = await Promise.allSettled([computation.compute()]);
		running.delete(computation);
		for (const { answer } of computation.waiters)
			if (done.status === 'fulfilled') answer.resolve(done.value);
			else answer.reject(done.reason);
		beginNext();
	}

	function forgetTheLate(): void {
		const tooLate = performance.now() - limits.waitingMs;
		for (const one of waiting)
			one.waiters = one.waiters.filter(({ answer, isGone, since }) => {
				if (!isGone() && since > tooLate) return true;
				answer.reject(new TooBusy('Not begun in time'));
				return false;
			});
		waiting = waiting.filter(({ waiters }) => waiters.length > 0);
	}

	function isRunning(key: string): boolean {
		return [...running].some((one) => one.key === key);
	}

	return { ask };
}
