import type { SheetRefusal } from './types.ts';

/** Thrown inside the reading of a file, and told as its reason where the reading began. */
export class Unreadable extends Error {
	readonly reason: SheetRefusal;

	constructor(reason: SheetRefusal, detail = '') {
		super(`${reason} ${detail}`.trim());
		this.reason = reason;
	}
}
