/**
 * Makes a clone ready to run: installs the locked packages when they are not the installed ones, builds
 * when the sources changed. Plain built-ins, so that any Node from 18 on can run it; what it
 * installs brings the Node that everything else runs on.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = [
	'src',
	'static',
	'messages',
	'project.inlang/settings.json',
	'svelte.config.js',
	'vite.config.ts',
	'tsconfig.json',
	'package.json',
	'package-lock.json'
];
const NOT_BUILT = /(^src\/lib\/paraglide$)|(\.test\.ts$)/;
const WINDOWS = process.platform === 'win32';

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) prepare(ROOT);

/** @param {string} root */
function prepare(root) {
	if (!isInstalled(root)) install(root);
	if (process.argv.includes('--no-build')) return; // what needs no page must not rebuild below a running app
	const stamp = join(root, 'build/.sources');
	const hash = hashOfSources(root);
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
	build(root);
	writeFileSync(stamp, hash);
}

/**
 * True when every package of the lockfile is installed in its locked version, by npm's own record of
 * what it put into node_modules. Optional packages of other platforms are absent by right.
 * @param {string} root
 */
export function isInstalled(root) {
	const record = join(root, 'node_modules/.package-lock.json');
	if (!existsSync(record) || !existsSync(ownNode(root))) return false;
	const wanted = readJson(join(root, 'package.json'));
	const { '': declared, ...locked } = readJson(join(root, 'package-lock.json')).packages;
	for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'])
		if (JSON.stringify(declared[kind]) !== JSON.stringify(wanted[kind])) return false;
	const installed = readJson(record).packages;
	return Object.entries(locked).every(([path, { version, optional }]) =>
		installed[path] ? installed[path].version === version : optional
	);
}

/**
 * One hash over names and contents, so that a fresh checkout of the same sources counts as unchanged.
 * @param {string} root
 */
export function hashOfSources(root) {
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

/** @param {string} root */
function install(root) {
	console.log('Installing packages …');
	run(root, WINDOWS ? 'npm.cmd' : 'npm', ['ci', '--include=dev', '--ignore-scripts']);
	if (existsSync(ownNode(root))) return;
	stop(
		`npm could not install Node 26 for ${process.platform} ${process.arch} (an optional dependency). ` +
			'Run `npm ci --include=optional` and read what it says.'
	);
}

/** @param {string} root */
function build(root) {
	console.log('Building …');
	run(root, ownNode(root), ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error']);
	// without its plugin the message compiler warns, and the build is green with no text in it
	if (
		!readdirSync(join(root, 'src/lib/paraglide/messages')).some((name) =>
			/^[a-z]\w*\.js$/.test(name)
		)
	)
		stop('No messages were compiled: see "modules" in project.inlang/settings.json.');
}

/** @param {string} root */
function ownNode(root) {
	return join(root, 'node_modules/.bin', WINDOWS ? 'node.cmd' : 'node');
}

/**
 * Runs quietly; what it said is shown when it fails.
 * @param {string} root
 * @param {string} command
 * @param {string[]} args
 */
function run(root, command, args) {
	const { status, error, stdout, stderr } = spawnSync(command, args, {
		cwd: root,
		stdio: ['ignore', 'pipe', 'pipe'],
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024,
		shell: WINDOWS
	});
	if (status === 0) return;
	console.error(stdout, stderr);
	stop(`${command} ${args[0]} failed${error ? `: ${error.message}` : ''}`);
}

/**
 * @param {string} text
 * @returns {never}
 */
function stop(text) {
	console.error(`Halqa is not ready. ${text}`);
	process.exit(1);
}

/** @param {string} path */
function readJson(path) {
	return JSON.parse(readFileSync(path, 'utf8'));
}
