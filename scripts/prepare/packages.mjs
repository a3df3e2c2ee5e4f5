import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { delimiter, join } from 'node:path';
import { cannotRun, isMusl, nodePackage, refusal } from './machine.mjs';
import { NotReady } from './not-ready.mjs';
import { findNpm } from './npm.mjs';
import { ownNode } from './own-node.mjs';
import { run } from './run.mjs';
/** @import { Machine } from './machine.mjs' */
/** @typedef {{ version: string, optional?: boolean, os?: string | string[], cpu?: string | string[], libc?: string | string[] }} Locked */

const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies'];
/** Without a connection npm would say so after 70 seconds. */
const SOON = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];
const RECORD = 'node_modules/.package-lock.json';

/**
 * True when every package of the lockfile is installed in its locked version, by npm's own record of
 * what it put into node_modules. What may be missing are optional packages made for other machines, and
 * the optional packages those need.
 * @param {string} root
 * @param {Machine} [machine]
 */
export function isInstalled(root, machine = process) {
	if (!existsSync(join(root, RECORD)) || !existsSync(ownNode(root, machine))) return false;
	const wanted = readJson(join(root, 'package.json'));
	const { '': declared, ...locked } = lockedPackages(root);
	if (KINDS.some((kind) => JSON.stringify(declared[kind]) !== JSON.stringify(wanted[kind])))
		return false;
	const installed = readJson(join(root, RECORD)).packages;
	return Object.entries(locked).every(([path, entry]) =>
		installed[path] ? installed[path].version === entry.version : mayBeMissing(entry, machine)
	);
}

/**
 * Installs the locked packages below `root`. An old Node makes npm leave out optional packages, compiled
 * ones too, so the project's Node comes first, into `folder`, and then installs all the rest.
 * @param {string} root
 * @param {string} folder
 * @param {AbortSignal} signal
 */
export async function install(root, folder, signal) {
	const npm = findNpm(root);
	const { platform, arch } = process;
	const reason = refusal({ platform, arch, musl: isMusl(), npm: npm?.version ?? null });
	if (reason || !npm) throw new NotReady(reason ?? '');
	const node = await fetchOwnNode(root, folder, npm.script, signal);
	console.error('Installing packages …');
	rmSync(join(root, RECORD), { force: true }); // so that an interrupted installation does not count as one
	await run(
		node,
		[npm.script, 'ci', '--ignore-scripts', '--include=dev', '--include=optional'],
		// a distribution's Node may look in folders of its own for the parts of its npm
		{ cwd: root, signal, env: { NODE_PATH: whereNodeLooks().join(delimiter) } }
	);
	if (!isInstalled(root))
		throw new NotReady(
			'npm left out packages of package-lock.json: run `npm ci` and read what it says.'
		);
}

/**
 * The project's Node alone, in its locked version and with its locked checksum; gives the path to it.
 * @param {string} root
 * @param {string} folder
 * @param {string} npm
 * @param {AbortSignal} signal
 */
async function fetchOwnNode(root, folder, npm, signal) {
	const name = nodePackage(process) ?? '';
	const path = `node_modules/${name}`;
	const { optional, ...entry } = lockedPackages(root)[path];
	console.error(`Installing Node ${entry.version} …`);
	const project = { name: 'halqa-node', private: true, dependencies: { [name]: entry.version } };
	const lock = { lockfileVersion: 3, packages: { '': project, [path]: entry } };
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
	writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
	if (existsSync(join(root, '.npmrc'))) copyFileSync(join(root, '.npmrc'), join(folder, '.npmrc'));
	await run(process.execPath, [npm, 'ci', '--ignore-scripts', ...SOON], { cwd: folder, signal });
	await run(ownNode(folder), ['--version'], { cwd: folder, signal }).catch((error) => {
		throw signal.aborted
			? error
			: new NotReady(cannotRun(entry.version, error.output), error.output);
	});
	return ownNode(folder);
}

/** @returns {string[]} */
function whereNodeLooks() {
	return 'globalPaths' in Module ? /** @type {string[]} */ (Module.globalPaths) : [];
}

/**
 * @param {Locked} entry
 * @param {Machine} machine
 */
function mayBeMissing({ optional, os, cpu, libc }, { platform, arch }) {
	if (!optional) return false;
	const forThis = fits(os, platform) && fits(cpu, arch) && fits(libc, 'glibc');
	return !forThis || !(os || cpu);
}

/**
 * @param {string | string[] | undefined} names
 * @param {string} name
 */
function fits(names, name) {
	return names === undefined || [names].flat().includes(name);
}

/** @param {string} root */
function lockedPackages(root) {
	return readJson(join(root, 'package-lock.json')).packages;
}

/** @param {string} path */
function readJson(path) {
	return JSON.parse(readFileSync(path, 'utf8'));
}
