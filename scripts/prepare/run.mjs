import { spawn } from 'node:child_process';
import { NotReady } from './not-ready.mjs';

const NO_CONNECTION =
	/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b/;

/**
 * Runs a tool quietly to its end. When it fails, or is stopped by the signal, what it said comes with the
 * error.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, signal: AbortSignal, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<void>}
 */
export function run(command, args, { cwd, signal, env = {} }) {
	const child = spawn(command, args, {
		cwd,
		signal,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, ...env }
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (text) => (said += text));
	child.once('error', (error) => (said += error.message));
	return new Promise((resolve, reject) => {
		child.once('close', (code) => {
			if (code === 0) resolve();
			else if (signal.aborted) reject(new NotReady('It was interrupted: run the command again.'));
			else reject(failure([command, ...args].join(' '), said));
		});
	});
}

/**
 * What a tool that failed had to say, as one line with what to do; in full where no such line is known.
 * @param {string} command
 * @param {string} said
 */
export function failure(command, said) {
	const network = NO_CONNECTION.exec(said)?.[1];
	if (network)
		return new NotReady(
			`The package registry does not answer (${network}): connect to the internet, or tell npm about your proxy, and run the same command again.`
		);
	if (said.includes('Exit handler never called'))
		return new NotReady(
			'npm gave up without a reason, as it does when a connection breaks: check the connection and run the same command again.'
		);
	if (/\bENOSPC\b/.test(said))
		return new NotReady(
			'The disk is full: make room (it takes about 1 GB) and run the command again.'
		);
	return new NotReady(`\`${command}\` failed: what it says is above.`, said.trim());
}
