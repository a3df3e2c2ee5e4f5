import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { KeyRing } from '../crypto/keyring.ts';
import type { Db } from '../db/open.ts';
import { log } from '../log/log.ts';
import { Throttle } from './line.ts';
import { addTries, triesOf, type Counted, type Limit } from './tries.ts';

/** What counting needs. */
interface Asking {
	db: Db;
	ring: KeyRing;
	/** UTC milliseconds. */
	now: number;
}

const EVERYBODY = 'all';
/** The longest wait in each of the two lines: together less than the time a request has for its answer. */
const LONGEST_MS = 6000;

/**
 * Guesses at something secret by who is not known. Only wrong ones count, for each `who` (an address) and for
 * all together; who is over a limit is slowed and not refused, so that nobody shuts a neighbour out. A guess is
 * reserved in memory before it is looked at, so that guesses made at once are counted, and whatever the disk does;
 * wrong ones are written down for the other processes. A right one writes nothing.
 */
export class Guesses {
	readonly #own: Limit;
	readonly #all: Limit;
	readonly #reserved: RateLimiterMemory;
	readonly #ownThrottle: Throttle;
	readonly #allThrottle: Throttle;

	/** One in `paceMs` goes on for each who is over the limit, one in `paceOfAllMs` when all together are. */
	constructor(own: Limit, given: { mostOfAll: number; paceMs: number; paceOfAllMs: number }) {
		this.#own = own;
		this.#all = { ...own, name: `${own.name} of all`, most: given.mostOfAll };
		this.#reserved = new RateLimiterMemory({
			keyPrefix: own.name,
			points: Number.MAX_SAFE_INTEGER,
			duration: own.withinMs / 1000
		});
		this.#ownThrottle = new Throttle(given.paceMs);
		this.#allThrottle = new Throttle(given.paceOfAllMs);
	}

	/**
	 * What `look` finds, when it is its turn; null means that the guess was wrong. Throws `LineFull` when too many
	 * wait, or at once for who does not wait.
	 */
	async guess<Found>(
		asking: Asking,
		who: string,
		look: () => Promise<Found | null>,
		{ waits = true } = {}
	): Promise<Found | null> {
		const own = await this.#reserve(who);
		const all = await this.#reserve(EVERYBODY);
		let isWrong = false;
		try {
			const longestMs = waits ? LONGEST_MS : 0;
			for (const throttle of await this.#slowedBy(asking, who, { own, all }))
				await throttle.turn(throttle === this.#allThrottle ? EVERYBODY : who, longestMs);
			const found = await look();
			isWrong = found === null;
			return found;
		} finally {
			if (isWrong) await this.#writeDown(asking, who);
			else for (const key of [who, EVERYBODY]) await this.#reserved.reward(key);
		}
	}

	/** How many are reserved with this one. */
	async #reserve(key: string): Promise<number> {
		return (await this.#reserved.penalty(key)).consumedPoints;
	}

	/** What one has to wait for: nothing, the own turn, or the turn of all besides. */
	async #slowedBy(
		{ db, ring, now }: Asking,
		who: string,
		reserved: { own: number; all: number }
	): Promise<Throttle[]> {
		const [own = 0, all = 0] = await triesOf(db, ring, this.#countedFor(who), now);
		if (reserved.all > this.#all.most || all >= this.#all.most)
			return [this.#ownThrottle, this.#allThrottle];
		return reserved.own > this.#own.most || own >= this.#own.most ? [this.#ownThrottle] : [];
	}

	async #writeDown({ db, ring, now }: Asking, who: string): Promise<void> {
		await addTries(db, ring, this.#countedFor(who), now).catch((error: unknown) =>
			log.warn({ err: error }, 'a wrong guess was counted in memory alone')
		);
	}

	#countedFor(who: string): Counted[] {
		return [
			{ limit: this.#own, who },
			{ limit: this.#all, who: EVERYBODY }
		];
	}
}
