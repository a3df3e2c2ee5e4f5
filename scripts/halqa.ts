import { backup } from './halqa/backup.ts';
import { backupKey } from './halqa/backup-key.ts';
import { EXIT_CODES, exitCodeOf, WronglyAsked, type Command } from './halqa/command.ts';
import { restore } from './halqa/restore.ts';
import { verify } from './halqa/verify.ts';

/** Operations on an installation: `npm run halqa -- COMMAND`. Results on standard output, remarks on standard error. */
const COMMANDS: Record<string, Command> = {
	'backup-key': backupKey,
	backup,
	verify,
	restore
};

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
	process.on(signal, () => stop.abort(signal));

try {
	if (command && asksForHelp(args)) console.log(`${command.help}\n\n${EXIT_CODES}`);
	else if (command) await command.run(args, stop.signal);
	else if (asksForHelp([name])) console.log(overview());
	else throw new WronglyAsked(name ? `There is no command ${name}` : 'A command is missing');
} catch (error) {
	const complaint = error instanceof Error ? error.message : String(error);
	console.error(stop.signal.aborted ? 'Stopped. Nothing was left behind.' : complaint);
	if (error instanceof WronglyAsked) console.error(`\n${command?.help ?? overview()}`);
	process.exitCode = exitCodeOf(error, stop.signal);
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
