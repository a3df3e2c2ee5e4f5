import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
	folder: string;
	/** Takes what is left, to the last byte. */
	fill(): void;
	/** Gives that back. */
	free(): void;
	remove(): void;
}

/** A disk of so many MiB in memory; null, and said aloud, where nobody may mount one. */
export function smallDisk(mebibytes: number): SmallDisk | null {
	const folder = mkdtempSync(join(tmpdir(), 'halqa-disk-'));
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder], {
			stdio: ['ignore', 'ignore', 'pipe']
		});
	} catch (error) {
		rmSync(folder, { recursive: true });
		console.error(`\n!!! NOT TESTED on a full disk: mounting needs root. ${String(error)}\n`);
		return null;
	}
	const filler = join(folder, 'filler');
	return {
		folder,
		fill() {
			const descriptor = openSync(filler, 'a');
			const block = Buffer.alloc(4096, 1);
			try {
				for (;;) writeSync(descriptor, block);
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
			} finally {
				closeSync(descriptor);
			}
		},
		free: () => rmSync(filler),
		remove() {
			execFileSync('umount', ['--lazy', folder]);
			rmSync(folder, { recursive: true });
		}
	};
}
