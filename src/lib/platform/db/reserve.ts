import { AsyncLocalStorage } from 'node:async_hooks';
import { randomFillSync } from 'node:crypto';
import {
	closeSync,
	fsyncSync,
	ftruncateSync,
	openSync,
	statfsSync,
	statSync,
	writeSync
} from 'node:fs';
import { dirname } from 'node:path';

const MIB = 1024 * 1024;
/** Hundreds of wishes to talk: as long as SQLite's log grows before it is folded into the database and used again. */
const RESERVE_BYTES = 4 * MIB;
/** Given up at a time, so that whatever else fills the disk takes little of it. */
const STEP_BYTES = MIB / 4;
/** What must be free besides before the reserve is taken back. */
const SPARE_BYTES = 4 * MIB;

/**
 * Space kept for what must be stored on a full disk: a file of real blocks beside the database, cut shorter
 * when it is needed. Its length is all there is to know, so that two processes agree. From the first cut on
 * every other write is refused, until there is room to take back what was cut. Without the file nothing is kept.
 */
export class Reserve {
	readonly #file: string;

	constructor(databaseFile: string) {
		this.#file = `${databaseFile}-reserve`;
	}

	/** Makes the file whole again if the disk has room; true when it is whole. */
	refill(): boolean {
		const missing = RESERVE_BYTES - (this.#size() ?? 0);
		if (missing <= 0) return true;
		const descriptor = openSync(this.#file, 'a', 0o600);
		try {
			if (this.#freeBytes() < missing + SPARE_BYTES) return false;
			// Random, for file systems that store zeros as nothing.
			const block = randomFillSync(Buffer.alloc(STEP_BYTES));
			for (let left = missing; left > 0;)
				left -= writeSync(descriptor, block, 0, Math.min(left, block.length));
			fsyncSync(descriptor);
			return true;
		} catch {
			return false; // somebody else was faster; the next write tries again
		} finally {
			closeSync(descriptor);
		}
	}

	/** Gives some of it up; false when nothing is left. */
	release(): boolean {
		const size = this.#size() ?? 0;
		if (size === 0) return false;
		const descriptor = openSync(this.#file, 'r+');
		try {
			ftruncateSync(descriptor, Math.max(0, size - STEP_BYTES));
		} finally {
			closeSync(descriptor);
		}
		return true;
	}

	/** Whether what was given up is missed still: then the disk counts as full for whatever can wait. */
	isMissed(): boolean {
		const size = this.#size();
		return size !== undefined && size < RESERVE_BYTES && !this.refill();
	}

	#size(): number | undefined {
		return statSync(this.#file, { throwIfNoEntry: false })?.size;
	}

	#freeBytes(): number {
		const { bavail, bsize } = statfsSync(dirname(this.#file));
		return bavail * bsize;
	}
}

const entitled = new AsyncLocalStorage<true>();

/** True within `work`: what is written there may use the reserve. */
export function mayUseReserve(): boolean {
	return entitled.getStore() === true;
}

/** Runs work that may use the reserve, and what it calls. */
export function usingReserve<Result>(work: () => Promise<Result>): Promise<Result> {
	return entitled.run(true, work);
}
