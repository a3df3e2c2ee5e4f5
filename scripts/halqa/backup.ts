import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeBackup } from '../../src/lib/platform/backup/backup.ts';
import { readArgs, ringAtHand, settings, WronglyAsked, type Command } from './command.ts';
import { describe } from './describe.ts';

const { version } = JSON.parse(
	readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')
) as { version: string };

/** Makes a backup while the app runs. */
export const backup: Command = {
	summary: 'makes a backup of database and files, while the app runs',
	help: `npm run halqa -- backup --to DIR

Makes one encrypted file of the database and the folder of files (HALQA_FILES) and prints its path as the
last line: DIR/halqa-20261127T221500Z.backup. DIR is there already: it is not made. The app may run and write meanwhile. The copy of the database is checked
before it is sealed, and the file is read again from the disk and opened whole before it gets its name.

It is sealed to HALQA_BACKUP_KEY (see backup-key), else to the key ring. The key ring is never in it.
Logins, invitations and links for a new password are left out. PostgreSQL needs pg_dump of the server's version.`,

	async run(args, { say, warn, signal }) {
		const { to } = readArgs(args, [], ['to']).values;
		if (!to) throw new WronglyAsked('--to is missing');
		// Not made here: where a disk should be mounted and is not, it would lie on the disk it guards against.
		if (!statSync(to, { throwIfNoEntry: false })?.isDirectory())
			throw new Error(`There is no folder ${to}: make it first, or mount the disk it is on`);
		const config = settings();
		const ring = ringAtHand(config);
		const sealTo = config.backupKey ?? ring;
		if (!sealTo)
			throw new Error(
				`There is no HALQA_BACKUP_KEY and no key ring at ${config.keyRingFile} to seal with`
			);
		if (!config.backupKey)
			warn(
				'Warning: sealed with the key ring, since HALQA_BACKUP_KEY is not set. Whoever takes over the server can open it, and it is lost with the ring. See npm run halqa -- backup-key --help'
			);
		if (!ring)
			warn(
				`Warning: there is no key ring at ${config.keyRingFile}, so the backup cannot prove who made it.`
			);
		const { databaseUrl, dataFolder, filesFolder, keyRingFile, backupPrivateKeyFile } = config;
		const made = await makeBackup({
			databaseUrl,
			dataFolder,
			filesFolder,
			to,
			sealTo,
			ring,
			secretFiles: [keyRingFile, ...(backupPrivateKeyFile ? [backupPrivateKeyFile] : [])],
			app: version,
			now: config.startsAt ?? Date.now(),
			signal
		});
		say(describe(made));
		say('Checked   the copy of the database before sealing; the file, read again and opened whole');
		if (config.backupKey)
			say('          (with this run’s own key: that you hold the private half shows only verify)');
		say(made.path);
	}
};
