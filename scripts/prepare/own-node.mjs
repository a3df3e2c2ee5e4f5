import {
	existsSync,
	linkSync,
	mkdirSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { nodePackage } from './machine.mjs';
/** @import { Machine } from './machine.mjs' */

/**
 * Where the Node of the project is once it is installed below `root`.
 * @param {string} root
 * @param {Machine} [machine]
 */
export function ownNode(root, machine = process) {
	return join(root, 'node_modules', nodePackage(machine) ?? 'node', 'bin', executable(machine));
}

/**
 * True when scripts of npm find the project's Node as `node`. npm itself may link none, because several
 * packages of other platforms claim the same name, or another one.
 * @param {string} root
 * @param {Machine} [machine]
 */
export function isLinked(root, machine = process) {
	const [link, node] = [linkOf(root, machine), ownNode(root, machine)];
	if (!existsSync(link) || !existsSync(node)) return false;
	return statSync(link).ino === statSync(node).ino;
}

/**
 * Puts the project's Node where scripts of npm look first. The packages must be installed.
 * @param {string} root
 * @param {Machine} [machine]
 */
export function linkOwnNode(root, machine = process) {
	const link = linkOf(root, machine);
	mkdirSync(dirname(link), { recursive: true });
	rmSync(link, { force: true });
	if (machine.platform !== 'win32')
		return symlinkSync(relative(dirname(link), ownNode(root, machine)), link);
	linkSync(ownNode(root, machine), link); // symbolic links need a privilege there
	writeFileSync(join(dirname(link), 'exec.cmd'), '@%*\r\n'); // scripts say `exec node …`, for signals
}

/**
 * @param {string} root
 * @param {Machine} machine
 */
function linkOf(root, machine) {
	return join(root, 'node_modules/.bin', executable(machine));
}

/** @param {Machine} machine */
function executable({ platform }) {
	return platform === 'win32' ? 'node.exe' : 'node';
}
