import { restoreBackup } from '../../src/lib/platform/backup/restore.ts';
import { keysAtHand, readArgs, settings, WronglyAsked, type Command } from './command.ts';
import { describe, describeRing } from './describe.ts';

/** Makes a backup a database again. */
export const restore: Command = {
	summary: 'makes a backup a database again',
	help: `npm run halqa -- restore FILE --database URL [--key PRIVATE-KEY-FILE]

Makes the backup the database at URL (sqlite:PATH or postgres://…, of the kind it was made of) and its files those of
HALQA_FILES. Everything is opened and checked first. A database that has tables, or files that are there, are
never replaced: name another target, or move them away yourself. Everybody logs in anew and open invitations
are made anew. Start the app with the key ring (HALQA_KEYS) of the installation that made the backup.

  --database URL   where to; must be empty or not there
  --key FILE       private half of the backup key; HALQA_BACKUP_PRIVATE_KEY_FILE when left out`,

	async run(args, { say, warn, signal }) {
		const { words, values } = readArgs(args, ['FILE'], ['database', 'key']);
		if (!values.database) throw new WronglyAsked('--database is missing');
		const config = settings(values.database);
		const keys = keysAtHand(config, values.key);
		const { dataFolder, filesFolder, databaseUrl, migrationsFolder } = config;
		const file = words[0] ?? '';
		const found = await restoreBackup({
			file,
			keys,
			dataFolder,
			filesFolder,
			databaseUrl,
			migrationsFolder,
			signal
		});
		say(describe(found));
		const ring = describeRing(found.ring, config.keyRingFile);
		if (ring.isGood) say(ring.text);
		else warn(ring.text);
		say('Restored, opened and counted. Start the app with this DATABASE_URL and that key ring.');
	}
};
