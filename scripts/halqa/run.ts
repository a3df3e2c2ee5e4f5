import { backup } from './backup.ts';
import { backupKey } from './backup-key.ts';
import { EXIT_CODES, exitCodeOf, WronglyAsked, type Command, type Terminal } from './command.ts';
import { recount } from './recount.ts';
import { network } from './network.ts';
import { restore } from './restore.ts';
import { section } from './section.ts';
import { verify } from './verify.ts';

const COMMANDS: Record<string, Command> = {
	'backup-key': backupKey,
	backup,
	verify,
	restore,
	recount,
	network,
	section
};

/** Runs a command line without its first words `npm run halqa --` and answers the exit code. */
export async function runHalqa(line: string[], terminal: Terminal): Promise<number> {
	const [name = '', ...args] = line;
	const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
	try {
		if (command && asksForHelp(args)) terminal.say(`${command.help}\n\n${EXIT_CODES}`);
		else if (command) return (await command.run(args, terminal)) ?? 0;
		else if (asksForHelp(line)) terminal.say(overview());
		else throw new WronglyAsked(name ? `There is no command ${name}` : 'A command is missing');
		return 0;
	} catch (error) {
		const { aborted } = terminal.signal;
		terminal.warn(aborted ? 'Stopped. Nothing was left behind.' : complaintOf(error));
		if (error instanceof WronglyAsked) terminal.warn(`\n${command?.help ?? overview()}`);
		return exitCodeOf(error, terminal.signal);
	}
}

/** A server that is not there is several errors in one, whose own message is empty. */
function complaintOf(error: unknown): string {
	if (error instanceof AggregateError) return error.errors.map(complaintOf).join('\n');
	return error instanceof Error ? error.message : String(error);
}

function asksForHelp(args: string[]): boolean {
	return args.includes('--help') || args.includes('-h');
}

function overview(): string {
	const lines = Object.entries(COMMANDS).map(
		([name, { summary }]) => `  ${name.padEnd(12)}${summary}`
	);
	return `npm run halqa -- COMMAND [--help]\n\n${lines.join('\n')}\n\n${EXIT_CODES}`;
}
