/** So many at once, then one after another in steps; nobody waits longer than `mostMs`. */
export interface PaceLimit {
	atOnce: number;
	stepMs: number;
	mostMs: number;
}

/** Names that stand in the book before those whose time is over are struck out. */
const FULL = 1000;

/**
 * Slows who comes too often instead of refusing them (GCRA, a leaky bucket). Kept in memory, per process:
 * what it knows of a name is gone as soon as that name may come at once again.
 */
export class Pace {
	readonly #limit: PaceLimit;
	/** When the last step taken by a name is over, in UTC milliseconds. */
	readonly #until = new Map<string, number>();

	constructor(limit: PaceLimit) {
		this.#limit = limit;
	}

	/** Takes a turn; answers how many milliseconds it is still to wait for. `now` in UTC milliseconds. */
	take(name: string, now: number): number {
		const { atOnce, stepMs, mostMs } = this.#limit;
		const free = (atOnce - 1) * stepMs;
		const until = Math.max(this.#until.get(name) ?? now, now);
		this.#until.set(name, Math.min(until, now + free + mostMs) + stepMs);
		if (this.#until.size > FULL)
			for (const [other, over] of this.#until) if (over <= now) this.#until.delete(other);
		return Math.min(Math.max(until - now - free, 0), mostMs);
	}
}
