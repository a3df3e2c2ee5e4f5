import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runProgram } from './program.ts';

const VERSIONS = '/usr/lib/postgresql';

/** An installed program of PostgreSQL and its major version. */
export interface Program {
	path: string;
	major: number;
}

/**
 * The oldest installed `pg_dump` or `pg_restore` that is at least of this major version, else the one on the PATH: older
 * ones refuse, newer ones may write what an old server does not understand. Throws, saying what to install.
 */
export async function findProgram(
	name: 'pg_dump' | 'pg_restore',
	atLeast: number
): Promise<Program> {
	const [installed] = installedPrograms(name).filter(({ major }) => major >= atLeast);
	if (installed) return installed;
	const onPath = await programOnPath(name);
	if (onPath && onPath.major >= atLeast) return onPath;
	throw new Error(
		`${name} of PostgreSQL ${atLeast} or newer is needed and not in ${VERSIONS} or on the PATH: install postgresql-client`
	);
}

/** Those of Debian's packages, whose folders are named by version; oldest first. */
function installedPrograms(name: string): Program[] {
	if (!existsSync(VERSIONS)) return [];
	return readdirSync(VERSIONS)
		.map((version) => ({ path: join(VERSIONS, version, 'bin', name), major: Number(version) }))
		.filter(({ path }) => existsSync(path))
		.sort((one, other) => one.major - other.major);
}

async function programOnPath(name: string): Promise<Program | null> {
	const folders = (process.env['PATH'] ?? '').split(delimiter);
	const path = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
	if (!path) return null;
	const signal = AbortSignal.timeout(10_000);
	const said = await runProgram(path, ['--version'], { signal, read: text });
	return { path, major: Number(/PostgreSQL\) (\d+)/.exec(said)?.[1] ?? 0) };
}
