import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { alone } from './alone.mjs';

let root: string;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'halqa-alone-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function heldBy(pid: number): string {
	const folder = join(root, '.prepare');
	mkdirSync(folder);
	writeFileSync(join(folder, `process-${pid}`), '');
	writeFileSync(join(folder, 'half a package'), '');
	return folder;
}

it('gives the work an empty folder, and leaves nothing behind', async () => {
	const files = await alone(root, async (folder) => readdirSync(folder));
	expect(files).toEqual([`process-${process.pid}`]);
	expect(readdirSync(root)).toEqual([]);
});

it('leaves nothing behind either when the work fails', async () => {
	const failing = alone(root, async () => Promise.reject(new Error('no disk')));
	await expect(failing).rejects.toThrow('no disk');
	expect(readdirSync(root)).toEqual([]);
});

it('takes over from a process that is gone, and clears what that left', async () => {
	const { pid } = spawnSync(process.execPath, ['--version']);
	heldBy(pid);
	const files = await alone(root, async (folder) => readdirSync(folder));
	expect(files).toEqual([`process-${process.pid}`]);
});

it('waits for a process that lives, saying so once', async () => {
	const said = vi.spyOn(console, 'error').mockReturnValue();
	const folder = heldBy(process.ppid);
	const order: string[] = [];
	const waiting = alone(root, async () => void order.push('the one who waited'));
	await vi.waitFor(() => expect(said).toHaveBeenCalledOnce());
	expect(existsSync(join(folder, 'half a package'))).toBe(true);
	order.push('the one before');
	rmSync(folder, { recursive: true });
	await waiting;
	expect(order).toEqual(['the one before', 'the one who waited']);
	expect(said).toHaveBeenCalledOnce();
	expect(said.mock.calls[0]![0]).toContain(`Process ${process.ppid} is making this clone ready`);
});
