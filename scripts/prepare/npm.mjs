import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The npm of this machine: its script, which any Node can run, and its version. Null where there is none.
 * @param {string} root
 */
export function findNpm(root) {
	const given = process.env['npm_execpath'];
	const script = given?.endsWith('npm-cli.js') ? given : askNpm(root);
	if (!script) return null;
	/** @type {{ version: string }} */
	const { version } = JSON.parse(readFileSync(join(dirname(script), '../package.json'), 'utf8'));
	return { script, version };
}

/**
 * For a start by hand or by another package manager. The command `npm` may be a version manager's, so it
 * is asked rather than looked for.
 * @param {string} root
 */
function askNpm(root) {
	const windows = process.platform === 'win32';
	const { stdout } = spawnSync(windows ? 'npm.cmd' : 'npm', ['run', 'env', '--silent'], {
		cwd: root,
		encoding: 'utf8',
		shell: windows
	});
	return /^npm_execpath=(.+?)\r?$/m.exec(stdout ?? '')?.[1];
}
