import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { partialOf, removeLeftovers, workFolder } from './partial.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'halqa-partial-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Of a process that was and is no more. */
function ofAnother(path: string): string {
	const { pid } = spawnSync(process.execPath, ['--version']);
	return partialOf(path).replace(`-${process.pid}.`, `-${pid}.`);
}

it('removes what killed runs left, and nothing that somebody works at or that is whole', () => {
	const mine = partialOf(join(folder, 'halqa-2.backup'));
	const killed = ofAnother(join(folder, 'halqa-1.backup'));
	const elsewhere = join(folder, 'halqa-3.backup.otherhost-77.partial');
	const forgotten = join(folder, 'halqa-4.backup.otherhost-78.partial');
	const whole = join(folder, 'halqa-0.backup');
	for (const path of [mine, killed, elsewhere, forgotten, whole]) writeFileSync(path, '');
	utimesSync(forgotten, 0, 0);
	removeLeftovers(folder, 'halqa-');
	expect(readdirSync(folder).map((name) => join(folder, name))).toEqual(
		[mine, elsewhere, whole].sort()
	);
});

it('makes a folder for its owner alone, takes old ones away first, and removes it in the end', () => {
	const killed = `${ofAnother(join(folder, 'backup-work'))}XyZ123`;
	mkdirSync(killed);
	writeFileSync(join(killed, 'database'), 'names');
	{
		using work = workFolder(folder);
		writeFileSync(join(work.path, 'database'), 'names');
		expect(readdirSync(folder)).toHaveLength(1);
	}
	expect(readdirSync(folder)).toEqual([]);
});
