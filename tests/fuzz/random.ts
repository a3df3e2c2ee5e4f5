/** A source of chance that gives the same again for the same seed (mulberry32). */
export interface Random {
	/** A whole number from 0 up to, and without, `end`. */
	below(end: number): number;
	/** True once in so many times. */
	once(inTimes: number): boolean;
	/** One of them; undefined of none. */
	pick<T>(from: readonly T[]): T;
	/** Between `least` and `most` of what `make` makes. */
	some<T>(least: number, most: number, make: () => T): T[];
}

export function randomFrom(seed: number, at: number): Random {
	let state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(at + 1, 0x85ebca6b)) >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
	};
	const below = (end: number) => Math.floor(next() * end);
	return {
		below,
		once: (inTimes) => below(inTimes) === 0,
		pick: (from) => from[below(from.length)]!,
		some: (least, most, make) => Array.from({ length: least + below(most - least + 1) }, make)
	};
}
