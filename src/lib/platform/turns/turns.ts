/** Work that only so many may do at once (a semaphore). Whoever comes later waits for a turn, in order of coming. */
export class Turns {
	readonly #atOnce: number;
	readonly #waiting: (() => void)[] = [];
	#running = 0;

	constructor(atOnce: number) {
		this.#atOnce = atOnce;
	}

	/** Nobody has a turn or waits for one. */
	get isFree(): boolean {
		return this.#running === 0;
	}

	/** Does the work once there is a turn, and gives the turn on however it ends. */
	async run<T>(work: () => Promise<T>): Promise<T> {
		if (this.#running < this.#atOnce) this.#running += 1;
		else await new Promise<void>((turn) => this.#waiting.push(turn));
		try {
			return await work();
		} finally {
			const next = this.#waiting.shift();
			if (next) next();
			else this.#running -= 1;
		}
	}
}

/** The same with one turn at a time for each of those who come, so that one alone does not take all. */
export class TurnsEach {
	readonly #all: Turns;
	readonly #each = new Map<string, Turns>();

	constructor(atOnce: number) {
		this.#all = new Turns(atOnce);
	}

	async run<T>(who: string, work: () => Promise<T>): Promise<T> {
		const own = this.#each.get(who) ?? new Turns(1);
		this.#each.set(who, own);
		try {
			return await own.run(() => this.#all.run(work));
		} finally {
			if (own.isFree) this.#each.delete(who);
		}
	}
}
