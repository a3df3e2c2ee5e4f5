import { verifyBackup } from '../../src/lib/platform/backup/verify.ts';
import { keysAtHand, readArgs, settings, type Command } from './command.ts';
import { describe, describeRing } from './describe.ts';

/** Opens a backup whole and checks everything in it. */
export const verify: Command = {
	summary: 'opens a backup whole and checks everything in it',
	help: `npm run halqa -- verify FILE [--key PRIVATE-KEY-FILE]

Opens the backup whole, compares every part with its manifest, lays out its database in HALQA_DATA for the time of
the check, and checks that it is sound and has the rows it should have. Warns when the key ring (HALQA_KEYS) is not the
one that opens the names in it. Nothing is changed. Without the key it still says whether the bytes are whole.

  --key FILE   private half of the backup key; HALQA_BACKUP_PRIVATE_KEY_FILE when left out`,

	async run(args, { say, warn, signal }) {
		const { words, values } = readArgs(args, ['FILE'], ['key']);
		const config = settings();
		const keys = keysAtHand(config, values.key);
		const found = await verifyBackup({
			file: words[0] ?? '',
			keys,
			dataFolder: config.dataFolder,
			signal
		});
		say(describe(found));
		say(
			'Checked   opened whole, every part as its manifest says, the database sound, every row there'
		);
		const ring = describeRing(found.ring, config.keyRingFile);
		if (ring.isGood) say(ring.text);
		else warn(ring.text);
	}
};
