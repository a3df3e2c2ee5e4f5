import { spawn } from 'node:child_process';

export interface Started {
	/** Null when it ended before it listened. */
	origin: string | null;
	/** What it printed on both streams until it listened or ended. */
	said: string;
	seconds: number;
	/** Ends it and everything it started; gives npm's exit code, null when a signal ended that. */
	stop(): Promise<number | null>;
}

/** Runs `npm start` in a clone, on a free port, and waits until it listens or has ended. */
export async function npmStart(clone: string, env: NodeJS.ProcessEnv): Promise<Started> {
	const began = performance.now();
	const child = spawn('npm', ['start'], {
		cwd: clone,
		detached: true, // a process group of its own, as in a terminal
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...env, PORT: '0', HALQA_DRAIN_SECONDS: '0' }
	});
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
	let said = '';
	const listening = new Promise<string>((resolve) => {
		for (const stream of [child.stdout, child.stderr])
			stream.setEncoding('utf8').on('data', (text: string) => {
				said += text;
				const origin = /listening on (\S+)\n/.exec(said)?.[1];
				if (origin) resolve(origin);
			});
	});
	const origin = await Promise.race([listening, ended.then(() => null)]);
	return {
		origin,
		said,
		seconds: (performance.now() - began) / 1000,
		stop: async () => {
			if (origin) process.kill(-child.pid!, 'SIGTERM');
			return ended;
		}
	};
}
