import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Postgres {
	/** Address of a database from which others may be created. */
	url: string;
	stop(): Promise<void>;
}

const BINARIES = '/usr/lib/postgresql';

/**
 * A PostgreSQL for tests: the one at DATABASE_URL_TEST, else a throw-away cluster from installed
 * binaries, else, as root, from binaries installed now. Null when there is none to be had.
 */
export async function startPostgres(): Promise<Postgres | null> {
	const given = process.env['DATABASE_URL_TEST'];
	if (given) return { url: given, stop: async () => undefined };
	const binaries = providePostgres();
	return binaries ? startCluster(binaries) : null;
}

/** The folder of PostgreSQL's programs, installed now when they are missing and root may; null when there are none. */
export function providePostgres(): string | null {
	return findBinaries() ?? installBinaries();
}

function findBinaries(): string | null {
	if (!existsSync(BINARIES)) return null;
	const versions = readdirSync(BINARIES).sort((a, b) => Number(b) - Number(a));
	const folders = versions.map((version) => join(BINARIES, version, 'bin'));
	return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

function installBinaries(): string | null {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
	try {
		aptGet('update', '-qq');
		aptGet('install', '-y', '-qq', '--no-install-recommends', 'postgresql');
	} catch {
		return null;
	}
	return findBinaries();
}

function aptGet(...args: string[]): void {
	execFileSync('apt-get', args, {
		stdio: ['ignore', 'ignore', 'inherit'],
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
	});
}

async function startCluster(binaries: string): Promise<Postgres> {
	const folder = mkdtempSync(join(tmpdir(), 'halqa-postgres-'));
	const owner = unprivileged();
	if (owner) chownSync(folder, owner.uid, owner.gid);
	const options = { cwd: folder, ...owner };
	const cluster = join(folder, 'cluster');
	execFileSync(
		join(binaries, 'initdb'),
		['-D', cluster, '-U', 'halqa', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C'],
		{ ...options, stdio: ['ignore', 'ignore', 'inherit'] }
	);
	const port = await freePort();
	writeFileSync(
		join(cluster, 'postgresql.auto.conf'),
		[
			`port = ${port}`,
			`listen_addresses = '127.0.0.1'`,
			`unix_socket_directories = '${folder}'`,
			'fsync = off',
			'synchronous_commit = off',
			'full_page_writes = off',
			'autovacuum = off', // would go through every database there is
			'wal_level = minimal',
			'max_wal_senders = 0',
			'max_connections = 200'
		].join('\n')
	);
	const server = spawn(join(binaries, 'postgres'), ['-D', cluster], {
		...options,
		stdio: ['ignore', 'ignore', 'pipe']
	});
	await new Promise<void>((resolve, reject) => {
		let said = '';
		server.stderr.setEncoding('utf8').on('data', (text: string) => {
			said = (said + text).slice(-4000);
			if (said.includes('ready to accept connections')) resolve();
		});
		server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)));
	});
	return {
		url: `postgres://halqa@127.0.0.1:${port}/postgres`,
		async stop() {
			if (server.exitCode === null) {
				const gone = new Promise((resolve) => server.once('exit', resolve));
				server.kill('SIGQUIT'); // immediate: nothing in it is kept
				await gone;
			}
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

/** PostgreSQL refuses to run as root; its package brings a user. */
function unprivileged(): { uid: number; gid: number } | null {
	if (process.getuid?.() !== 0) return null;
	const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
