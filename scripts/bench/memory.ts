import { readFileSync, writeFileSync } from 'node:fs';

/** What a process holds in memory, in megabytes; Linux alone tells. */
export interface Held {
	now: number;
	/** At most, since it started or since `forgetPeak`. */
	peak: number;
}

export function heldBy(pid: number): Held {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const read = (name: string) =>
		Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
	return { now: read('VmRSS'), peak: read('VmHWM') };
}

export function forgetPeak(pid: number): void {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
