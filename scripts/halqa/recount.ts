import { mendCounts } from '../../src/lib/features/counts/recount.commands.server.ts';
import { readArgs, settings, type Command } from './command.ts';
import { withDatabase } from './database.ts';

/** The migration from which on counts are kept. */
const SINCE = '0016_counts';
/** What `recount` ends with when it had something to mend. */
const MENDED = 8;

/** Compares the kept counts of reach with the registers, and mends them. */
export const recount: Command = {
	summary: 'compares the kept counts of reach with the registers, and mends them',
	help: `npm run halqa -- recount

Counts reach anew from the registers, compares it with the counts that are kept beside them, says how many rows differed
and replaces them, in one transaction. The app may run meanwhile; who saves a register waits for some seconds. Counts
are kept equal by every command, so a difference means that rows were changed from outside, or a fault of Halqa's worth a
report. Exits with 8 when it had something to mend.`,

	async run(args, { say }) {
		readArgs(args, [], []);
		const { differing, kept } = await withDatabase(settings(), SINCE, mendCounts);
		say(
			differing === 0
				? `Nothing differed: ${kept} rows`
				: `${differing} rows differed and were mended: ${kept} rows now`
		);
		return differing === 0 ? 0 : MENDED;
	}
};
