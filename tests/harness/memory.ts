import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Scratch {
	folder: string;
	remove(): void;
}

const MEBIBYTE = 1024 * 1024;
/** What all tests together may keep there; they take some tens at a time. */
const ROOM_MEBIBYTES = 2048;
const SHARED = '/dev/shm';
/** PostgreSQL, as a user of its own, has its folder within. */
const THROUGH = 0o711;

/**
 * A folder in memory for what tests write: a PostgreSQL database is some hundred files, and making them costs more than
 * most tests do with them. Null where there is no room or nobody may mount one; then the disk will do.
 */
export function scratchInMemory(): Scratch | null {
	if (process.platform !== 'linux' || process.availableMemory() < 2 * ROOM_MEBIBYTES * MEBIBYTE)
		return null;
	return inSharedMemory() ?? mounted();
}

function inSharedMemory(): Scratch | null {
	try {
		const { bavail, bsize } = statfsSync(SHARED);
		if (bavail * bsize < ROOM_MEBIBYTES * MEBIBYTE) return null;
		const folder = mkdtempSync(join(SHARED, 'halqa-'));
		chmodSync(folder, THROUGH);
		return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
	} catch {
		return null;
	}
}

function mounted(): Scratch | null {
	if (process.getuid?.() !== 0) return null;
	const folder = mkdtempSync(join(tmpdir(), 'halqa-memory-'));
	try {
		const size = `size=${ROOM_MEBIBYTES}m`;
		execFileSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', folder], { stdio: 'ignore' });
		chmodSync(folder, THROUGH);
	} catch {
		rmSync(folder, { recursive: true });
		return null;
	}
	return {
		folder,
		remove() {
			execFileSync('umount', ['--lazy', folder]);
			rmSync(folder, { recursive: true });
		}
	};
}
