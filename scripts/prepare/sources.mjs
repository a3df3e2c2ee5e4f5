import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NotReady } from './not-ready.mjs';
import { ownNode } from './own-node.mjs';
import { run } from './run.mjs';

const SOURCES = [
	'src',
	'static',
	'messages',
	'project.inlang/settings.json',
	'svelte.config.js',
	'vite.config.ts',
	'scripts/bundle',
	'tsconfig.json',
	'package.json',
	'package-lock.json'
];
const NOT_BUILT = /(^src\/lib\/paraglide$)|(\.test\.ts$)/;
const STAMP = 'build/.sources';

/**
 * True when the build below `root` is one of the sources as they are.
 * @param {string} root
 */
export function isBuilt(root) {
	const stamp = join(root, STAMP);
	return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOfSources(root);
}

/**
 * @param {string} root
 * @param {AbortSignal} signal
 */
export async function build(root, signal) {
	console.error('Building …');
	const hash = hashOfSources(root);
	const vite = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'];
	await run(ownNode(root), vite, { cwd: root, signal });
	// without its plugin the message compiler warns, and the build is green with no text in it
	const messages = readdirSync(join(root, 'src/lib/paraglide/messages'));
	if (!messages.some((name) => /^[a-z]\w*\.js$/.test(name)))
		throw new NotReady('No messages were compiled: see "modules" in project.inlang/settings.json.');
	writeFileSync(join(root, STAMP), hash);
}

/**
 * One hash over names and contents, so that a fresh checkout of the same sources counts as unchanged.
 * @param {string} root
 */
function hashOfSources(root) {
	const hash = createHash('sha256');
	for (const file of SOURCES.flatMap((source) => filesIn(root, source)))
		hash
			.update(`${file}\0`)
			.update(readFileSync(join(root, file)))
			.update('\0');
	return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(root, path) {
	const whole = join(root, path);
	if (NOT_BUILT.test(path) || !existsSync(whole)) return [];
	if (!statSync(whole).isDirectory()) return [path];
	return readdirSync(whole)
		.sort()
		.flatMap((name) => filesIn(root, `${path}/${name}`));
}
