import { Pace } from '#lib/platform/access/pace.ts';

/** Nobody is kept longer than this, and nobody is refused. */
const MOST_MS = 4000;

/**
 * How long, in milliseconds, a device waits that answers faster than children do; `place` is a code at an
 * address, since thirty tablets of a centre share one, and `now` UTC milliseconds. In memory, per process.
 */
export class Slowing {
	/** Thirty tablets open a code at the same moment; the next ones come two a second. */
	readonly #ballots = new Pace({ atOnce: 30, stepMs: 500, mostMs: MOST_MS });
	readonly #sendings = new Pace({ atOnce: 8, stepMs: MOST_MS, mostMs: MOST_MS });
	readonly #wishes = new Pace({ atOnce: 10, stepMs: 1000, mostMs: MOST_MS });
	/** When the latest ballots were given out, the oldest first. */
	readonly #givenAt = new Map<string, number>();

	/** Before a device is given a ballot. */
	ballot(place: string, ballotId: string, now: number): number {
		for (const [id, at] of this.#givenAt) {
			if (now - at < MOST_MS) break;
			this.#givenAt.delete(id);
		}
		const wait = this.#ballots.take(place, now);
		this.#givenAt.set(ballotId, now + wait);
		return wait;
	}

	/** Before a ballot is sent. Where many are, until it is old enough to have been answered by a child. */
	sending(place: string, ballotId: string, now: number): number {
		const wait = this.#sendings.take(place, now);
		const oldEnoughIn = (this.#givenAt.get(ballotId) ?? -Infinity) + MOST_MS - now;
		return Math.max(Math.min(wait, oldEnoughIn), 0);
	}

	/** Before a wish to talk is stored. */
	wish(place: string, now: number): number {
		return this.#wishes.take(place, now);
	}
}
