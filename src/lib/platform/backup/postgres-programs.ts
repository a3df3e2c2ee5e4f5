import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runProgram } from './program.ts';

const VERSIONS = '/usr/lib/postgresql';

/**
 * The oldest installed `pg_dump` or `pg_restore` that is at least of this major version: older ones refuse, newer
 * ones may write what an old server does not understand. Throws, saying what to install, when there is none.
 */
export async function findProgram(
	name: 'pg_dump' | 'pg_restore',
	atLeast: number
): Promise<{ path: string; major: number }> {
	const found = await Promise.all(folders().map((folder) => versionOf(join(folder, name))));
	const [best] = found
		.filter((program) => program.major >= atLeast)
		.sort((one, other) => one.major - other.major);
	if (best) return best;
	throw new Error(
		`${name} of PostgreSQL ${atLeast} or newer is needed and not on the PATH or in ${VERSIONS}: install postgresql-client`
	);
}

function folders(): string[] {
	const onPath = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
	return [...versions().map((version) => join(VERSIONS, version, 'bin')), ...onPath];
}

function versions(): string[] {
	try {
		return readdirSync(VERSIONS);
	} catch {
		return [];
	}
}

/** Version -1 for a program that is not there. */
async function versionOf(path: string): Promise<{ path: string; major: number }> {
	try {
		const said = await runProgram(path, ['--version'], {
			signal: AbortSignal.timeout(10_000),
			read: text
		});
		return { path, major: Number(/PostgreSQL\) (\d+)/.exec(said)?.[1] ?? -1) };
	} catch {
		return { path, major: -1 };
	}
}
