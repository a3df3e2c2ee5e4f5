import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { NOTHING, plus, type Count } from './counts.ts';

export const ROOT = join(import.meta.dirname, '..');

/** Runs parts of the checks one after the other, each streaming its output, and adds up what they found. */
export async function inOrder(parts: (() => Promise<Count>)[]): Promise<Count> {
	let count = NOTHING;
	for (const part of parts) count = plus(count, await part());
	return count;
}

/** Ends a run with the seconds of each part; the last line says `N passed, N failed`. With CI=true what was skipped counts as failed. */
export function conclude({ passed, failed, skipped }: Count): void {
	console.log(`\n${secondsOfParts().join('\n')}`);
	const strict = process.env['CI'] === 'true';
	const bad = failed + (strict ? skipped : 0);
	if (skipped > 0) console.log(`\n${skipped} skipped${strict ? ', counted as failed' : ''}`);
	console.log(`\n${passed} passed, ${bad} failed`);
	process.exitCode = bad > 0 ? 1 : 0;
}

const begun: { title: string; at: number }[] = [];

/** Begins a part of the run. */
export function heading(title: string): void {
	begun.push({ title: title.trim(), at: performance.now() });
	console.log(`\n— ${title.trim()}`);
}

function secondsOfParts(): string[] {
	const now = performance.now();
	return begun.map(({ title, at }, nth) => {
		const seconds = ((begun[nth + 1]?.at ?? now) - at) / 1000;
		return `${seconds.toFixed(0).padStart(5)} s  ${title}`;
	});
}

/** Runs an installed tool with its output on ours; true when it ends well. */
export function run(
	command: string,
	args: string[],
	env: NodeJS.ProcessEnv = {}
): Promise<boolean> {
	const path = join(ROOT, 'node_modules/.bin', command);
	const child = spawn(process.platform === 'win32' ? `${path}.cmd` : path, args, {
		cwd: ROOT,
		stdio: ['ignore', 'inherit', 'inherit'],
		shell: process.platform === 'win32',
		env: { ...process.env, ...env }
	});
	return new Promise((resolve) => {
		child.once('error', () => resolve(false));
		child.once('close', (code) => resolve(code === 0));
	});
}
