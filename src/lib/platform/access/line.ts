/** No place is left to wait; the caller says so and asks to try again. */
export class LineFull extends Error {}

interface Waiting {
	resume(): void;
	giveUp(reason: LineFull): void;
}

/**
 * A bounded queue that is fair to lanes (an address, an account): one of each lane after the other. Whoever
 * comes when it is full takes the last place of the longest lane, if that is longer than their own.
 */
export class FairLine {
	readonly #most: number;
	#lanes = new Map<string, Waiting[]>();
	#count = 0;

	constructor(most: number) {
		this.#most = most;
	}

	/** Resolves when it is this one's turn; throws `LineFull` when there is no place, or it was given to another lane. */
	wait(lane: string): Promise<void> {
		if (this.#count >= this.#most && !this.#makePlaceFor(lane))
			return Promise.reject(new LineFull('Too many are waiting'));
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		const others = this.#lanes.get(lane) ?? [];
		this.#lanes.set(lane, [...others, { resume: resolve, giveUp: reject }]);
		this.#count += 1;
		return promise;
	}

	/** Lets the next one go on; false when nobody waits. */
	next(): boolean {
		const [lane, waiting] = this.#lanes.entries().next().value ?? [];
		if (lane === undefined || !waiting) return false;
		const [first, ...rest] = waiting;
		this.#lanes.delete(lane);
		if (rest.length > 0) this.#lanes.set(lane, rest); // behind the other lanes
		this.#count -= 1;
		first!.resume();
		return true;
	}

	#makePlaceFor(lane: string): boolean {
		const own = this.#lanes.get(lane)?.length ?? 0;
		const [longest = []] = [...this.#lanes.values()].sort((a, b) => b.length - a.length);
		if (longest.length <= own + 1) return false;
		longest.pop()!.giveUp(new LineFull('The place was given to another lane'));
		this.#count -= 1;
		return true;
	}
}

/**
 * Lets one through in so many milliseconds, for each key apart: too fast is slowed rather than refused. Throws
 * `LineFull` for whoever would wait too long. Goes by the steady clock of the process.
 */
export class Throttle {
	readonly #everyMs: number;
	#freeAt = new Map<string, number>();

	constructor(everyMs: number) {
		this.#everyMs = everyMs;
	}

	async turn(key: string, longestMs: number): Promise<void> {
		const now = performance.now();
		for (const [other, at] of this.#freeAt) if (at <= now) this.#freeAt.delete(other);
		const at = this.#freeAt.get(key) ?? now;
		if (at - now > longestMs) throw new LineFull('Too many are slowed');
		this.#freeAt.set(key, at + this.#everyMs);
		if (at > now) await new Promise((resume) => setTimeout(resume, at - now));
	}
}
