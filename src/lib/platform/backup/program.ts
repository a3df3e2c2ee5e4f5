import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

interface Options<T> {
	signal: AbortSignal;
	env?: NodeJS.ProcessEnv;
	/** Reads standard output to its end. */
	read: (output: AsyncIterable<Buffer>) => Promise<T>;
}

/**
 * Runs a program and answers what `read` made of its output. Fails with the first line it complains with
 * when it ends in any other way than 0; `signal` ends it.
 */
export async function runProgram<T>(
	command: string,
	args: string[],
	{ signal, env, read }: Options<T>
): Promise<T> {
	const child = spawn(command, args, {
		stdio: ['ignore', 'pipe', 'pipe'],
		signal,
		env: { ...process.env, ...env }
	});
	const closed = once(child, 'close') as Promise<[number | null]>;
	try {
		const [result, complaint, [code]] = await Promise.all([
			read(child.stdout),
			text(child.stderr),
			closed
		]);
		if (code === 0) return result;
		throw new Error(complaint.trim().split('\n')[0] || `${command} ended with ${code}`);
	} finally {
		child.kill();
	}
}
