import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runHalqa } from './run.ts';

async function halqa(...line: string[]) {
	const [out, err]: string[][] = [[], []];
	const { signal } = new AbortController();
	const code = await runHalqa(line, {
		say: (text) => out!.push(text),
		warn: (text) => err!.push(text),
		signal
	});
	return { code, out: out!.join('\n'), err: err!.join('\n') };
}

it.each([
	[[], 2, 'A command is missing'],
	[['backupp'], 2, 'There is no command backupp'],
	[['toString'], 2, 'There is no command toString'],
	[['backup'], 2, '--to is missing'],
	[['backup', '--to', 'x', '--fast'], 2, '--fast'],
	[['backup', '--to', 'nowhere'], 1, 'There is no folder nowhere: make it first'],
	[['verify'], 2, 'Needed: FILE'],
	[['verify', 'one', 'two'], 2, 'Needed: FILE'],
	[['restore', 'x'], 2, '--database is missing'],
	[['recount', 'x'], 2, 'x is one too many'],
	[['network'], 2, 'Needed: add, off or list'],
	[['network', 'add', 'claire'], 2, 'claire is no e-mail address'],
	[['network', 'add', 'claire@network.example'], 2, '--name is missing'],
	[['network', 'add', 'c@n.example', '--name', 'C', '--language', 'tlh'], 2, '--language: one of'],
	[['section'], 2, 'Needed: add'],
	[['section', 'drop'], 2, 'there is only section add'],
	[['restore', 'x', '--database', 'mysql://x'], 1, 'DATABASE_URL: must be'],
	[['verify', 'package.json'], 3, 'not a backup'],
	[['verify', 'nowhere.backup'], 1, 'nowhere.backup'],
	[['verify', 'package.json', '--key', 'package.json'], 1, 'does not hold the private half']
])('%j ends with %i and says why', async (line, code, complaint) => {
	const said = await halqa(...line);
	expect(said).toMatchObject({ code, out: '', err: expect.stringContaining(complaint) });
});

it('each command is listed, and has help with its exit codes', async () => {
	const overview = await halqa('--help');
	expect(overview).toMatchObject({ code: 0, err: '' });
	for (const command of [
		'backup',
		'verify',
		'restore',
		'recount',
		'backup-key',
		'network',
		'section'
	]) {
		expect(overview.out).toContain(`  ${command} `);
		const help = await halqa(command, '--help');
		expect(help).toMatchObject({ code: 0, err: '' });
		expect(help.out).toMatch(
			new RegExp(`^npm run halqa -- ${command}\\b[^]+Exit codes\n  0  done`)
		);
	}
});

it('a pair of keys is made once: the private half for its owner alone, the public one on the last line', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'halqa-pair-'));
	try {
		const to = join(folder, 'keys');
		const { code, out } = await halqa('backup-key', '--to', to);
		const path = join(to, 'halqa-backup-private-key.txt');
		expect([code, statSync(path).mode & 0o777]).toEqual([0, 0o600]);
		const publicText = out.split('\n').at(-1)!.replace('HALQA_BACKUP_KEY=', '');
		const before = readFileSync(path, 'utf8');
		expect(before).toContain(publicText);
		expect(await halqa('backup-key', '--to', to)).toMatchObject({ code: 1 });
		expect(readFileSync(path, 'utf8')).toBe(before);
	} finally {
		rmSync(folder, { recursive: true });
	}
});
