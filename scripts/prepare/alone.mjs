import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * A lock: runs `work` while no other process does below the same `root`, and waits for one that does. The
 * lock is a folder for the work's own files that holds a file named after its process; one whose process
 * is gone is taken over. `work` also gets a signal that says when it has to stop.
 * @template T
 * @param {string} root
 * @param {(folder: string, signal: AbortSignal) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(root, work) {
	const folder = join(root, '.prepare');
	for (let told = false; !take(folder); told = true) {
		if (!told)
			console.error(
				`Process ${ownerOf(folder)} is making this clone ready: waiting for it. (If it is none of Halqa’s, delete ${folder}.)`
			);
		await sleep(200);
	}
	const interruption = new AbortController();
	const interrupt = () => interruption.abort();
	for (const name of SIGNALS) process.once(name, interrupt);
	try {
		return await work(folder, interruption.signal);
	} finally {
		for (const name of SIGNALS) process.off(name, interrupt);
		release(folder);
	}
}

/**
 * Each way in is one renaming, so that of several processes one succeeds.
 * @param {string} folder
 */
function take(folder) {
	const owner = ownerOf(folder);
	if (owner !== null && isAlive(owner)) return false;
	if (owner !== null) return takeOver(folder, owner);
	const candidate = mkdtempSync(`${folder}-`);
	writeFileSync(join(candidate, nameOf(process.pid)), '');
	if (renamed(candidate, folder)) return true;
	rmSync(candidate, { recursive: true });
	return false;
}

/**
 * @param {string} folder
 * @param {number} owner
 */
function takeOver(folder, owner) {
	const mine = join(folder, nameOf(process.pid));
	if (!renamed(join(folder, nameOf(owner)), mine)) return false;
	empty(folder, basename(mine));
	return true;
}

/** @param {string} folder */
function release(folder) {
	empty(folder, nameOf(process.pid));
	const gone = `${folder}-${process.pid}`;
	renameSync(folder, gone);
	rmSync(gone, { recursive: true });
}

/**
 * @param {string} folder
 * @param {string} but
 */
function empty(folder, but) {
	for (const name of readdirSync(folder))
		if (name !== but) rmSync(join(folder, name), { recursive: true, force: true });
}

/**
 * The process that holds the lock; null when none does.
 * @param {string} folder
 */
function ownerOf(folder) {
	try {
		const [owner] = readdirSync(folder).flatMap((name) => /^process-(\d+)$/.exec(name)?.[1] ?? []);
		return owner === undefined ? null : Number(owner);
	} catch {
		return null; // released just now
	}
}

/** @param {number} pid */
function nameOf(pid) {
	return `process-${pid}`;
}

/**
 * A dead process may have had the number this one got.
 * @param {number} pid
 */
function isAlive(pid) {
	if (pid === process.pid) return false;
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
	}
}

/**
 * @param {string} from
 * @param {string} to
 */
function renamed(from, to) {
	try {
		renameSync(from, to);
		return true;
	} catch {
		return false;
	}
}
