import { addSetupLink } from '../../src/lib/features/organisation/link.commands.server.ts';
import { readArgs, settings, until, WronglyAsked, type Command } from './command.ts';
import { withDatabase } from './database.ts';

/** Lets somebody set up one more organisation beside those that are here. */
export const section: Command = {
	summary: 'prints a link that sets up one more organisation',
	help: `npm run halqa -- section add

Prints a link that sets up one more organisation on this installation, with an administrator of its own. It works once,
within a day. Organisations see nothing of each other; the network (npm run halqa -- network) sees what each publishes.`,

	async run(args, { say }) {
		const { words } = readArgs(args, ['add'], []);
		if (words[0] !== 'add')
			throw new WronglyAsked(`section ${words[0]}: there is only section add`);
		const config = settings();
		const { token, expiresAt } = await withDatabase(config, '0025_apart', (db) =>
			addSetupLink(db, Date.now())
		);
		say(`Works once, until ${until(expiresAt)}:`);
		say(`${config.origin}/setup/${token}`);
	}
};
