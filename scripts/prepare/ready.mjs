import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone } from './alone.mjs';
import { NotReady } from './not-ready.mjs';
import { isLinked, linkOwnNode } from './own-node.mjs';
import { install, isInstalled } from './packages.mjs';
import { build, isBuilt } from './sources.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Installs the locked packages when they are not the installed ones, and builds when the sources changed.
 * Runs on any Node from 18 on; everything else runs on the Node it installs. Speaks on standard error
 * alone; a clone that cannot be made ready ends the process with 1 and one line.
 */
export async function prepare() {
	try {
		await makeReady(ROOT);
	} catch (error) {
		if (!(error instanceof NotReady)) throw error;
		if (error.output) console.error(error.output);
		console.error(`Halqa is not ready. ${error.message}`);
		process.exitCode = 1;
	}
}

/** @param {string} root */
async function makeReady(root) {
	if (isInstalled(root) && isLinked(root) && isBuilt(root)) return;
	await alone(root, async (folder, signal) => {
		if (!isInstalled(root)) await install(root, folder, signal);
		if (!isLinked(root)) linkOwnNode(root);
		if (!isBuilt(root)) await build(root, signal);
	});
}
