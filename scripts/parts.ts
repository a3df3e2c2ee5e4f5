import { spawn, type StdioOptions } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { NOTHING, ofOne, plus, type Count } from './counts.ts';

export const ROOT = join(import.meta.dirname, '..');

/** Runs parts of the checks one after the other, each streaming its output, and adds up what they found. */
export async function inOrder(parts: (() => Promise<Count>)[]): Promise<Count> {
	let count = NOTHING;
	for (const part of parts) count = plus(count, await part());
	return count;
}

/** One check among others that run beside it: whether it is well, and what it has to say. */
export interface Check {
	title: string;
	run(): Promise<Outcome>;
	/** Readies something and finds nothing out: it is not counted. */
	isPreparation?: true;
}

export interface Outcome {
	ok: boolean;
	said: string;
}

/** Runs checks on every core, the first first. Each speaks when it is over, so that none talks into another. */
export async function sideBySide(checks: readonly Check[]): Promise<Count> {
	const waiting = [...checks];
	let count = NOTHING;
	const lane = async () => {
		for (let check = waiting.shift(); check; check = waiting.shift()) {
			const began = performance.now();
			const { ok, said } = await check.run();
			console.log(`\n— ${check.title}${said && `\n${said.trimEnd()}`}`);
			noteSeconds(check.title, secondsSince(began));
			if (!check.isPreparation) count = plus(count, ofOne(ok));
		}
	};
	await Promise.all(Array.from({ length: availableParallelism() }, lane));
	return count;
}

/** Ends a run with the seconds of each part; the last line says `N passed, N failed`. With CI=true what was skipped counts as failed. */
export function conclude({ passed, failed, skipped }: Count): void {
	endPart();
	console.log(`\n${table.join('\n')}`);
	const strict = process.env['CI'] === 'true';
	const bad = failed + (strict ? skipped : 0);
	if (skipped > 0) console.log(`\n${skipped} skipped${strict ? ', counted as failed' : ''}`);
	console.log(`\n${passed} passed, ${bad} failed`);
	process.exitCode = bad > 0 ? 1 : 0;
}

const table: string[] = [];
let part: { title: string; began: number; within: string[] } | undefined;

/** Begins a part of the run. */
export function heading(title: string): void {
	endPart();
	part = { title, began: performance.now(), within: [] };
	console.log(`\n— ${title}`);
}

/** Notes what something within the part that runs took; such things go side by side. */
export function noteSeconds(title: string, seconds: number): void {
	part?.within.push(`        ${line(title, seconds)}`);
}

function endPart(): void {
	if (part) table.push(line(part.title, secondsSince(part.began)), ...part.within);
	part = undefined;
}

function line(title: string, seconds: number): string {
	return `${seconds.toFixed(0).padStart(5)} s  ${title}`;
}

function secondsSince(began: number): number {
	return (performance.now() - began) / 1000;
}

/** Runs an installed tool with its output on ours; true when it ends well. */
export async function run(
	command: string,
	args: string[],
	env: NodeJS.ProcessEnv = {}
): Promise<boolean> {
	return (await ended(start(command, args, ['ignore', 'inherit', 'inherit'], env))).ok;
}

/** Runs an installed tool and keeps what it says. */
export function listenTo(command: string, ...args: string[]): Promise<Outcome> {
	return ended(start(command, args, ['ignore', 'pipe', 'pipe']));
}

function start(command: string, args: string[], stdio: StdioOptions, env: NodeJS.ProcessEnv = {}) {
	const path = join(ROOT, 'node_modules/.bin', command);
	return spawn(process.platform === 'win32' ? `${path}.cmd` : path, args, {
		cwd: ROOT,
		stdio,
		shell: process.platform === 'win32',
		env: { ...process.env, ...env }
	});
}

function ended(child: ReturnType<typeof start>): Promise<Outcome> {
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
	return new Promise((resolve) => {
		child.once('error', (error) => resolve({ ok: false, said: said + String(error) }));
		child.once('close', (code) => resolve({ ok: code === 0, said }));
	});
}
