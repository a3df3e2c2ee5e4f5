import { existsSync } from 'node:fs';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { readPrivateKey } from '../../src/lib/platform/backup/keys.ts';
import type { KeysAtHand } from '../../src/lib/platform/backup/lock.ts';
import { BackupRefused, type Reason } from '../../src/lib/platform/backup/refused.ts';
import { readConfig, type Config } from '../../src/lib/platform/config/config.ts';
import { loadKeyRing, type KeyRing } from '../../src/lib/platform/crypto/keyring.ts';

/** One operation of `npm run halqa`. */
export interface Command {
	/** A line for the list of commands. */
	summary: string;
	help: string;
	/**
	 * Does it, and says what came of it; throws when it cannot be done. Answers the exit code where done is
	 * not all there is to say.
	 */
	run(args: string[], terminal: Terminal): Promise<number | void>;
}

/** Who asked. */
export interface Terminal {
	/** To standard output: what was asked for. */
	say(text: string): void;
	/** To standard error. */
	warn(text: string): void;
	/** Aborted, with the signal's name, when the command shall stop. */
	signal: AbortSignal;
}

/** The command line itself is wrong. */
export class WronglyAsked extends Error {}

export const EXIT_CODES = `Exit codes
  0  done
  1  could not be done: the line before says why (disk, database, a missing program, a bad setting)
  2  asked for in a wrong way
  3  the file is not a backup of Halqa
  4  the backup was made by another release: its format or its schema is not known here
  5  the key is missing or another one is needed
  6  the backup is damaged: cut short, altered, or its database is not sound
  7  the target is refused: there is a database already, or it is of another kind
  8  kept counts differed from the registers, and were mended
  128 + N  stopped by signal N`;

const REFUSALS: Record<Reason, number> = {
	'not a backup': 3,
	'other version': 4,
	'wrong key': 5,
	damaged: 6,
	target: 7
};
const SIGNALS: Record<string, number> = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** What a command that ended with this error exits with. */
export function exitCodeOf(error: unknown, signal: AbortSignal): number {
	if (signal.aborted) return 128 + (SIGNALS[String(signal.reason)] ?? 0);
	if (error instanceof BackupRefused) return REFUSALS[error.reason];
	return error instanceof WronglyAsked ? 2 : 1;
}

/** Reads a command line of exactly so many plain words and these options, each with a value. */
export function readArgs<Option extends string>(args: string[], words: string[], names: Option[]) {
	const options: ParseArgsConfig['options'] = {};
	for (const option of names) options[option] = { type: 'string' };
	try {
		const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
		if (positionals.length !== words.length)
			throw new Error(
				words.length === 0 ? `${positionals[0]} is one too many` : `Needed: ${words.join(' ')}`
			);
		return { words: positionals, values: values as Partial<Record<Option, string>> };
	} catch (error) {
		throw new WronglyAsked((error as Error).message, { cause: error });
	}
}

/** An instant as the terminal tells it. */
export function until(instant: number): string {
	return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The settings of the installation, with another database where one is named. Nothing is served here. */
export function settings(database?: string): Config {
	const env: NodeJS.ProcessEnv = { ...process.env, HOST: '127.0.0.1' };
	if (database !== undefined) env['DATABASE_URL'] = database;
	return readConfig(env);
}

/** The key ring, or null where there is none: backups are also verified on other machines. */
export function ringAtHand({ keyRingFile }: Config): KeyRing | null {
	return existsSync(keyRingFile) ? loadKeyRing(keyRingFile, false) : null;
}

/** The keys a backup may be opened with: the private half in the file that was named, and the ring. */
export function keysAtHand(config: Config, keyFile: string | undefined): KeysAtHand {
	const path = keyFile ?? config.backupPrivateKeyFile;
	return { privateKey: path ? readPrivateKey(path) : null, ring: ringAtHand(config) };
}
