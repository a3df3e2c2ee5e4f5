/** Milliseconds a step is to take: whoever asks for a page meanwhile waits for no more than one. */
const STEP_MS = 20;

/** How much a step takes on: to begin with, at least and at most. */
interface Bounds {
	first: number;
	least: number;
	most: number;
}

/** Tells milliseconds that passed, from any beginning; never goes back. */
export type Stopwatch = () => number;

/**
 * How much the next step takes on, by how long the last ones took. It changes when a step took too long, or less than
 * half of what it may; so most steps are of one size, and so are their statements, which are kept prepared.
 */
export class Pace {
	readonly #bounds: Bounds;
	readonly #stopwatch: Stopwatch;
	#size: number;

	constructor(bounds: Bounds, stopwatch: Stopwatch) {
		this.#bounds = bounds;
		this.#stopwatch = stopwatch;
		this.#size = bounds.first;
	}

	/** Does a step and remembers how long it took. It gets how much to take on, never more than `most`. */
	async step<T>(work: (size: number) => Promise<T>, most = this.#bounds.most): Promise<T> {
		const size = Math.min(this.#size, most);
		const startedAt = this.#stopwatch();
		const result = await work(size);
		this.#size = nextSize(size, this.#stopwatch() - startedAt, this.#bounds);
		return result;
	}
}

/** How much to take on after so much took so many milliseconds: at most twice as much, at least a quarter. */
export function nextSize(size: number, tookMs: number, { least, most }: Omit<Bounds, 'first'>) {
	if (tookMs <= STEP_MS && tookMs >= STEP_MS / 2) return size;
	const factor = Math.min(2, Math.max(1 / 4, (0.75 * STEP_MS) / Math.max(tookMs, 1)));
	return Math.max(least, Math.min(most, Math.floor(size * factor)));
}

/** One pace for each thing an import does; what takes one long another does quickly. */
export interface Paces {
	/** Rows that are judged, and rows that are written. */
	check: Pace;
	run: Pace;
	/** Entries of what a run wrote down: each holds what one step did to one table. */
	undo: Pace;
	/** Rows of the file that are forgotten. */
	forget: Pace;
}

/**
 * Below the least a step is hardly shorter, for what it reads and commits at all, and an import would not end on a busy
 * machine.
 */
export function newPaces(stopwatch: Stopwatch): Paces {
	return {
		check: new Pace({ first: 80, least: 40, most: 250 }, stopwatch),
		run: new Pace({ first: 20, least: 8, most: 250 }, stopwatch),
		undo: new Pace({ first: 4, least: 1, most: 60 }, stopwatch),
		forget: new Pace({ first: 200, least: 100, most: 4000 }, stopwatch)
	};
}
