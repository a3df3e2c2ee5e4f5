import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { newBackupKeys } from '../../src/lib/platform/backup/keys.ts';
import { readArgs, WronglyAsked, type Command } from './command.ts';

const FILE = 'halqa-backup-private-key.txt';

/** Makes the pair of keys that backups are sealed and opened with. */
export const backupKey: Command = {
	summary: 'makes the pair of keys that seals and opens backups',
	help: `npm run halqa -- backup-key --to DIR

Makes a pair of keys. The public half, printed as the last line, is the setting of the server that makes
backups. The private half is written to DIR/${FILE} (mode 0600; never over another): without
it no backup can be opened. Take it off the server, keep two copies apart, and try it with verify.`,

	async run(args, { say }) {
		const { to } = readArgs(args, [], ['to']).values;
		if (!to) throw new WronglyAsked('--to is missing');
		const { publicText, privateText } = newBackupKeys();
		const path = join(resolve(to), FILE);
		mkdirSync(resolve(to), { recursive: true, mode: 0o700 });
		const remarks = `# Private half of a backup key of Halqa. Whoever has it can open the backups. Keep it off the server.\n# Its public half: ${publicText}\n`;
		writeFileSync(path, `${remarks}${privateText}\n`, { mode: 0o600, flag: 'wx' });
		say(`The private half is in ${path}`);
		say('Take it off the server and keep two copies: without it no backup can be opened.');
		say('Setting of the server:\n');
		say(`HALQA_BACKUP_KEY=${publicText}`);
	}
};
