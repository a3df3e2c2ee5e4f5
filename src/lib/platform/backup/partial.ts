import {
	closeSync,
	fsyncSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readdirSync,
	renameSync,
	rmSync,
	statSync
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';

const HOST = hostname().replaceAll(/[^A-Za-z0-9]/g, '_');
const PARTIAL = /\.([A-Za-z0-9_]+)-(\d+)\.partial[A-Za-z0-9]*$/;
const DAY_MS = 24 * 60 * 60_000;

/** What a file or folder is called until it is whole: its name, and which process of which machine works at it. */
export function partialOf(path: string): string {
	return `${path}.${HOST}-${process.pid}.partial`;
}

/**
 * Removes what runs that were killed left in a folder under names beginning with `start`: those of this machine
 * whose process is gone, and any that nobody has touched for a day.
 */
export function removeLeftovers(folder: string, start: string): void {
	for (const name of readdirSync(folder)) {
		const [, host, pid] = PARTIAL.exec(name) ?? [];
		if (!host || !name.startsWith(start)) continue;
		const path = join(folder, name);
		const isOver = host === HOST ? !runs(Number(pid)) : isOld(path);
		if (isOver) rmSync(path, { recursive: true, force: true });
	}
}

/** A folder of one's own (mode 0700) below `parent` for plain content on its way; gone when it is disposed of. */
export function workFolder(parent: string): { path: string } & Disposable {
	mkdirSync(parent, { recursive: true });
	const start = 'backup-work';
	removeLeftovers(parent, start);
	const path = mkdtempSync(partialOf(join(parent, start)));
	return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Removes a partial file or folder when the block ends, if it is still there. */
export function removedAtEnd(path: string): { path: string } & Disposable {
	return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Gives a partial file or folder its name once it is on the disk, at once and for good. */
export function makeWhole(partial: string, path: string): void {
	syncPath(partial);
	renameSync(partial, path);
	syncPath(dirname(path));
}

function syncPath(path: string): void {
	const file = openSync(path, 'r');
	fsyncSync(file);
	closeSync(file);
}

function runs(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

function isOld(path: string): boolean {
	return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > DAY_MS;
}
