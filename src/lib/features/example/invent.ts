/** What makes the example repeatable: ids from names, chance from a seed. Server only: node:crypto. */
import { createHash } from 'node:crypto';
import type { TextsJson } from '../../platform/db/schema.ts';
import { textsJson } from '../../platform/i18n/texts.ts';

/** The id of an example row, always the same for a name; a version 8 UUID. */
export function exampleId(name: string): string {
	const hex = createHash('sha256').update(`halqa example ${name}`).digest('hex');
	const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`8${hex.slice(13, 16)}`,
		`${variant}${hex.slice(17, 20)}`,
		hex.slice(20, 32)
	].join('-');
}

/** A text in three languages, as stored. */
export function texts(en: string, fr: string, ar: string): TextsJson {
	return textsJson({ en, fr, ar });
}

export interface Dice {
	/** A number from 0 up to, not including, 1. */
	roll(): number;
	/** A whole number, both ends included. */
	between(low: number, high: number): number;
	pick<T>(from: readonly T[]): T;
}

/** A small seeded generator (mulberry32): the same seed gives the same sequence everywhere. */
export function dice(seed: string): Dice {
	let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
	function roll(): number {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	}
	return {
		roll,
		between: (low, high) => low + Math.floor(roll() * (high - low + 1)),
		pick: (from) => from[Math.floor(roll() * from.length)]!
	};
}
