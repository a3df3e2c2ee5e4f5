import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { failure, run } from './run.mjs';

function node(script: string, signal = new AbortController().signal): Promise<void> {
	return run(process.execPath, ['-e', script], { cwd: tmpdir(), signal });
}

describe('a tool', () => {
	it('that ends well was quiet', async () => {
		await expect(node('console.log(1)')).resolves.toBeUndefined();
	});

	it('that fails shows what it said', async () => {
		const failing = node('console.error("no such flag"); process.exit(3)');
		await expect(failing).rejects.toMatchObject({ output: 'no such flag' });
	});

	it('that does not exist is named', async () => {
		const { signal } = new AbortController();
		const failing = run('no-such-tool', ['ci'], { cwd: tmpdir(), signal });
		await expect(failing).rejects.toThrow('`no-such-tool ci` failed');
	});

	it('ends when we are interrupted', async () => {
		const interruption = new AbortController();
		const waiting = node('setInterval(() => {}, 1000)', interruption.signal);
		interruption.abort();
		await expect(waiting).rejects.toThrow('It was interrupted');
	});
});

describe('what npm says when it fails', () => {
	it.each([
		[
			'npm error code EAI_AGAIN\nnpm error …',
			/^The package registry does not answer \(EAI_AGAIN\): connect/
		],
		['npm error Exit handler never called!', /^npm gave up.+check the connection/],
		['npm error ENOSPC: no space left on device', /^The disk is full: make room/]
	])('becomes one line: %s', (said, line) => {
		expect(failure('npm ci', said)).toMatchObject({
			message: expect.stringMatching(line),
			output: ''
		});
	});

	it('is shown when it is something else', () => {
		expect(failure('npm ci', 'npm error EINTEGRITY\n').output).toBe('npm error EINTEGRITY');
	});
});
